"""The questions, one at a time: a graph kept in data/questions.toml. No Django.

A question is asked when its condition fits what was told before it, and its options are those that
fit. So the next question is the first one that is to be asked and has no answer yet; there is no
other order, and no way to go round.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.numbers import text_of
from vertrouwd.advice.wording import Text
from vertrouwd.signpost.conditions import Condition, Told
from vertrouwd.signpost.terms import Subject

DATA = Path(__file__).parent / "data" / "questions.toml"


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    value: str
    text: Text
    when: Condition
    hint: Text | None = None


@dataclass(frozen=True)
class Question:
    """One page: what is asked, and in which situations."""

    subject: Subject
    text: Text
    short: Text  # in the list of answers
    when: Condition
    options: tuple[Option, ...]
    hint: Text | None = None

    def options_for(self, told: Told) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.when.fits(told))

    def option(self, value: str | None, told: Told) -> Option | None:
        """The option with this value, when it can be chosen here."""
        return next((o for o in self.options_for(told) if o.value == value), None)


@cache
def questions() -> tuple[Question, ...]:
    """Every question, in the order in which they are asked."""
    read = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(_question(each) for each in read["questions"])


def _question(read: Mapping[str, Any]) -> Question:
    return Question(
        subject=Subject(read["subject"]),
        text=text_of(read["text"]),
        short=text_of(read["short"]),
        when=Condition.read(read.get("when", {})),
        options=tuple(_option(each) for each in read["options"]),
        hint=_hint(read),
    )


def _option(read: Mapping[str, Any]) -> Option:
    when = Condition.read(read.get("when", {}))
    return Option(read["value"], text_of(read["text"]), when, _hint(read))


def _hint(read: Mapping[str, Any]) -> Text | None:
    return text_of(read["hint"]) if "hint" in read else None
