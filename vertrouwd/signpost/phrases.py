"""What the pages say besides questions and steps, from data/phrases.toml. No Django."""

import tomllib
from functools import cache
from pathlib import Path

from vertrouwd.advice.wording import Text, Wording

DATA = Path(__file__).parent / "data" / "phrases.toml"
GROUPS = ("duties", "childcare_duties", "facts")


@cache
def phrases() -> dict[str, Text]:
    """Every phrase by its name; those of a group as `group.name`."""
    read = tomllib.loads(DATA.read_text(encoding="utf-8"))
    single = {name: Text.read(each) for name, each in read.items() if name not in GROUPS}
    grouped = {
        f"{group}.{name}": Text.read(each) for group in GROUPS for name, each in read[group].items()
    }
    return single | grouped


def said(how: Wording) -> dict[str, str]:
    """All phrases in one way of speaking."""
    return {name: text.said(how) for name, text in phrases().items()}
