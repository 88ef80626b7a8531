"""What one reporter told, as JSON and back, strictly; knows no Django.

The form of the JSON has a number. What is not exactly of that form is not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, cast

from vertrouwd.dossiers.casework_terms import Condition, Wish
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Place,
    ReporterRole,
)
from vertrouwd.intake.told import Told
from vertrouwd.schools.terms import Sector, Setting

VERSION = 1
OLDEST = 150  # years; the database holds less


class NotTold(ValueError):
    """This JSON is not what one reporter told; the message repeats nothing of it."""

    def __init__(self) -> None:
        super().__init__("This is not what was told on a form of this version.")


def as_json(told: Told) -> dict[str, Any]:
    """All of it, in one form for one content: it can be compared, and read back by `told_from`."""
    values: dict[str, Any] = {}
    for name in NAMES:
        value = getattr(told, name)
        if isinstance(value, Mapping):
            value = dict(sorted(value.items()))
        elif isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, date):
            value = value.isoformat()
        values[name] = value
    return {"version": VERSION, **values}


def told_from(values: object) -> Told:
    """What was told. Raises NotTold for anything that `as_json` does not write."""
    if not isinstance(values, dict) or values.keys() != {"version", *NAMES}:
        raise NotTold
    if type(values["version"]) is not int or values["version"] != VERSION:
        raise NotTold
    try:
        return Told(**{name: READ[name](values[name]) for name in NAMES})
    except (TypeError, ValueError):
        raise NotTold from None


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise NotTold
        return value

    return read


def _code(terms: type[StrEnum]) -> Callable[[Any], Any]:
    return lambda value: terms(_exactly(str)(value))


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _age(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= OLDEST:
        raise NotTold
    return value


def _day(value: Any) -> date:
    found = date.fromisoformat(_exactly(str)(value))
    if found.isoformat() != value:
        raise NotTold
    return found


def _wishes(value: Any) -> frozenset[Wish]:
    found = [Wish(_exactly(str)(each)) for each in _exactly(list)(value)]
    if found != sorted(set(found)):
        raise NotTold
    return frozenset(found)


def _texts(value: Any) -> dict[str, str]:
    text = _exactly(str)
    return {text(name): text(words) for name, words in _exactly(dict)(value).items()}


READ: dict[str, Callable[[Any], Any]] = {
    "reporter_role": _code(ReporterRole),
    "sector": _code(Sector),
    "setting": _or_none(_code(Setting)),
    "institution": _or_none(_exactly(int)),
    "category": _code(Category),
    "subcategory": _exactly(str),
    "accused_role": _code(AccusedRole),
    "accused_age": _or_none(_age),
    "affected_role": _code(AffectedRole),
    "affected_age": _or_none(_age),
    "happened_from": _or_none(_day),
    "happened_until": _or_none(_day),
    "place": _code(Place),
    "social_media": _code(Answer),
    "referred_to_police": _code(Answer),
    "is_acute": _exactly(bool),
    "condition": _code(Condition),
    "keeps_to_self": _exactly(bool),
    "wishes": _wishes,
    "texts": _texts,
    "identity": _texts,
}
NAMES = tuple(each.name for each in fields(cast(Any, Told)))
