"""When recurring work is due, by the Dutch clock, also in the nights on which it is changed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.jobs.backoff import Backoff
from vertrouwd.jobs.moments import Hourly, Nightly

DUTCH = ZoneInfo("Europe/Amsterdam")
NIGHT = Nightly(time(2, 30))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-28T01:29", "2026-11-27T01:30"),  # 02:29 on the wall
        ("2026-11-28T01:30", "2026-11-28T01:30"),
        ("2026-11-28T22:59", "2026-11-28T01:30"),
        ("2026-11-28T23:30", "2026-11-28T01:30"),  # past midnight here, not yet in UTC
        ("2026-07-01T00:30", "2026-07-01T00:30"),  # 02:30 in summer
        ("2026-07-01T00:29", "2026-06-30T00:30"),
        # 29 March 2026: 02:30 is skipped; it comes an hour later, at 03:30
        ("2026-03-29T01:29", "2026-03-28T01:30"),
        ("2026-03-29T01:30", "2026-03-29T01:30"),
        # 25 October 2026: 02:30 is there twice; the first counts
        ("2026-10-25T00:29", "2026-10-24T00:30"),
        ("2026-10-25T00:30", "2026-10-25T00:30"),
        ("2026-10-25T01:30", "2026-10-25T00:30"),
        ("2026-10-26T01:29", "2026-10-25T00:30"),
    ],
)
def test_a_night_has_one_moment(now, moment):
    assert NIGHT.latest(utc(now), DUTCH) == utc(moment)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-11-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)]
)
def test_a_day_has_as_many_hourly_moments_as_it_has_hours(day, hours):
    midnight = datetime.fromisoformat(day).replace(tzinfo=DUTCH)
    end = (midnight + timedelta(days=1)).astimezone(UTC)
    now, moments = midnight.astimezone(UTC), set()
    while now < end:
        moments.add(Hourly(5).latest(now, DUTCH))
        now += timedelta(minutes=1)
    assert len({moment for moment in moments if moment >= midnight}) == hours
    assert {moment.minute for moment in moments} == {5}


def test_the_minute_is_that_of_the_wall_also_where_zones_differ_half_an_hour():
    found = Hourly(5).latest(utc("2026-11-28T12:40"), ZoneInfo("Asia/Kolkata"))  # 18:10
    assert found == utc("2026-11-28T12:35")


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_every_night_of_every_year_has_exactly_one_moment(now, at):
    night = Nightly(at)
    latest = night.latest(now, DUTCH)
    assert timedelta() <= now - latest < timedelta(hours=26)
    assert night.latest(latest, DUTCH) == latest
    before = night.latest(latest - timedelta(seconds=1), DUTCH)
    assert timedelta(hours=22) < latest - before < timedelta(hours=26)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 59),
)
def test_every_hour_has_exactly_one_moment(now, minute):
    latest = Hourly(minute).latest(now, DUTCH)
    assert timedelta() <= now - latest < timedelta(hours=1)
    before = Hourly(minute).latest(latest - timedelta(microseconds=1), DUTCH)
    assert latest - before == timedelta(hours=1)


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_pause_grows_to_its_longest_and_the_draw_only_shortens_it(failures, draw):
    backoff = Backoff(timedelta(seconds=30), 4, timedelta(hours=6), 0.25)
    whole = backoff.pause(failures, 0)
    assert backoff.pause(failures + 1, 0) >= whole
    assert whole <= backoff.longest
    assert whole * 0.75 <= backoff.pause(failures, draw) <= whole


def test_the_first_pauses_are_those_of_the_table():
    pauses = [Backoff().pause(failures, 0) for failures in range(1, 8)]
    seconds = [30, 120, 480, 1920, 7680, 21600, 21600]
    assert pauses == [timedelta(seconds=each) for each in seconds]
