"""By when a request is answered: a month, once two months more, counted as the Regulation says."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.duties.working_days import is_working_day
from vertrouwd.privacy_requests.clock import clock, last_day, months_after

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "received, due",
    [
        (date(2026, 3, 10), date(2026, 4, 10)),  # the day of the same number
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),  # a leap year
        (date(2026, 3, 6), date(2026, 4, 7)),  # 6 April is Easter Monday
        (date(2026, 3, 27), date(2026, 4, 28)),  # King's Day
        (date(2025, 11, 25), date(2025, 12, 29)),  # Christmas, then a weekend
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2025, 12, 15), date(2026, 1, 15)),  # over the year
    ],
)
def test_a_request_is_answered_within_a_month_on_a_working_day(received, due):
    assert last_day(received) == due


def test_an_extension_adds_two_months_counted_from_the_day_of_receipt():
    assert last_day(date(2026, 1, 31), extended=True) == date(2026, 4, 30)
    assert last_day(date(2025, 11, 30), extended=True) == date(2026, 3, 2)


@given(DAYS)
def test_the_last_day_is_a_working_day_and_never_before_the_month_is_over(received):
    for extended, months in ((False, 1), (True, 3)):
        due, plain = last_day(received, extended=extended), months_after(received, months)
        assert is_working_day(due) and due >= plain
        assert not any(is_working_day(plain + n * DAY) for n in range((due - plain).days))


@given(DAYS, st.integers(0, 24))
def test_months_end_on_the_same_number_or_on_the_last_day(start, months):
    end = months_after(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    last = monthrange(end.year, end.month)[1]
    assert end.day == min(start.day, last)


@given(DAYS, DAYS)
def test_what_came_earlier_is_never_due_later(one, other):
    first, second = sorted((one, other))
    assert last_day(first) <= last_day(second)
    assert last_day(first) < last_day(first, extended=True)


@given(DAYS, st.integers(-5, 120), st.booleans())
def test_a_clock_is_late_from_the_day_after_and_can_be_extended_in_the_first_month(
    received, days, extended
):
    today = received + days * DAY
    found = clock(received, extended=extended, today=today)
    assert found.is_late == (today > last_day(received, extended=extended))
    assert found.may_extend == (not extended and today <= last_day(received))
