"""The code lists of reports and dossiers, as data files: `data/*.csv`, origin in `SOURCES.md`.

Subcategories exist only here; categories, roles and age bands are also terms, and tests hold the
two together.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
UNKNOWN = "onbekend"


@dataclass(frozen=True)
class Subcategory:
    """A subdivision of a category; `severity` is a house order, 1 lightest, None outside it."""

    category: str
    name: str
    also_written: tuple[str, ...]
    severity: int | None
    is_ground: bool  # a ground of discrimination
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: bool

    def holds_on(self, day: date) -> bool:
        """Whether the code may be used for a report received on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def table(name: str) -> list[dict[str, str]]:
    """The rows of one list: categories, subcategories, definitions, roles or age_bands."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def subcategories(category: str | None = None) -> tuple[Subcategory, ...]:
    """Every subcategory in the order of the list, or those of one category."""
    return tuple(s for s in _read_subcategories() if category in (None, s.category))


def subcategory_names(category: str) -> list[str]:
    """What may be stored for a category; an empty subcategory (unknown) is always possible."""
    return [subcategory.name for subcategory in subcategories(category)]


def stored_subcategory(category: str, text: str, *, on: date | None = None) -> str | None:
    """The stored spelling of a subcategory of that category; None when it is no such code.

    Older spellings count (`migratieachtergrond` is stored as afkomst); `onbekend` and an empty
    text are stored as ''. `on` is the day of the report: a code outside its dates is no code.
    """
    found = _spellings().get((category, " ".join(text.split()).casefold()))
    if found is None:
        return "" if text.strip().casefold() in ("", UNKNOWN) else None
    return found.name if on is None or found.holds_on(on) else None


def severity(category: str, subcategory: str) -> int | None:
    """The place in the house order of severity, 1 lightest; None when it has none."""
    return next((s.severity for s in subcategories(category) if s.name == subcategory), None)


def grounds() -> list[str]:
    """The grounds of discrimination."""
    return [subcategory.name for subcategory in subcategories() if subcategory.is_ground]


@dataclass(frozen=True)
class Definition:
    """What a category, or a subcategory of it, means in one sentence; Dutch, as the codes are."""

    category: str
    subcategory: str  # empty: of the category itself
    words: str
    verified: bool


@cache
def definitions() -> tuple[Definition, ...]:
    """Every definition in the order of the lists: each category, then its subcategories."""
    return tuple(
        Definition(row["category"], row["subcategory"], row["definition"], row["verified"] == "ja")
        for row in table("definitions")
    )


@cache
def _spellings() -> dict[tuple[str, str], Subcategory]:
    return {
        (subcategory.category, spelling.casefold()): subcategory
        for subcategory in subcategories()
        for spelling in (subcategory.name, *subcategory.also_written)
    }


def _read_subcategories() -> Iterator[Subcategory]:
    for row in table("subcategories"):
        yield Subcategory(
            category=row["category"],
            name=row["subcategory"],
            also_written=tuple(filter(None, row["also_written"].split("|"))),
            severity=int(row["severity"]) if row["severity"] else None,
            is_ground=row["ground"] == "ja",
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
            verified=row["verified"] == "ja",
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
