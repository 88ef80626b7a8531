"""What the public pages say of the duties of the law, from data/duties.toml; knows no Django."""

import tomllib
from functools import cache
from pathlib import Path

from vertrouwd.advice.wording import Text

DATA = Path(__file__).parent / "data" / "duties.toml"


@cache
def duty_texts() -> dict[str, Text]:
    """By `duties.` or `childcare_duties.` and the duty, or by `facts.` and what is not known."""
    read = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        f"{group}.{name}": Text.read(each)
        for group, texts in read.items()
        for name, each in texts.items()
    }
