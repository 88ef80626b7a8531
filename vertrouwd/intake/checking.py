"""What was filled in on a page: made neat, and what is wrong with it; knows no Django.

The same checks look at what a page sent and at what a form carries: an answer that was good may
not fit any more after an earlier one was changed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vertrouwd.intake.days import read_day, read_span, written
from vertrouwd.intake.questions import (
    FIELDS,
    ONE_DAY,
    OUTSIDE,
    PERIOD,
    SEEN,
    SEVERAL,
    Answers,
    Field,
    Kind,
    Step,
    can_choose,
)
from vertrouwd.unusable import is_unusable

CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f]")
OLDEST = 120  # years
# A field that has a meaning only when another one was answered so.
ONLY_WITH = {
    "dag": ("wanneer", ONE_DAY),
    "van": ("wanneer", PERIOD),
    "tot": ("wanneer", PERIOD),
    "plek_naam": ("plek", OUTSIDE),
}


@dataclass(frozen=True)
class Page:
    """One page as it was filled in: a value for each field, and the name of the phrase that says
    what is wrong, for each field in which something is."""

    values: Mapping[str, str]
    mistakes: Mapping[str, str]

    @property
    def good(self) -> dict[str, str]:
        """The values in which nothing is wrong."""
        return {name: value for name, value in self.values.items() if name not in self.mistakes}


def read(
    step: Step, sent: Mapping[str, Sequence[str]], answers: Answers, *, today: date
) -> Page:  # fmt: skip
    """What a browser sent for this page."""
    values, mistakes = {}, {}
    for field in FIELDS[step]:
        given = sent.get(field.name, ())
        if any(map(is_unusable, given)):
            values[field.name], mistakes[field.name] = "", "unusable"
        elif len(given) > 1 and field.kind is not Kind.MANY:
            values[field.name], mistakes[field.name] = "", "twice"
        else:
            values[field.name] = _neat(field, given, today)
    for name, (other, value) in ONLY_WITH.items():
        if name in values and values[other] != value:
            values[name] = ""
    return Page(values, wrong(step, {**answers, **values}, today=today) | mistakes)


def wrong(step: Step, answers: Answers, *, today: date) -> dict[str, str]:
    """What is wrong with the answers to this page: by field, the name of a phrase."""
    found = {}
    for field in FIELDS[step]:
        if (mistake := _wrong(field, answers.get(field.name), answers, today)) is not None:
            found[field.name] = mistake
    if step is Step.WHEN and not found:
        found = _wrong_period(answers)
    return found


def _neat(field: Field, given: Sequence[str], today: date) -> str:
    if field.kind is Kind.SEEN:
        return SEEN
    if field.kind is Kind.MANY:
        return SEVERAL.join(dict.fromkeys(given))
    text = given[0] if given else ""
    if field.kind is Kind.STORY:
        return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    line = " ".join(CONTROL.sub(" ", text).split())
    return _neat_day(field.name, line, today) if field.kind is Kind.DAY else line


def _neat_day(name: str, line: str, today: date) -> str:
    """A period may run from the first day of a month or year, until the last one that has been."""
    span = read_span(line)
    if span is None or (name == "dag" and span[0] != span[1]):
        return line
    first, last = span
    if name == "tot":
        return written(min(last, today) if first <= today and first != last else last)
    return written(first)


def _wrong(field: Field, value: str | None, answers: Answers, today: date) -> str | None:
    if value is None:
        return "missing"
    if not value:
        return _missing(field, answers)
    if len(value) > field.longest:
        return "too_long"
    match field.kind:
        case Kind.SEEN:
            return None if value == SEEN else "missing"
        case Kind.PICK:
            return None if can_choose(field, value, answers) else "choose"
        case Kind.MANY:
            every = value.split(SEVERAL)
            return None if all(can_choose(field, each, answers) for each in every) else "choose"
        case Kind.AGE:
            return None if _is_age(value) else "age"
        case Kind.DAY:
            return _wrong_day(value, today)
    return None


def _missing(field: Field, answers: Answers) -> str | None:
    if field.name == "dag" and answers.get("wanneer") == ONE_DAY:
        return "day"
    if field.kind is Kind.PICK:
        return "choose"
    if field.required:
        return "story" if field.kind is Kind.STORY else "missing"
    return None


def _is_age(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 3 and int(value) <= OLDEST


def _wrong_day(value: str, today: date) -> str | None:
    day = read_day(value)
    if day is None:
        return "day"
    return "future" if day > today else None


def _wrong_period(answers: Answers) -> dict[str, str]:
    if answers["wanneer"] != PERIOD:
        return {}
    first, last = read_day(answers["van"]), read_day(answers["tot"])
    if first is None and last is None:
        return {"van": "day"}
    return {"tot": "period"} if first and last and last < first else {}
