"""The door to a dossier: who needs to know it may open it, for all others it is not there."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_dossier, make_institution, make_report
from tests.people import make_user
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.policy import OPENS_CASES
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.audit.refusals import written_after
from vertrouwd.dossiers.access import (
    access_dossier,
    dossiers_to_divide,
    existing_for,
    visible_dossiers,
)
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.assigning import assign, end_assignment
from vertrouwd.dossiers.left_out import not_existing_for
from vertrouwd.dossiers.models import Assignment, Dossier, GlassBreak
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.schools.models import Board
from vertrouwd.schools.supervision import Refused, end_supervision, record_supervision

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def inspector(db):
    return make_user("inspecteur", roles=[Role.INSPECTOR])


@pytest.fixture
def coordinator(db):
    return make_user("coordinator", roles=[Role.COORDINATOR])


def opens(dossier, person, now=NOW) -> bool:
    try:
        return access_dossier(dossier.reference, by=person, now=now) == dossier
    except Http404:
        return False


def supervise(person, by=None, **what):
    return record_supervision(person, since=TODAY - DAY, by=by or system_actor(), now=NOW, **what)


def test_somebody_who_is_assigned_opens_the_dossier_and_leaves_a_line(inspector, coordinator):
    dossier = make_dossier()
    assert not opens(dossier, inspector)
    assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    assert opens(dossier, inspector)
    line = Line.objects.latest("pk")
    assert (line.action, line.object, line.actor) == ("look", dossier.reference, "inspecteur")
    assert line.detail == {"through": "assigned"}


def test_an_assignment_that_ended_opens_nothing(inspector, coordinator):
    dossier = make_dossier()
    assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    end_assignment(dossier.reference, of=inspector, by=coordinator, now=NOW + HOUR)
    assert opens(dossier, inspector, now=NOW)
    assert not opens(dossier, inspector, now=NOW + HOUR)


def test_the_duty_officer_opens_any_dossier_on_that_day_only(inspector, coordinator):
    dossier = make_dossier()
    set_duty(TODAY, people=[inspector], by=coordinator, now=NOW)
    assert opens(dossier, inspector)
    assert Line.objects.latest("pk").detail == {"through": "duty"}
    midnight = NOW.replace(hour=0)
    assert not opens(dossier, inspector, now=midnight - timedelta(seconds=1))
    assert opens(dossier, inspector, now=midnight)
    assert not opens(dossier, inspector, now=midnight + DAY)


def test_who_left_or_changed_role_opens_nothing(coordinator):
    dossier, gone = make_dossier(), make_user(roles=[Role.INSPECTOR])
    assign(dossier.reference, to=gone, by=coordinator, now=NOW)
    gone.role_grants.update(ended_at=NOW, ended_by=coordinator)
    assert not opens(dossier, gone)


@pytest.mark.parametrize("role", [r for r in Role if r not in OPENS_CASES])
def test_a_role_that_handles_no_cases_sees_no_dossier_even_when_assigned(role, coordinator):
    dossier, person = make_dossier(), make_user(roles=[role])
    Assignment.objects.create(dossier=dossier, user=person, since=NOW, assigned_by=coordinator)
    assert not opens(dossier, person)
    assert not visible_dossiers(person, now=NOW).exists()
    assert not dossiers_to_divide(person, now=NOW).exists()


def test_a_dossier_at_a_supervised_institution_does_not_exist_for_that_person(coordinator):
    """By no way: assigned, on duty, dividing the work."""
    school = make_institution()
    dossier, other = make_dossier(institution=school), make_dossier()
    for each in (dossier, other):
        assign(each.reference, to=coordinator, by=coordinator, now=NOW)
    set_duty(TODAY, people=[coordinator], by=coordinator, now=NOW)
    supervise(coordinator, institution=school)
    assert not opens(dossier, coordinator)
    assert list(visible_dossiers(coordinator, now=NOW)) == [other]
    assert list(dossiers_to_divide(coordinator, now=NOW)) == [other]


def test_supervising_a_board_is_supervising_its_institutions(inspector, coordinator):
    board = Board.objects.create(number="99999")
    dossier = make_dossier(institution=make_institution(board=board))
    assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    supervise(inspector, board=board)
    assert not opens(dossier, inspector)


def test_one_report_from_a_supervised_institution_closes_the_dossier(inspector, coordinator):
    school = make_institution()
    into, source = make_dossier(), make_report(institution=school).dossier
    join(source, into=into, by=system_actor())
    assign(into.reference, to=inspector, by=coordinator, now=NOW)
    assert opens(into, inspector)
    supervise(inspector, institution=school)
    assert not opens(into, inspector)


def test_what_does_not_exist_for_somebody_and_what_does_are_together_all_there_is(inspector):
    board = Board.objects.create(number="99998")
    school, of_board = make_institution(), make_institution(board=board)
    make_dossier(), make_dossier(institution=of_board)
    into, told = make_dossier(), make_report(institution=school).dossier
    join(told, into=into, by=system_actor())
    emptied = make_dossier()
    join(emptied, into=into, by=system_actor())  # a part of what has a report of that school
    was_elsewhere, into_open = make_dossier(), make_dossier()
    join(was_elsewhere, into=into_open, by=system_actor())
    everything = set(Dossier.objects.values_list("pk", flat=True))
    assert not_existing_for(inspector) == set()
    for held in ({"institution": school}, {"board": board}):
        supervise(inspector, **held)
        there = set(existing_for(inspector).values_list("pk", flat=True))
        assert not_existing_for(inspector) == everything - there
    assert {into.pk, told.pk, emptied.pk} <= not_existing_for(inspector)
    assert {was_elsewhere.pk, into_open.pk} <= there


def test_a_supervision_that_ended_closes_nothing_any_more(inspector, coordinator):
    school = make_institution()
    dossier = make_dossier(institution=school)
    assign(dossier.reference, to=inspector, by=coordinator, now=NOW)
    held = supervise(inspector, institution=school)
    with pytest.raises(Refused, match="Uw eigen belang"):
        end_supervision(held.pk, until=TODAY, by=inspector)
    end_supervision(held.pk, until=TODAY, by=coordinator)
    assert opens(dossier, inspector)
    assert not opens(dossier, inspector, now=NOW - DAY)


@pytest.mark.parametrize(
    "reference", ["D-0", "D-00000001", "d-0000001", "Jan Jansen", "D-" + "9" * 40, ""]
)
def test_what_is_no_reference_is_missing_and_is_not_written_in_the_log(inspector, reference):
    with pytest.raises(Http404):
        access_dossier(reference, by=inspector)
    assert "Jan" not in Line.objects.latest("pk").object


def test_missing_and_forbidden_ask_the_same_questions(inspector):
    dossier, school = make_dossier(), make_institution()
    supervised = make_dossier(institution=school)
    supervise(inspector, institution=school)
    asked = []
    for reference in (dossier.reference, supervised.reference, "D-9999999", "geen nummer"):
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            pytest.raises(Http404),
        ):
            access_dossier(reference, by=inspector, now=NOW)
        asked.append([" ".join(q["sql"].split("VALUES")[0].split()[:6]) for q in queries])
    assert asked[0] == asked[1] == asked[2] == asked[3]
    assert len(asked[0]) >= 3  # roles, the door, the refusal


def test_a_refusal_survives_the_rollback_of_what_it_was_part_of(inspector):
    dossier = make_dossier()
    with written_after(), pytest.raises(Http404), transaction.atomic():
        access_dossier(dossier.reference, by=inspector, now=NOW)
    line = Line.objects.latest("pk")
    assert (line.action, line.result, line.object) == ("look", "refused", dossier.reference)


class EveryPersonEveryDossier(TestCase):
    """The list and the door agree with each other and with the rule said in plain Python."""

    @hypothesis_settings(max_examples=25)
    @given(data=st.data())
    def test_list_and_door_agree_for_every_person_and_dossier(self, data):
        def draw(options):
            return data.draw(st.lists(st.sampled_from(options), max_size=3, unique=True))

        boss = make_user(roles=[Role.COORDINATOR])
        people = [boss, make_user(roles=[Role.INSPECTOR]), make_user(roles=[Role.ANALYST])]
        board = Board.objects.create(number=str(Board.objects.count()))
        schools = [make_institution(), make_institution(board=board), None]
        dossiers = [make_dossier(institution=school) for school in schools]
        pairs = list(product(range(3), range(3)))
        assigned, glass = draw(pairs), draw(pairs)
        supervised = draw(list(product(range(3), ("first", "board"))))
        duty = draw([0, 1, 2])
        for who, which in assigned:
            Assignment.objects.create(
                dossier=dossiers[which], user=people[who], since=NOW - HOUR, assigned_by=boss
            )
        for who, which in glass:
            GlassBreak.objects.create(
                dossier=dossiers[which], user=people[who], ground="anders",
                opened_at=NOW - HOUR, ends_at=NOW + HOUR,
            )  # fmt: skip
        for who in duty:
            people[who].duty_days.create(date=TODAY, set_at=NOW, set_by=boss)
        for who, what in supervised:
            where = {"institution": schools[0]} if what == "first" else {"board": board}
            supervise(people[who], **where)
        for who, person in enumerate(people):
            listed = set(visible_dossiers(person, now=NOW))
            for which, dossier in enumerate(dossiers):
                conflict = (which == 0 and (who, "first") in supervised) or (
                    which == 1 and (who, "board") in supervised
                )
                needs = (who, which) in assigned or (who, which) in glass or who in duty
                expected = who != 2 and needs and not conflict
                assert (dossier in listed) == opens(dossier, person) == expected


def test_the_day_of_the_duty_officer_is_a_day_here_not_in_greenwich(inspector, coordinator):
    dossier = make_dossier()
    set_duty(date(2026, 7, 2), people=[inspector], by=coordinator, now=NOW - 200 * DAY)
    half_past_midnight = datetime(2026, 7, 2, 0, 30, tzinfo=timezone.get_default_timezone())
    assert opens(dossier, inspector, now=half_past_midnight)


def test_a_reference_in_the_digits_of_another_script_is_refused_like_any_other(inspector):
    """It reads as a number, and must leave its line all the same."""
    dossier = make_dossier()
    foreign = "D-" + "".join(chr(ord("٠") + int(digit)) for digit in dossier.reference[2:])
    with pytest.raises(Http404):
        access_dossier(foreign, by=inspector, now=NOW)
    assert Line.objects.get(result="refused").object == ""
