"""Letters and e-mails that a reporter can copy and fill in. No Django.

They are Dutch, for that is what a board reads, and hold blanks: the server fills in no name.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.situation import Situation, When, when
from vertrouwd.advice.terms import Option
from vertrouwd.advice.words import Words, words

DATA = Path(__file__).parent / "data" / "letters.toml"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A text to copy; what stands between square brackets is for the writer to fill in."""

    code: str
    title: Words
    options: frozenset[Option]
    when: When
    text: str
    source: str
    checked_on: date
    verified: bool


@cache
def letters() -> dict[str, Letter]:
    """Every letter by its code."""
    read = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {each["code"]: _letter(each) for each in read["letters"]}


def letters_for(found: Situation, options: Iterable[Option]) -> list[Letter]:
    """The letters that belong to one of these options and fit the situation."""
    offered = frozenset(options)
    return [each for each in letters().values() if each.options & offered and each.when.fits(found)]


def _letter(read: Mapping[str, Any]) -> Letter:
    return Letter(
        code=read["code"],
        title=words(read["title"]),
        options=frozenset(map(Option, read["options"])),
        when=when(read.get("when", {})),
        text=read["text"].strip(),
        source=read["source"],
        checked_on=read["checked_on"],
        verified=read["verified"],
    )
