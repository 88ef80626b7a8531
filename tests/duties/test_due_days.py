"""The first day by which a duty asks something, as it is kept with a dossier for the lists."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dossiers.casework import on_duty
from tests.duties.fact_sheets import TEACHER_AND_PUPIL_OF_9
from tests.duties.kept import KNOWN, MONDAY, NOW
from tests.factories import make_dossier, report
from vertrouwd.dossiers import actions as moves
from vertrouwd.dossiers.casework_terms import JoinReason, SeparateReason
from vertrouwd.dossiers.models import Dossier, LedgerEvent
from vertrouwd.dossiers.refused import Refused
from vertrouwd.duties import reassessing
from vertrouwd.duties.actions import assess_dossier
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.due_days import keep_every_due_day
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.ladder_days import OPENED
from vertrouwd.duties.models import TrackStep
from vertrouwd.duties.terms import AssessReason, Step, Weighing
from vertrouwd.jobs.kinds import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(db):
    """Who has duty, and so may move reports."""
    return on_duty(NOW)


def kept(dossier: Dossier) -> date | None:
    dossier.refresh_from_db()
    return dossier.duty_due_on


def asked(dossier: Dossier) -> date | None:
    """The day as the clocks of the dossier say it."""
    if not dossier.reports.exists():
        return None
    return next((due.on for due in clocks(dossier).due if due.on), None)


def test_a_day_is_kept_from_the_assessment_until_what_is_owed_was_done(dossier, act):
    assert kept(dossier) is None
    act.assess(dossier)
    first = kept(dossier)
    assert first == asked(dossier) is not None
    act.consult_and_weigh(dossier)
    act.assess(dossier)
    act.step(dossier, Step.REFUSED)
    assert kept(dossier) == asked(dossier) != first  # the first rung of the ladder
    act.withdraw(TrackStep.objects.get(step=Step.REFUSED))
    act.step(dossier, Step.FILED)
    assert kept(dossier) is None
    act.assess(dossier, Facts())
    assert kept(dossier) is None


def test_the_night_mends_what_no_act_of_the_duties_did(dossier, act, inspector):
    other = make_dossier()
    act.assess(other)
    moves.join(other, into=dossier, by=inspector)  # as a file does, without the duties
    assert kept(dossier) is None
    assert kept(other) is not None
    assert kinds()["keep_due_days"].work() == 2
    assert kept(dossier) == asked(dossier) is not None
    assert kept(other) is None
    assert keep_every_due_day() == 0


def test_a_dossier_that_was_closed_keeps_its_day_for_when_it_opens_again(dossier, act, inspector):
    from vertrouwd.dossiers.life import close, reopen

    act.assess(dossier)
    close(dossier, outcome="advies gegeven", by=inspector)
    assert keep_every_due_day() == 0
    reopen(dossier, reason="te vroeg gesloten", by=inspector)
    assert kept(dossier) == asked(dossier) is not None


def test_a_join_taken_back_in_the_middle_of_a_chain_is_assessed_at_its_end_as_well(act, inspector):
    first, second, third = (make_dossier() for _ in range(3))
    act.assess(first)
    how = {"reason": JoinReason.SAME_ACT, "by": inspector, "now": NOW}
    joined = reassessing.join_dossiers(first, into=second, **how)
    reassessing.join_dossiers(second, into=third, **how)
    assert kept(third) is not None
    assert kept(first) is None
    reassessing.take_event_back(joined, by=inspector, now=NOW)
    assert kept(first) == asked(first) is not None
    assert kept(third) == asked(third)
    assert third.assessments.last().reason == AssessReason.UNDONE


def test_a_step_on_a_dossier_that_was_emptied_meanwhile_counts_where_its_reports_went(
    dossier, act, inspector
):
    other = make_dossier()
    act.assess(other)
    how = {"reason": JoinReason.SAME_ACT, "by": inspector, "now": NOW}
    reassessing.join_dossiers(other, into=dossier, **how)
    before = kept(dossier)
    step = {"on": MONDAY, "by": inspector, "now": NOW}
    reassessing.take_step(other, step=Step.CONSULTED, **step)  # from a page of before
    assert kept(dossier) == asked(dossier) != before
    taken = TrackStep.objects.get()
    reassessing.take_step_back(taken, of=other, by=inspector, now=NOW)
    assert kept(dossier) == asked(dossier) == before
    assert keep_every_due_day() == 0


def test_a_step_of_what_went_two_ways_counts_on_both(dossier, act, inspector):
    both = make_dossier()
    [second] = moves.receive_reports([report()], by=inspector, into=[both])
    act.assess(both)
    act.step(both, Step.CONSULTED)
    how = {"by": inspector, "now": NOW}
    reassessing.join_dossiers(both, into=dossier, reason=JoinReason.SAME_ACT, **how)
    second.refresh_from_db()
    reassessing.separate_report(second, reason=SeparateReason.JOINED_WRONGLY, **how)
    reassessing.take_step_back(TrackStep.objects.get(), of=dossier, **how)
    for each in Dossier.objects.all():
        assert kept(each) == asked(each)


STEPS = st.sampled_from(
    [(Step.BOARD_INFORMED, None), (Step.CONSULTED, None), (Step.REFUSED, None), (Step.FILED, None),
     (Step.WEIGHED, Weighing.REASONABLE), (Step.WEIGHED, Weighing.DOUBT)]
)  # fmt: skip
NUMBER = st.integers(0, 30)
ACT = (
    st.tuples(st.just("assess"), NUMBER, st.sampled_from([KNOWN, TEACHER_AND_PUPIL_OF_9, Facts()]))
    | st.tuples(st.just("step"), NUMBER, STEPS)
    | st.tuples(st.just("step back"), NUMBER, st.none())
    | st.tuples(st.just("join"), NUMBER, NUMBER)
    | st.tuples(st.just("separate"), NUMBER, NUMBER)
    | st.tuples(st.just("undo"), NUMBER, st.none())
)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACT, max_size=14))
def test_after_any_acts_the_kept_day_is_the_one_of_the_clocks(inspector, acts):
    with transaction.atomic():
        for days in (0, 7, 14):
            told = make_dossier(now=NOW - timedelta(days=days))
            assess_dossier(told, facts=KNOWN, by=inspector, now=NOW - timedelta(days=days))
        for kind, number, how in acts:
            with suppress(Refused), transaction.atomic():
                do(kind, number, how, by=inspector)
        for dossier in Dossier.objects.all():
            assert (dossier.pk, dossier.duty_due_on) == (dossier.pk, asked(dossier))
        assert keep_every_due_day() == 0
        transaction.set_rollback(True)


def do(kind, number, how, *, by):
    """One act on one of what there is."""
    dossiers = list(Dossier.objects.filter(reports__isnull=False).distinct().order_by("pk"))
    dossier = dossiers[number % len(dossiers)]
    if kind == "assess":
        assess_dossier(dossier, facts=how, by=by, now=NOW)
    elif kind == "step":
        step, weighing = how
        reassessing.take_step(dossier, step=step, weighing=weighing, on=MONDAY, by=by, now=NOW)
    elif kind == "step back":
        taken = TrackStep.objects.filter(dossier=dossier, withdrawn_at=None).first()
        if taken:
            reassessing.take_step_back(taken, of=dossier, by=by, now=NOW)
    elif kind == "join":
        into = dossiers[how % len(dossiers)]
        reassessing.join_dossiers(dossier, into=into, reason=JoinReason.SAME_ACT, by=by, now=NOW)
    elif kind == "separate":
        report = list(dossier.reports.order_by("pk"))[how % dossier.reports.count()]
        why = SeparateReason.JOINED_WRONGLY
        reassessing.separate_report(report, reason=why, by=by, now=NOW)
    elif kind == "undo":
        moved = list(LedgerEvent.objects.exclude(OPENED).order_by("pk"))
        if moved:
            reassessing.take_event_back(moved[number % len(moved)], by=by, now=NOW)
