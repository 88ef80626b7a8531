"""What the pages say besides questions and steps, from data/phrases.toml. No Django."""

from functools import cache
from pathlib import Path

from vertrouwd.advice.phrases import phrases_with
from vertrouwd.advice.wording import Text, Wording

DATA = Path(__file__).parent / "data" / "phrases.toml"


def phrases() -> dict[str, Text]:
    """Every phrase by its name."""
    return phrases_with(DATA)


@cache
def said(how: Wording) -> dict[str, str]:
    """All phrases in one way of speaking."""
    return {name: text.said(how) for name, text in phrases().items()}
