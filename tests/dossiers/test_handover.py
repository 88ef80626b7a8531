"""Somebody leaves: all their dossiers go to colleagues in one act, seen before and taken back."""

from datetime import date

import pytest

from tests.at_once import at_once
from tests.dossiers.casework import Office, handle, handlers, supervise
from tests.factories import make_dossier, make_institution
from tests.people import make_user
from vertrouwd.accounts.models import User
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.casework_terms import JoinReason
from vertrouwd.dossiers.handover import Plan, hand_over, plan_handover, undo_handover
from vertrouwd.dossiers.joining import join_dossiers, take_event_back
from vertrouwd.dossiers.models import Handover, LedgerEvent, Task
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.tasks import add_task


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def plan(office: Office, *to: User) -> Plan:
    return plan_handover(office.inspector, to=to, by=office.coordinator)


def do(office: Office, *to: User, seen: str = "") -> Handover:
    return hand_over(office.inspector, to=to, by=office.coordinator, seen=seen)


def test_the_dossiers_are_divided_evenly_and_the_leaver_keeps_none(office) -> None:
    dossiers = [office.dossier() for _ in range(5)]
    first, second = office.colleague(username="a"), office.colleague(username="b")
    assert plan(office, first, second).numbers == [(first, 3), (second, 2)]
    do(office, first, second)
    assert [handlers(dossier) for dossier in dossiers] == [
        {first}, {second}, {first}, {second}, {first},
    ]  # fmt: skip
    line = Line.objects.get(action="hand_over")
    assert (line.object, line.detail["dossiers"]) == (office.inspector.username, 5)


def test_a_dossier_passes_by_who_has_a_conflict_and_stays_when_all_have_one(office) -> None:
    school, colleague, other = make_institution(), office.colleague(), office.colleague()
    theirs, plain = office.dossier(institution=school), office.dossier()
    supervise(colleague, school)
    seen = plan(office, colleague)
    assert [move.dossier for move in seen.left] == [theirs]
    do(office, colleague)
    assert handlers(theirs) == {office.inspector}
    assert handlers(plain) == {colleague}
    do(office, colleague, other)
    assert handlers(theirs) == {other}


def test_what_the_coordinator_supervises_is_neither_shown_nor_handed_over(office) -> None:
    school, colleague = make_institution(), office.colleague()
    unseen, plain = office.dossier(institution=school), office.dossier()
    supervise(office.coordinator, school)
    assert [move.dossier for move in plan(office, colleague).moves] == [plain]
    do(office, colleague)
    assert handlers(unseen) == {office.inspector}


def test_a_colleague_who_handles_it_already_goes_on_alone(office) -> None:
    colleague, other = office.colleague(), office.colleague()
    shared = office.dossier(office.inspector, colleague)
    [move] = plan(office, other, colleague).moves
    assert (move.to, move.has_it_already) == (colleague, True)
    do(office, other, colleague)
    assert handlers(shared) == {colleague}


def test_open_tasks_of_the_leaver_go_along(office) -> None:
    dossier, colleague = office.dossier(), office.colleague()
    add_task(
        dossier, kind="terugbellen", due_on=date(2026, 12, 1), owner=office.inspector,
        by=office.inspector,
    )  # fmt: skip
    do(office, colleague)
    assert Task.objects.get().owner == colleague


def test_what_was_joined_into_a_dossier_goes_along_with_its_tasks_and_comes_back(office) -> None:
    part, whole, colleague = office.dossier(), office.dossier(), office.colleague()
    task = add_task(
        part, kind="terugbellen", due_on=date(2026, 12, 1), by=office.inspector,
        owner=office.inspector,
    )  # fmt: skip
    join(part, into=whole, by=office.inspector)
    handover = do(office, colleague)
    task.refresh_from_db()
    assert task.owner == colleague
    assert handlers(part) == handlers(whole) == {colleague}
    undo_handover(handover, by=office.coordinator)
    assert handlers(part) == handlers(whole) == {office.inspector}


def test_a_handover_is_taken_back_in_one_act_and_once(office) -> None:
    colleague = office.colleague()
    plain, shared = office.dossier(), office.dossier(office.inspector, colleague)
    done = do(office, colleague)
    undo_handover(done, by=office.coordinator)
    assert handlers(plain) == {office.inspector}
    assert handlers(shared) == {office.inspector, colleague}
    with pytest.raises(Refused, match="al ongedaan"):
        undo_handover(done, by=office.coordinator)


def test_a_plan_that_is_another_now_is_looked_at_again_and_sent_twice_nothing_happens(
    office,
) -> None:
    colleague = office.colleague()
    office.dossier()
    seen = plan(office, colleague).digest
    office.dossier()
    with pytest.raises(Refused, match="opnieuw"):
        do(office, colleague, seen=seen)
    seen = plan(office, colleague).digest
    do(office, colleague, seen=seen)
    with pytest.raises(Refused):
        do(office, colleague, seen=seen)
    with pytest.raises(Refused, match="niets"):
        do(office, colleague)
    assert Handover.objects.count() == 1


def test_dossiers_go_to_nobody_who_handles_no_cases_and_not_back_to_the_leaver(office) -> None:
    office.dossier()
    for people in ([], [make_user()], [office.inspector]):
        with pytest.raises(Refused):
            plan(office, *people)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_handover_and_a_join_that_is_taken_back_wait_for_each_other(home) -> None:
    office, mover, tobias = Office(), *(make_user(roles=[Role.INSPECTOR]) for _ in range(2))
    for _ in range(6):
        own, theirs = office.dossier(), make_dossier()
        for dossier in (own, theirs):
            handle(dossier, mover)
        joined = join_dossiers(own, into=theirs, reason=JoinReason.SAME_ACT, by=mover)
        assert office.inspector in handlers(theirs)
        moved, undone = at_once(
            lambda: do(office, tobias),
            lambda joined=joined: take_event_back(joined, by=mover),
        )
        assert isinstance(moved, Handover), moved
        assert isinstance(undone, LedgerEvent), undone
        assert handlers(own) == {mover, tobias}
