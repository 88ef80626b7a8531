"""Working days: which days are skipped, and how they are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.duties.working_days import (
    easter,
    holidays_in,
    is_working_day,
    working_day_after,
)

# As printed in calendars; with the extremes, 22 March (1818, 2285) and 25 April (1943, 2038).
EASTER_SUNDAYS = [
    "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "1999-04-04", "2000-04-23",
    "2005-03-27", "2008-03-23", "2010-04-04", "2011-04-24", "2013-03-31", "2015-04-05",
    "2018-04-01", "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09",
    "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01",
    "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
]  # fmt: skip


@pytest.mark.parametrize("sunday", EASTER_SUNDAYS)
def test_easter_is_where_the_tables_have_it(sunday: str):
    assert easter(int(sunday[:4])) == date.fromisoformat(sunday)


@pytest.mark.parametrize("year", [1990, 2026, 2100])
def test_easter_follows_from_the_paschal_full_moon(year: int):
    """The tables of the calendar reform by another road: golden number, epact, Sunday."""
    for each in range(year, year + 300):
        golden, century = each % 19 + 1, each // 100 + 1
        solar, lunar = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
        epact = (11 * golden + 20 + lunar - solar) % 30
        epact += (epact == 25 and golden > 11) or epact == 24
        moon = 44 - epact + (30 if 44 - epact < 21 else 0)  # a day of March
        full = date(each, 3, 1) + timedelta(days=moon - 1)
        assert easter(each) == full + timedelta(days=6 - full.weekday() or 7)


def test_the_holidays_of_a_year():
    assert holidays_in(2026) == {
        date(2026, 1, 1): "Nieuwjaarsdag",
        date(2026, 4, 6): "Tweede paasdag",
        date(2026, 4, 27): "Koningsdag",
        date(2026, 5, 14): "Hemelvaartsdag",
        date(2026, 5, 25): "Tweede pinksterdag",
        date(2026, 12, 25): "Eerste kerstdag",
        date(2026, 12, 26): "Tweede kerstdag",
    }


@pytest.mark.parametrize("year", [2015, 2020, 2025, 2030])
def test_liberation_day_is_free_in_lustrum_years(year: int):
    assert "Bevrijdingsdag, lustrum" in holidays_in(year).values()
    assert date(year, 5, 5) in holidays_in(year)
    others = [holidays_in(year + n).values() for n in (1, 2, 3, 4)]
    assert not any("Bevrijdingsdag, lustrum" in each for each in others)


@pytest.mark.parametrize("day", ["2025-04-26", "2031-04-26", "2014-04-26"])
def test_the_day_of_the_king_moves_to_saturday_when_it_is_a_sunday(day: str):
    kept = date.fromisoformat(day)
    assert holidays_in(kept.year)[kept] == "Koningsdag"
    assert kept + timedelta(days=1) not in holidays_in(kept.year)


def test_before_2014_there_was_a_day_of_the_queen():
    assert date(2013, 4, 30) in holidays_in(2013)
    assert date(2006, 4, 29) in holidays_in(2006)  # 30 April 2006 was a Sunday
    assert date(2010, 4, 27) not in holidays_in(2010)
    assert date(2014, 4, 30) not in holidays_in(2014)


@pytest.mark.parametrize(
    "day",
    ["2026-04-03", "2026-05-15", "2026-05-05", "2026-12-24", "2026-12-31"],
    ids=["Good Friday", "after Ascension", "no lustrum", "24 December", "31 December"],
)
def test_good_friday_and_bridge_days_are_working_days(day: str):
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-11-28", "2026-11-29", "2026-04-05"])
def test_saturday_and_sunday_are_no_working_days(day: str):
    assert not is_working_day(date.fromisoformat(day))


def test_the_day_itself_does_not_count():
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert working_day_after(friday, 1) == monday
    assert working_day_after(friday + timedelta(days=1), 1) == monday


@given(
    st.dates(date(1999, 1, 1), date(2200, 1, 1)),
    st.integers(1, 40),
)
def test_the_nth_working_day_is_one_with_n_minus_one_between(start: date, n: int):
    due = working_day_after(start, n)
    between = [start + timedelta(days=k) for k in range(1, (due - start).days + 1)]
    assert sum(map(is_working_day, between)) == n
    assert is_working_day(due)
