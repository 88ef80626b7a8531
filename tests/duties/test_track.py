"""The road: which step comes after which, on which day."""

from datetime import date, timedelta

import pytest

from vertrouwd.duties.terms import Step, Weighing
from vertrouwd.duties.track import NEEDS, Objection, gravest, is_needed, objection

DAY = date(2026, 11, 2)
S, O = Step, Objection  # noqa: E741


def why_not(step: Step, on: date = DAY, **changed) -> Objection | None:
    asked = {
        "done": {},
        "weighing": Weighing.REASONABLE if step is S.WEIGHED else None,
        "outcome": Weighing.REASONABLE,
        "today": DAY + timedelta(days=30),
    }
    return objection(step, on, **{**asked, **changed})


def test_every_step_says_what_it_needs():
    assert NEEDS.keys() == set(Step)


@pytest.mark.parametrize("step", Step)
def test_a_step_stands_when_what_it_needs_stands(step: Step):
    needed = dict.fromkeys(NEEDS[step], DAY)
    assert why_not(step, done=needed) is None
    if needed:
        assert why_not(step, done={}) is O.NEEDS_ANOTHER
        assert why_not(step, DAY - timedelta(days=1), done=needed) is O.BEFORE_ANOTHER


@pytest.mark.parametrize("step", Step)
def test_a_step_stands_once_and_not_in_the_future(step: Step):
    needed = dict.fromkeys(NEEDS[step], DAY)
    assert why_not(step, done={**needed, step: DAY}) is O.STANDS_ALREADY
    assert why_not(step, DAY, done=needed, today=DAY) is None
    assert why_not(step, DAY, done=needed, today=DAY - timedelta(days=1)) is O.IN_THE_FUTURE


def test_the_board_knows_before_it_consults_whichever_is_recorded_first():
    day_after = DAY + timedelta(days=1)
    assert why_not(S.CONSULTED, DAY, done={S.BOARD_INFORMED: day_after}) is O.BEFORE_ANOTHER
    assert why_not(S.BOARD_INFORMED, day_after, done={S.CONSULTED: DAY}) is O.BEFORE_ANOTHER
    assert why_not(S.BOARD_INFORMED, DAY, done={S.CONSULTED: DAY}) is None


@pytest.mark.parametrize("outcome", [None, Weighing.DOUBT, Weighing.NOT_REASONABLE])
def test_only_what_is_owed_can_be_refused(outcome):
    done = {S.CONSULTED: DAY, S.WEIGHED: DAY}
    assert why_not(S.REFUSED, done=done, outcome=outcome) is O.NOT_REASONABLE
    assert why_not(S.REFUSED, done=done) is None


def test_a_weighing_has_an_outcome_and_nothing_else_has():
    assert why_not(S.WEIGHED, done={S.CONSULTED: DAY}, weighing=None) is O.NEEDS_WEIGHING
    assert why_not(S.FILED, weighing=Weighing.REASONABLE) is O.NEEDS_WEIGHING


def test_an_employee_may_weigh_without_consulting_when_the_houder_is_accused():
    assert why_not(S.WEIGHED) is O.NEEDS_ANOTHER
    assert why_not(S.WEIGHED, may_weigh_alone=True) is None


def test_a_board_that_refused_may_still_file():
    done = {S.CONSULTED: DAY, S.WEIGHED: DAY, S.REFUSED: DAY}
    assert why_not(S.FILED, done=done) is None


def test_a_step_that_another_needs_stays():
    assert is_needed(S.CONSULTED, done=[S.CONSULTED, S.WEIGHED])
    assert not is_needed(S.CONSULTED, done=[S.CONSULTED, S.FILED])


def test_of_two_weighings_the_one_that_asks_most_counts():
    assert gravest([Weighing.NOT_REASONABLE, Weighing.REASONABLE]) is Weighing.REASONABLE
    assert gravest([Weighing.NOT_REASONABLE, Weighing.DOUBT]) is Weighing.DOUBT
    assert gravest([Weighing.DOUBT, Weighing.REASONABLE]) is Weighing.REASONABLE
    assert gravest([]) is None
