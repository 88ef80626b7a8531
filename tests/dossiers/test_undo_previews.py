"""What taking something back would change is what changes when it is done."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dossiers.casework import Office, handlers, join, on_duty, supervise
from tests.dossiers.test_joining import ACT, a_small_office, act
from tests.factories import make_institution
from vertrouwd.dossiers import life
from vertrouwd.dossiers.assigning import assign
from vertrouwd.dossiers.casework_terms import Outcome, SeparateReason, Status
from vertrouwd.dossiers.counting import count, count_now
from vertrouwd.dossiers.joining import not_the_same, separate_report, take_event_back
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.undo_previews import of_undo
from vertrouwd.schools.years import SchoolYear

WRONG = SeparateReason.JOINED_WRONGLY


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def test_the_undo_of_a_join_names_the_reports_that_go_back_and_the_counts(office) -> None:
    early, late = office.dossier(received_on=date(2021, 9, 1)), office.dossier()
    event = join(late, early, office)
    preview = of_undo(event)
    assert not preview.redoes
    [move] = preview.moves
    assert (move.report, move.before, move.after) == (early.reports.last(), early, late)
    said = {change.year: (change.before, change.after) for change in preview.years}
    assert said == {SchoolYear(2021): (1, 1), SchoolYear(2022): (0, 1)}
    take_event_back(event, by=office.duty_officer, seen=preview.contents)
    assert {year: count(year) for year in said} == {y: after for y, (_, after) in said.items()}


def test_it_names_who_handles_what_no_longer_and_what_again(office) -> None:
    colleague = office.colleague()
    one, two = office.dossier(colleague), office.dossier()
    event = join(one, two, office)
    preview = of_undo(event)
    said = {(each.person, each.dossier, each.begins) for each in preview.access}
    assert said == {(colleague, two, False), (office.inspector, one, False)}
    undo = take_event_back(event, by=office.duty_officer)
    again = {(each.person, each.dossier, each.begins) for each in of_undo(undo).access}
    assert again == {(person, dossier, True) for person, dossier, _ in said}
    assert of_undo(undo).redoes


def test_it_names_who_would_lose_it_for_a_conflict_of_interest(office) -> None:
    school, colleague = make_institution(), office.colleague()
    plain, at_school = office.dossier(), office.dossier(institution=school)
    told = at_school.reports.get()
    join(at_school, plain, office)
    told.refresh_from_db()
    apart = separate_report(told, reason=WRONG, by=office.inspector)
    supervise(colleague, school)
    assign(plain.reference, to=colleague, by=office.coordinator)
    preview = of_undo(apart)
    assert (colleague, plain, False) in {(a.person, a.dossier, a.begins) for a in preview.access}
    take_event_back(apart, by=office.duty_officer)
    assert colleague not in handlers(plain)


def test_who_lost_it_to_the_join_for_a_conflict_of_interest_gets_it_back(office) -> None:
    school, colleague = make_institution(), office.colleague()
    theirs, at_school = office.dossier(colleague), office.dossier(institution=school)
    supervise(colleague, school)
    event = join(at_school, theirs, office)
    said = {(each.person, each.dossier, each.begins) for each in of_undo(event).access}
    assert (colleague, theirs, True) in said
    take_event_back(event, by=office.duty_officer)
    assert colleague in handlers(theirs)


def test_a_dossier_that_the_join_alone_had_opened_closes_again(office) -> None:
    one, two = office.dossier(), office.dossier()
    life.close(two, outcome=Outcome.FILED, by=office.inspector)
    event = join(one, two, office)
    assert of_undo(event).closes == [two]
    undo = take_event_back(event, by=office.duty_officer)
    assert of_undo(undo).opens == [two]
    take_event_back(undo, by=office.duty_officer)
    life.set_waiting(Dossier.objects.get(pk=two.pk), by=office.inspector)
    assert of_undo(LedgerEvent.objects.latest("pk")).closes == []


def test_a_judgement_moves_nothing(office) -> None:
    preview = of_undo(not_the_same(office.dossier(), office.dossier(), by=office.inspector))
    assert (preview.moves, preview.years, preview.access, preview.redoes) == ([], [], [], False)


def test_what_changed_since_the_preview_is_looked_at_again(office) -> None:
    one, two, three = (office.dossier() for _ in range(3))
    event = join(one, two, office)
    seen = of_undo(event).contents
    join(three, two, office)
    with pytest.raises(Refused, match="opnieuw"):
        take_event_back(event, by=office.duty_officer, seen=seen)
    take_event_back(event, by=office.duty_officer, seen=of_undo(event).contents)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=st.lists(ACT, max_size=10), which=st.integers(0, 30))
def test_after_any_sequence_of_acts_an_undo_does_what_its_preview_says(
    db, sequence, which: int
) -> None:
    with transaction.atomic():
        a_small_office()
        by = on_duty()
        for step in sequence:
            with suppress(Refused):
                act(*step, by=by)
        events = list(LedgerEvent.objects.all())
        event = events[which % len(events)]
        preview, where = of_undo(event), dict(Report.objects.values_list("pk", "dossier"))
        closed = set(Dossier.objects.filter(status=Status.CLOSED))
        with suppress(Refused):
            take_event_back(event, by=by, seen=preview.contents, now=timezone.now())
            went = {each.report.pk: each.after.pk for each in preview.moves}
            assert dict(Report.objects.values_list("pk", "dossier")) == where | went
            for change in preview.years:
                assert count_now(change.year) == change.after
            now_closed = set(Dossier.objects.filter(status=Status.CLOSED))
            assert now_closed - closed == set(preview.closes)
            assert closed - now_closed == set(preview.opens)
        transaction.set_rollback(True)
