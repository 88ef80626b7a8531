"""Who is duty officer: one day or several, and never over what a colleague just changed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.at_once import at_once
from tests.people import make_user
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.models import DutyDay
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.rota import RotaChanged, as_seen, days_of, set_duties, set_duty

MONDAY = date(2026, 11, 30)
WORKING_WEEK = [MONDAY + timedelta(days=n) for n in range(5)]
CASES = [
    (MONDAY, MONDAY, {0}, [MONDAY]),
    (MONDAY, date(2026, 12, 6), {0, 1, 2, 3, 4}, WORKING_WEEK),
    (MONDAY, date(2026, 12, 20), {1}, [date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)]),
    (date(2027, 2, 27), date(2027, 3, 1), {6, 0}, [date(2027, 2, 28), date(2027, 3, 1)]),
]  # fmt: skip


@pytest.fixture
def by(db):
    return make_user(roles=[Role.COORDINATOR])


@pytest.fixture
def ine(db):
    return make_user("ine", roles=[Role.INSPECTOR])


@pytest.mark.parametrize(("first", "last", "weekdays", "expected"), CASES)
def test_a_span_holds_the_chosen_days_of_the_week_both_ends_included(
    first, last, weekdays, expected
):
    assert days_of(first, last, weekdays) == expected


@pytest.mark.parametrize(
    ("last", "weekdays"),
    [(MONDAY - timedelta(days=1), {0}), (MONDAY, {1}), (MONDAY + timedelta(days=366), {0})],
)
def test_a_span_that_is_backwards_empty_or_too_long_is_refused(last, weekdays):
    with pytest.raises(Refused):
        days_of(MONDAY, last, weekdays)


def test_several_days_are_set_in_one_act_with_one_line(by, ine):
    days = [timezone.localdate() + timedelta(days=n) for n in (0, 7, 14)]
    set_duty(days[1], people=[by], by=by)
    set_duties(days, people=[ine], by=by)
    assert list(DutyDay.objects.values_list("date", "user")) == [(day, ine.pk) for day in days]
    line = Line.objects.filter(action="set_duty").latest("pk")
    assert line.object == f"{days[0]}"
    assert (line.detail["days"], line.detail["until"]) == (3, f"{days[2]}")


def test_who_is_second_overwrites_nothing(by, ine):
    today = timezone.localdate()
    days = [today, today + timedelta(days=1)]
    seen = as_seen(days)
    set_duty(days[1], people=[by], by=by)
    with pytest.raises(RotaChanged):
        set_duties(days, people=[ine], by=by, seen=seen)
    assert list(DutyDay.objects.values_list("date", "user")) == [(days[1], by.pk)]
    set_duties(days, people=[ine], by=by, seen=as_seen(days))
    assert DutyDay.objects.filter(user=ine).count() == 2


def test_who_stays_on_duty_keeps_the_row_that_says_since_when(by, ine):
    today = timezone.localdate()
    set_duty(today, people=[ine], by=by)
    before = DutyDay.objects.get().pk
    set_duties([today, today + timedelta(days=1)], people=[ine, by], by=by)
    assert DutyDay.objects.get(date=today, user=ine).pk == before
    assert DutyDay.objects.count() == 4


def test_a_span_with_a_day_that_is_over_or_with_who_handles_no_cases_is_refused(by, ine):
    today = timezone.localdate()
    with pytest.raises(Refused):
        set_duties([today, today - timedelta(days=1)], people=[ine], by=by)
    with pytest.raises(Refused):
        set_duties([today], people=[make_user(roles=[Role.PUBLISHER])], by=by)
    assert not DutyDay.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_fill_the_same_days_at_the_same_moment_one_is_told(home):
    for passed in range(5):
        by, ine = make_user(roles=[Role.COORDINATOR]), make_user(roles=[Role.INSPECTOR])
        days = [timezone.localdate() + timedelta(days=10 * passed + n) for n in range(5)]
        seen = as_seen(days)
        results = at_once(
            lambda days=days, by=by, seen=seen: set_duties(days, people=[by], by=by, seen=seen),
            lambda days=days, by=by, ine=ine, seen=seen: set_duties(
                days, people=[ine], by=by, seen=seen
            ),
        )
        assert [type(each) for each in results if isinstance(each, Exception)] == [RotaChanged]
        people = set(DutyDay.objects.filter(date__in=days).values_list("user", flat=True))
        assert len(people) == 1
        assert DutyDay.objects.filter(date__in=days).count() == 5
