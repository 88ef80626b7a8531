"""What the pages of the form say, from data/*.toml; knows no Django."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.numbers import text_of
from vertrouwd.advice.phrases import phrases_with
from vertrouwd.advice.wording import Text, Wording
from vertrouwd.intake.questions import Step

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Said:
    """A text, and what is said under it."""

    text: Text
    hint: Text | None = None


@dataclass(frozen=True)
class FieldTexts:
    """What is said of one field; `short` stands in the list of answers."""

    short: Text
    label: Text | None
    hint: Text | None
    options: Mapping[str, Said]


def phrases() -> dict[str, Text]:
    """Every phrase by its name."""
    return phrases_with(DATA / "phrases.toml")


@cache
def step_texts() -> dict[Step, Said]:
    """The title of each page, and what stands under it."""
    return {
        Step(name): Said(text_of(each["title"]), _text(each, "hint"))
        for name, each in _questions()["steps"].items()
    }


@cache
def field_texts() -> dict[str, FieldTexts]:
    """What is said of each field, by its name."""
    return {
        name: FieldTexts(
            text_of(each["short"]),
            _text(each, "label"),
            _text(each, "hint"),
            {
                value: Said(text_of(option["text"]), _text(option, "hint"))
                for value, option in each.get("options", {}).items()
            },
        )
        for name, each in _questions()["fields"].items()
    }


@cache
def said(how: Wording) -> dict[str, str]:
    """All phrases in one way of speaking."""
    return {name: text.said(how) for name, text in phrases().items()}


def _questions() -> dict[str, Any]:
    return tomllib.loads((DATA / "questions.toml").read_text(encoding="utf-8"))


def _text(read: Mapping[str, Any], name: str) -> Text | None:
    return text_of(read[name]) if name in read else None
