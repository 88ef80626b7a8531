"""A day as people write it, or a month or a year; knows no Django."""

import re
from calendar import monthrange
from datetime import date

FIRST_YEAR = 1900  # before it, the year was written wrong
MONTHS = (
    "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may",
    "juni june jun", "juli july jul", "augustus august aug", "september sept sep",
    "oktober october okt oct", "november nov", "december dec",
)  # fmt: skip
NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})\.?[-/. ]+(\d{4})", re.ASCII)
MONTH = re.compile(r"(?:(\d{1,2}|[a-z]{3,9})\.?[-/. ]+)?(\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def read_day(text: str) -> date | None:
    """«28-11-2026», «28/11/2026», «28 november 2026» or «2026-11-28»; None for no such day."""
    written = text.strip().casefold()
    if found := DAY_FIRST.fullmatch(written):
        day, month, year = found.groups()
    elif found := YEAR_FIRST.fullmatch(written):
        year, month, day = found.groups()
    else:
        return None
    try:
        read = date(int(year), NUMBERS.get(month) or int(month), int(day))
    except ValueError:
        return None
    return read if read.year >= FIRST_YEAR else None


def read_span(text: str) -> tuple[date, date] | None:
    """The first and the last day of what was written: a day, «september 2025» or «2025»."""
    if (day := read_day(text)) is not None:
        return day, day
    found = MONTH.fullmatch(text.strip().casefold())
    if not found or int(found[2]) < FIRST_YEAR:
        return None
    name, year = found[1], int(found[2])
    if name is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = NUMBERS.get(name) or (int(name) if name.isdecimal() else 0)
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def written(day: date) -> str:
    """As the form asks for it: «28-11-2026»."""
    return f"{day.day}-{day.month}-{day.year}"
