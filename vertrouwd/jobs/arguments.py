"""What a job is told: numbers, days, codes of a closed list, references; never a text or a key.

The types stand in the signature of the work, so what may not be stored cannot be declared. A value
that is refused is not repeated in the error: it may be a name. No Django here.
"""

import inspect
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, get_type_hints

LARGEST = 2**53  # a whole number that every reader of JSON reads the same; no key is so small
LONGEST_KEY = 200  # characters
WORDS_OF_THE_QUEUE = ("kind", "not_before", "now")


class Reference(str):
    """The reference of a thing, such as D-0000012: capitals, digits and dashes, at most 24."""

    __slots__ = ()
    FORM = re.compile(r"[A-Z]{1,4}-[0-9A-Z]*[0-9][0-9A-Z-]*")

    def __new__(cls, text: str) -> "Reference":
        if len(text) > 24 or not cls.FORM.fullmatch(text):
            raise NotForAJob("A reference is written as D-0000012.")
        return super().__new__(cls, text)


class NotForAJob(ValueError):
    """A kind of work asks for, or is told, what a job may not hold; the message names no value."""


def parameters_of(work: Callable[..., Any]) -> dict[str, type]:
    """Name -> type of what this work is told. Raises NotForAJob for anything that may be a text."""
    hints = get_type_hints(work)
    found = {}
    for name, parameter in inspect.signature(work).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise NotForAJob(f"'{name}' is not keyword-only.")
        if name in WORDS_OF_THE_QUEUE:
            raise NotForAJob(f"'{name}' is a word of the queue itself.")
        if not _may_be_stored(hints.get(name)):
            raise NotForAJob(
                f"'{name}' may be a text. Possible: int, bool, date, Reference, or a StrEnum."
            )
        found[name] = hints[name]
    answer = hints.get("return")
    if not (answer is type(None) or answer is int or _is_codes(answer)):
        raise NotForAJob("Work answers None, a number, or a code of a StrEnum.")
    return found


def encode(parameters: Mapping[str, type], given: Mapping[str, object]) -> dict[str, Any]:
    """As JSON holds it. Raises NotForAJob when it is not what the work asks for."""
    if given.keys() != parameters.keys():
        raise NotForAJob(f"This work is told: {', '.join(parameters) or 'nothing'}.")
    return {name: _encoded(name, given[name], kind) for name, kind in parameters.items()}


def decode(parameters: Mapping[str, type], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the work is told. Raises NotForAJob when the row is not what the work asks for now."""
    if stored.keys() != parameters.keys():
        raise NotForAJob("The row tells something else than the work asks for.")
    try:
        told = {name: _decoded(stored[name], kind) for name, kind in parameters.items()}
    except (TypeError, ValueError):
        raise NotForAJob("The row tells something else than the work asks for.") from None
    encode(parameters, told)
    return told


def key_of(encoded: Mapping[str, Any]) -> str:
    """The same for the same work told the same. Raises NotForAJob when it is told too much."""
    key = json.dumps(encoded, sort_keys=True, separators=(",", ":")) if encoded else ""
    if len(key) > LONGEST_KEY:
        raise NotForAJob(f"A job is told at most {LONGEST_KEY} characters.")
    return key


def _may_be_stored(kind: object) -> bool:
    return kind in (int, bool, date, Reference) or _is_codes(kind)


def _is_codes(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def _encoded(name: str, value: object, kind: type) -> Any:
    # A yes is a number to Python, and a moment is a day.
    if type(value) is not kind or (type(value) is int and abs(value) > LARGEST):
        raise NotForAJob(f"'{name}' is not the {kind.__name__} that this work asks for.")
    return value.isoformat() if isinstance(value, date) else value


def _decoded(value: Any, kind: type) -> Any:
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if issubclass(kind, str) else value
