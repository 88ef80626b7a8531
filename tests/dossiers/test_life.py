"""A dossier is open, waits for its reporter, is closed with an outcome, and opens again."""

import pytest

from tests.dossiers.casework import on_duty
from tests.factories import make_dossier, report
from vertrouwd.audit.models import Line
from vertrouwd.dossiers import life
from vertrouwd.dossiers.actions import receive_reports
from vertrouwd.dossiers.casework_terms import MOVES, Outcome, ReopenReason, Status
from vertrouwd.dossiers.counting import count_now
from vertrouwd.dossiers.joining import join_dossiers, take_event_back
from vertrouwd.dossiers.models import StatusChange
from vertrouwd.dossiers.refused import Refused
from vertrouwd.schools.years import SchoolYear

CLOSED = {"outcome": Outcome.ADVISED}
AGAIN = {"reason": ReopenReason.REPORTER_RETURNED}


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_a_dossier_goes_only_where_the_table_lets_it(before: Status, after: Status) -> None:
    if after in MOVES[before]:
        life.check_move(before, after)
    else:
        with pytest.raises(Refused):
            life.check_move(before, after)


def test_a_dossier_waits_for_its_reporter_and_the_work_goes_on(actor) -> None:
    dossier = make_dossier()
    life.set_waiting(dossier, by=actor)
    assert dossier.status == Status.WAITING
    with pytest.raises(Refused):
        life.set_waiting(dossier, by=actor)
    life.resume(dossier, by=actor)
    dossier.refresh_from_db()
    assert dossier.status == Status.OPEN
    line = Line.objects.filter(action="set_status").last()
    assert (line.object, line.detail) == (
        dossier.reference, {"before": "waiting", "after": "open"},
    )  # fmt: skip


def test_a_dossier_closes_with_an_outcome_and_stays_counted(actor) -> None:
    dossier = make_dossier()
    with pytest.raises(Refused, match="afloop"):
        life.close(dossier, outcome="klaar", by=actor)
    life.close(dossier, **CLOSED, by=actor)
    assert StatusChange.objects.get().outcome == Outcome.ADVISED
    assert count_now(SchoolYear(2022)) == 1


def test_closing_twice_is_refused_and_changes_nothing(actor) -> None:
    dossier = make_dossier()
    life.close(dossier, **CLOSED, by=actor)
    with pytest.raises(Refused, match="al: gesloten"):
        life.close(dossier, outcome=Outcome.REFERRED, by=actor)
    assert StatusChange.objects.count() == 1


def test_a_closed_dossier_opens_for_a_reason_and_by_no_other_way(actor) -> None:
    dossier = make_dossier()
    with pytest.raises(Refused, match="niet gesloten"):
        life.reopen(dossier, **AGAIN, by=actor)
    life.close(dossier, **CLOSED, by=actor)
    for act in (life.resume, life.set_waiting):
        with pytest.raises(Refused):
            act(dossier, by=actor)
    with pytest.raises(Refused, match="waarom"):
        life.reopen(dossier, reason="zomaar", by=actor)
    life.reopen(dossier, **AGAIN, by=actor)
    dossier.refresh_from_db()
    assert dossier.status == Status.OPEN


def test_an_emptied_dossier_is_not_closed(actor) -> None:
    one, two = make_dossier(), make_dossier()
    join_dossiers(one, into=two, reason="anders", by=on_duty())
    with pytest.raises(Refused, match="ander dossier"):
        life.close(one, **CLOSED, by=actor)


def test_a_report_that_comes_into_a_closed_dossier_opens_it(actor) -> None:
    dossier = make_dossier()
    life.close(dossier, **CLOSED, by=actor)
    receive_reports([report()], by=actor, into=[dossier])
    dossier.refresh_from_db()
    assert dossier.status == Status.OPEN
    assert StatusChange.objects.last().reason == ReopenReason.NEW_REPORT


def test_a_join_into_a_closed_dossier_opens_it_and_its_undo_closes_it_as_it_was(actor) -> None:
    one, two = make_dossier(), make_dossier()
    life.close(two, outcome=Outcome.FILED, by=actor)
    event = join_dossiers(one, into=two, reason="anders", by=on_duty())
    two.refresh_from_db()
    assert two.status == Status.OPEN
    undo = take_event_back(event, by=on_duty())
    two.refresh_from_db()
    assert two.status == Status.CLOSED
    assert StatusChange.objects.last().outcome == Outcome.FILED
    take_event_back(undo, by=on_duty())
    two.refresh_from_db()
    assert two.status == Status.OPEN


def test_what_somebody_decided_after_the_join_stays_when_it_is_undone(actor) -> None:
    one, two = make_dossier(), make_dossier()
    life.close(two, outcome=Outcome.FILED, by=actor)
    event = join_dossiers(one, into=two, reason="anders", by=on_duty())
    life.set_waiting(two, by=actor)
    take_event_back(event, by=on_duty())
    two.refresh_from_db()
    assert two.status == Status.WAITING
