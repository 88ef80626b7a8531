"""The year a dossier counts in.

Education counts by school year, 1 August - 31 July (by law for po, so and mbo; a house rule for ho,
whose study year is 1 September - 31 August); childcare by calendar year. Domain rule C3.
"""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = 12


@dataclass(frozen=True, order=True)
class SchoolYear:
    """1 August of `start` to 31 July of the next year, written 2022-2023."""

    start: int

    @property
    def first_day(self) -> date:
        return date(self.start, 8, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 7, 31)

    @property
    def months(self) -> list[str]:
        """The twelve months in order, as 2022-08 ... 2023-07."""
        return _months_from(self.first_day)

    def shift(self, years: int) -> "SchoolYear":
        return SchoolYear(self.start + years)

    @property
    def is_childcare(self) -> bool:
        return False

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.start}-{self.start + 1}"


@dataclass(frozen=True, order=True)
class CalendarYear:
    """1 January to 31 December, written 2022: the year of childcare."""

    start: int

    @property
    def first_day(self) -> date:
        return date(self.start, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.start, 12, 31)

    @property
    def months(self) -> list[str]:
        return _months_from(self.first_day)

    def shift(self, years: int) -> "CalendarYear":
        return CalendarYear(self.start + years)

    @property
    def is_childcare(self) -> bool:
        return True

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return str(self.start)


Year = SchoolYear | CalendarYear


def parse_year(text: str) -> Year:
    """`2022-2023` is a school year, `2022` a calendar year (childcare).

    Raises ValueError with a sentence that says what is possible.
    """
    if found := re.fullmatch(r"([1-9]\d{3})-(\d{4})", text.strip(), re.ASCII):
        first, second = map(int, found.groups())
        if first == 9999:  # its last day is beyond the calendar
            raise ValueError(f"'{text}' is not a school year. Write it as 2022-2023.")
        if second != first + 1:
            raise ValueError(f"'{text}' is not a school year. Write it as {first}-{first + 1}.")
        return SchoolYear(first)
    if re.fullmatch(r"[1-9]\d{3}", text.strip(), re.ASCII):
        return CalendarYear(int(text))
    raise ValueError(
        f"'{text[:40]}' is not a year. Write a school year as 2022-2023, "
        "a calendar year (childcare) as 2022."
    )


def year_of(day: date, *, childcare: bool) -> Year:
    """The year in which a dossier of that first report counts."""
    if childcare:
        return CalendarYear(day.year)
    return SchoolYear(day.year if day.month >= 8 else day.year - 1)


def _months_from(day: date) -> list[str]:
    months = (day.year * MONTHS + day.month - 1 + step for step in range(MONTHS))
    return [f"{month // MONTHS}-{month % MONTHS + 1:02}" for month in months]
