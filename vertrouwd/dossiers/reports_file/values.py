"""From the text of one cell to a value, or what is wrong with it. No cell's text is repeated.

A shifted row can hold a name in any column, so that a reason never shows what stood in the cell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from vertrouwd.dossiers.codes import UNKNOWN
from vertrouwd.dossiers.terms import stored_value

OLDEST_AGE = 120
FIRST_YEAR = 1900
EXCEL_EPOCH = date(1899, 12, 30)
# Five digits in a column of dates: the day as Excel counts it, 1927 to 2119.
EXCEL_DAYS = range(10_000, 80_000)

ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
SLASHED_DAY = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}", re.ASCII)
AGE = re.compile(r"(\d{1,4})(?:[.,]0+)?", re.ASCII)
BRIN = re.compile(r"(\d\d[A-Z]{2}|ZZ[0-9A-Z]{2})(?:[- ]?\d\d)?", re.ASCII)
LRK = re.compile(r"(\d{6,12})(?:[- ]\d\d)?", re.ASCII)


@dataclass(frozen=True)
class Wrong:
    """Why a cell cannot be read, in words for who keeps the file."""

    problem: str


Reader = Callable[[str], object]


def read_text(longest: int) -> Reader:
    """Any text, white space made single; at most `longest` characters."""

    def read(text: str) -> str | Wrong:
        text = " ".join(text.split())
        if len(text) > longest:
            return Wrong(f"has {len(text)} characters")
        if not text.isprintable():
            return Wrong("holds characters that are no text")
        return text

    return read


def read_code(terms: type[StrEnum], *, empty: StrEnum | str | None) -> Reader:
    """A code or an older spelling; `empty` is stored for an empty cell, None: not possible."""

    @lru_cache(maxsize=1000)
    def read(text: str) -> StrEnum | str | Wrong:
        if not text.strip():
            return Wrong("is empty") if empty is None else empty
        found = stored_value(terms, text)
        return Wrong("is not a known code") if found is None else found

    return read


@lru_cache(maxsize=20_000)
def read_day(text: str) -> date | Wrong | None:
    """2023-04-17, 17-4-2023 or the number Excel keeps for a day; None when empty or unknown."""
    text = text.strip()
    if not text or text.casefold() == UNKNOWN:
        return None
    if found := ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := DUTCH_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif text.isascii() and text.isdigit() and int(text) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(text))
    elif SLASHED_DAY.fullmatch(text):
        # Excel writes 4/5/2023 for 4 May in Dutch and for 5 April in American settings.
        return Wrong("has a slash or a point, which does not say which number is the month")
    else:
        return Wrong("is not a date")
    if year < FIRST_YEAR:
        return Wrong(f"lies before {FIRST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError:
        return Wrong("is a day that does not exist")


def read_required_day(text: str) -> date | Wrong:
    """A day that must be known."""
    return read_day(text) or Wrong("is empty")


@lru_cache(maxsize=1000)
def read_age(text: str) -> int | Wrong | None:
    """An age in whole years; None when empty or unknown."""
    text = text.strip()
    if not text or text.casefold() == UNKNOWN:
        return None
    found = AGE.fullmatch(text)
    if found is None:
        return Wrong("is not an age in whole years")
    age = int(found[1])
    return Wrong(f"is an age of {age}") if age > OLDEST_AGE else age


@lru_cache(maxsize=20_000)
def read_institution_number(text: str) -> str | Wrong:
    """BRIN or LRK number without its location suffix; '' when empty."""
    text = text.strip().upper()
    if not text:
        return ""
    found = BRIN.fullmatch(text) or LRK.fullmatch(text)
    return found[1] if found else Wrong("is neither a BRIN nor an LRK number")
