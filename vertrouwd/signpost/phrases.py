"""What the pages say besides questions and steps, from data/phrases.toml. No Django."""

import tomllib
from functools import cache
from pathlib import Path

from vertrouwd.advice.duty_texts import duty_texts
from vertrouwd.advice.numbers import text_of
from vertrouwd.advice.wording import Text, Wording

DATA = Path(__file__).parent / "data" / "phrases.toml"


@cache
def phrases() -> dict[str, Text]:
    """Every phrase by its name, with those about the duties of the law."""
    read = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {name: text_of(each) for name, each in read.items()} | duty_texts()


def said(how: Wording) -> dict[str, str]:
    """All phrases in one way of speaking."""
    return {name: text.said(how) for name, text in phrases().items()}
