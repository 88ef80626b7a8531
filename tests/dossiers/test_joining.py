"""Joining and separating: who keeps, gets and loses access, and everything taken back."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dossiers.casework import (
    Office,
    behind_glass,
    handle,
    handlers,
    join,
    on_duty,
    supervise,
)
from tests.factories import make_dossier, make_institution, make_report
from tests.people import make_user
from vertrouwd.accounts.models import User
from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers import life
from vertrouwd.dossiers.access import existing_for, visible_dossiers
from vertrouwd.dossiers.casework_terms import JoinReason, Outcome, SeparateReason, Status
from vertrouwd.dossiers.counting import count, count_now, dossiers_as_of
from vertrouwd.dossiers.joining import (
    contents,
    join_dossiers,
    kept_apart_from,
    not_the_same,
    reason_field,
    separate_report,
    take_event_back,
)
from vertrouwd.dossiers.may_move import WITHOUT_GLASS
from vertrouwd.dossiers.models import Assignment, Dossier, LedgerEvent, Report, StatusChange
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.whereabouts import merged_into
from vertrouwd.schools.years import SchoolYear
from vertrouwd.sealing.terms import Purpose

SAME = JoinReason.SAME_ACT
WRONG = SeparateReason.JOINED_WRONGLY


@pytest.fixture
def office(db, home) -> Office:
    return Office()


# Reasons


def test_a_join_has_a_reason_of_the_list_and_may_have_sealed_words(office) -> None:
    one, two = office.dossier(), office.dossier()
    with pytest.raises(Refused, match="waarom"):
        join_dossiers(one, into=two, reason="gevoel", by=office.inspector)
    event = join(one, two, office, words="Zelfde leraar, zelfde dag.", opened=office.opened)
    assert event.reason == SAME
    said = office.opened.texts(two.record, Purpose.DOSSIER)
    assert said == {reason_field(event): "Zelfde leraar, zelfde dag."}


def test_a_separation_keeps_its_words_where_the_report_was(office) -> None:
    one, two = office.dossier(), office.dossier()
    told = one.reports.get()
    join(one, two, office)
    told.refresh_from_db()
    with pytest.raises(Refused, match="waarom"):
        separate_report(told, reason="", by=office.inspector)
    event = separate_report(
        told, reason=WRONG, by=office.inspector, words="Andere klas.", opened=office.opened
    )
    assert (event.source, event.reason) == (two, WRONG)
    said = office.opened.texts(two.record, Purpose.DOSSIER)
    assert said == {reason_field(event): "Andere klas."}


def test_what_changed_since_the_preview_is_looked_at_again(office) -> None:
    one, two, three = (office.dossier() for _ in range(3))
    seen = contents(one, two)
    join(three, two, office)
    with pytest.raises(Refused, match="opnieuw"):
        join(one, two, office, seen=seen)
    join(one, two, office, seen=contents(one, two))
    told, seen = two.reports.first(), contents(two)
    separate_report(two.reports.last(), reason=WRONG, by=office.inspector)
    with pytest.raises(Refused, match="opnieuw"):
        separate_report(told, reason=WRONG, by=office.inspector, seen=seen)


def test_the_same_join_sent_twice_is_refused_in_words(office) -> None:
    one, two = office.dossier(), office.dossier()
    join(one, two, office)
    for source, into in ((one, two), (two, one)):
        with pytest.raises(Refused, match="geen meldingen meer"):
            join(source, into, office)
    with pytest.raises(Refused, match="hetzelfde dossier"):
        join(two, two, office)


def test_an_event_is_taken_back_once_and_an_intake_never(office) -> None:
    one, two = office.dossier(), office.dossier()
    event = join(one, two, office)
    take_event_back(event, by=office.inspector)
    with pytest.raises(Refused, match="al ongedaan"):
        take_event_back(event, by=office.inspector)
    with pytest.raises(Refused, match="kan niet"):
        take_event_back(LedgerEvent.objects.earliest("pk"), by=office.inspector)


def test_not_the_same_case_is_remembered_from_either_side_until_taken_back(office) -> None:
    one, two = office.dossier(), office.dossier()
    event = not_the_same(one, two, by=office.inspector)
    for here, there in ((one, two), (two, one)):
        [(other, said)] = kept_apart_from(here)
        assert (other, said) == (there, event)
        with pytest.raises(Refused, match="staat er al"):
            not_the_same(here, there, by=office.inspector)
    take_event_back(event, by=office.inspector)
    assert kept_apart_from(one) == []


# Counting


def test_a_join_takes_one_dossier_off_the_year_and_its_undo_puts_it_back(office) -> None:
    year = SchoolYear(2022)
    one, two = office.dossier(), office.dossier()
    event = join(one, two, office)
    assert count(year) == count_now(year) == 1
    take_event_back(event, by=office.inspector)
    assert count(year) == count_now(year) == 2


# Access


def test_who_handled_either_part_handles_the_whole_and_no_longer_after_the_undo(office) -> None:
    colleague = office.colleague()
    one, two = office.dossier(colleague), office.dossier()
    event = join(one, two, office)
    assert handlers(two) == {colleague, office.inspector}
    undo = take_event_back(event, by=office.inspector)
    assert handlers(two) == {office.inspector}
    assert not visible_dossiers(colleague).filter(pk=two.pk).exists()
    take_event_back(undo, by=office.duty_officer)
    assert handlers(two) == {colleague, office.inspector}


@pytest.mark.parametrize("joined_away", [True, False])
def test_who_supervises_the_other_institution_loses_the_case_and_gets_it_back_after_the_undo(
    office, joined_away: bool
) -> None:
    school, colleague = make_institution(), office.colleague()
    theirs, other = office.dossier(colleague), office.dossier(institution=school)
    supervise(colleague, school)
    source, into = (theirs, other) if joined_away else (other, theirs)
    event = join(source, into, office)
    assert colleague not in handlers(source) | handlers(into)
    assert not visible_dossiers(colleague).exists()
    take_event_back(event, by=office.inspector)
    assert colleague in handlers(theirs)
    assert list(visible_dossiers(colleague)) == [theirs]


def test_a_conflict_that_came_later_gives_nothing_back(office) -> None:
    school, other_school = make_institution(), make_institution()
    colleague = office.colleague()
    theirs = office.dossier(colleague, institution=other_school)
    other = office.dossier(institution=school)
    supervise(colleague, school)
    event = join(theirs, other, office)
    supervise(colleague, other_school)
    take_event_back(event, by=office.inspector)
    assert colleague not in handlers(theirs)


def test_a_report_that_comes_back_by_an_undo_opens_nothing_to_who_supervises_its_school(
    office,
) -> None:
    school, colleague = make_institution(), office.colleague()
    plain, at_school = office.dossier(), office.dossier(institution=school)
    told = at_school.reports.get()
    join(at_school, plain, office)
    told.refresh_from_db()
    apart = separate_report(told, reason=WRONG, by=office.inspector)
    supervise(colleague, school)
    handle(plain, colleague)  # while the report was elsewhere
    assert visible_dossiers(colleague).filter(pk=plain.pk).exists()
    undo = take_event_back(apart, by=office.inspector)
    assert handlers(plain) == {office.inspector}
    take_event_back(undo, by=office.inspector)
    assert handlers(plain) == {office.inspector, colleague}


def test_a_report_that_is_separated_keeps_its_handlers_but_who_has_a_conflict(office) -> None:
    colleague = office.colleague()
    one, two = office.dossier(), office.dossier(colleague)
    told = one.reports.get()
    join(one, two, office)
    told.refresh_from_db()
    apart = separate_report(told, reason=WRONG, by=office.inspector)
    assert apart.dossier is not None
    assert handlers(apart.dossier) == {colleague, office.inspector}
    undo = take_event_back(apart, by=office.inspector)
    assert handlers(apart.dossier) == set()
    assert undo.undoes == apart


# Where things are


ACT = st.tuples(
    st.sampled_from(["join", "separate", "undo", "apart", "close", "reopen", "wait"]),
    st.integers(0, 30),
    st.integers(0, 30),
)
ACTS = st.lists(ACT, max_size=12)


def act(kind: str, first: int, second: int, *, by) -> LedgerEvent | StatusChange:
    """One act on the first-th and second-th dossier, report or event. Raises Refused."""
    dossiers = list(Dossier.objects.order_by("pk"))
    one, two = dossiers[first % len(dossiers)], dossiers[second % len(dossiers)]
    reports, events = list(Report.objects.order_by("pk")), list(LedgerEvent.objects.all())
    match kind:
        case "join":
            return join_dossiers(one, into=two, reason=SAME, by=by)
        case "separate":
            return separate_report(reports[first % len(reports)], reason=WRONG, by=by)
        case "undo":
            return take_event_back(events[first % len(events)], by=by)
        case "apart":
            return not_the_same(one, two, by=by)
        case "close":
            return life.close(one, outcome=Outcome.ADVISED, by=by)
        case "reopen":
            return life.reopen(one, reason="te vroeg gesloten", by=by)
        case _:
            return life.set_waiting(one, by=by)


def as_it_stands() -> tuple[object, ...]:
    """Where each report is, who handles what, which dossiers are closed."""
    held = Assignment.objects.filter(until__isnull=True).values_list("dossier", "user")
    return (
        dict(Report.objects.values_list("pk", "dossier")),
        set(held),
        set(Dossier.objects.filter(status=Status.CLOSED).values_list("pk", flat=True)),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sequence=ACTS,
    last=st.sampled_from(["join", "separate", "apart"]),
    where=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_after_any_sequence_of_acts_each_report_is_in_one_dossier_and_an_undo_restores_everything(
    db, sequence, last: str, where: tuple[int, int]
) -> None:
    with transaction.atomic():
        people, by = a_small_office(), on_duty()
        for step in sequence:
            before = as_it_stands()
            with suppress(Refused):
                act(*step, by=by)
                before = as_it_stands()
            assert as_it_stands() == before  # what is refused changes nothing
            assert_everything_adds_up(people)
        before = as_it_stands()
        with suppress(Refused):
            event = act(last, *where, by=by)
            after = as_it_stands()
            undo = take_event_back(event, by=by)
            assert as_it_stands() == before
            take_event_back(undo, by=by)
            assert as_it_stands() == after
            assert_everything_adds_up(people)
        transaction.set_rollback(True)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=st.lists(st.tuples(ACT, st.integers(0, 3), st.booleans()), max_size=10))
def test_whatever_somebody_does_they_open_no_more_by_it_without_glass(db, sequence) -> None:
    with transaction.atomic():
        people = [*a_small_office(), on_duty()]
        for step, who, breaks_glass in sequence:
            by = people[who]
            before = reports_open_to(by)
            if breaks_glass:
                for dossier in existing_for(by, holding_reports=True):
                    behind_glass(dossier, by)
            with suppress(Refused):
                act(*step, by=by)
            assert reports_open_to(by) <= before
        transaction.set_rollback(True)


def reports_open_to(person: User) -> set[int]:
    """What this person may open without glass."""
    seen = visible_dossiers(person, through=WITHOUT_GLASS).values("pk")
    return set(Report.objects.filter(dossier__in=seen).values_list("pk", flat=True))


def a_small_office() -> list[User]:
    """Four dossiers, one of them at a school that the first of three people supervises."""
    school = make_institution()
    people = [make_user(roles=[Role.INSPECTOR]) for _ in range(3)]
    supervise(people[0], school)
    for number in range(4):
        dossier = make_report(institution=school if number == 3 else None).dossier
        handle(dossier, people[(number + 1) % 3])
    return people


def assert_everything_adds_up(people: list[User]) -> None:
    """The table is the fold, the counts agree, and nobody sees what they supervise."""
    folded = {report: d for d, reports in dossiers_as_of().items() for report in reports}
    assert folded == dict(Report.objects.values_list("pk", "dossier"))
    year = SchoolYear(2022)
    assert count(year) == count_now(year) == len(set(folded.values()))
    theirs = people[0].supervisions.values("institution")
    seen = visible_dossiers(people[0])
    assert not seen.filter(reports__institution__in=theirs).exists()
    held = Assignment.objects.filter(user=people[0], until__isnull=True)
    assert not held.filter(dossier__reports__institution__in=theirs).exists()


def test_a_plain_dossier_is_in_the_way_of_nothing(office) -> None:
    assert list(merged_into(make_dossier())) == []
