"""Dutch working days: Saturday, Sunday and the holidays of the data are skipped. No Django.

Why these days: docs/decisions/working-days.md.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

HOLIDAYS = Path(__file__).parent / "data" / "holidays.toml"
SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A day of the year that is no working day: a fixed date, or so many days after Easter."""

    name: str
    month: int = 0
    day: int = 0
    days_after_easter: int | None = None
    on_sunday_the_day_before: bool = False
    every_years: int = 1
    first_year: int = date.min.year
    last_year: int = date.max.year

    def in_year(self, year: int) -> date | None:
        """Its date in a year; None when it is not kept in that year."""
        if not self.first_year <= year <= self.last_year or year % self.every_years:
            return None
        if self.days_after_easter is not None:
            return easter(year) + timedelta(days=self.days_after_easter)
        on = date(year, self.month, self.day)
        return on - DAY if self.on_sunday_the_day_before and on.weekday() == SUNDAY else on


@cache
def holidays() -> tuple[Holiday, ...]:
    """The holidays of the data file."""
    read = tomllib.loads(HOLIDAYS.read_text(encoding="utf-8"))
    return tuple(Holiday(**entry) for entry in read["holidays"])


@cache
def holidays_in(year: int) -> dict[date, str]:
    """The holidays of a year: date -> name."""
    return {on: each.name for each in holidays() if (on := each.in_year(year))}


def is_working_day(day: date) -> bool:
    """Whether it is neither Saturday, Sunday nor a holiday."""
    return day.weekday() < SATURDAY and day not in holidays_in(day.year)


@lru_cache(maxsize=4_096)  # a list asks for the same days again and again
def working_day_after(start: date, n: int) -> date:
    """The n-th working day (1, 2, ...) after a day, which does not count itself.

    Raises OverflowError beyond the year 9999.
    """
    days = _working_days_after(start)
    for _ in range(n - 1):
        next(days)
    return next(days)


def _working_days_after(day: date) -> Iterator[date]:
    while True:
        day += DAY
        if is_working_day(day):
            yield day


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar.

    Source: the anonymous algorithm of Nature 13 (20 April 1876), p. 487, as in J. Meeus,
    Astronomical Algorithms (1991), chapter 8. Its letters are kept.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m_l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * m_l) // 451
    month, day = divmod(h + m_l - 7 * m + 114, 31)
    return date(year, month, day + 1)
