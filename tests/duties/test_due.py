"""What is next and by when: a norm of the house, never hours of the law."""

from datetime import date

import pytest

from vertrouwd.duties.due import Due, dues, norm_in_working_days
from vertrouwd.duties.ladder import steps
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Duty, Step, Weighing

S, D = Step, Duty
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)
BOARD, STAFF = "bevoegd gezag", "personeel"


def due(owed=None, *, done=None, weighing=None, rungs=()):
    owed = {D.CONSULT_INSPECTOR: (BOARD, FRIDAY)} if owed is None else owed
    return dues(owed, done=done or {}, weighing=weighing, rungs=rungs)


def test_at_once_is_one_working_day_by_the_norm_of_the_house():
    assert norm_in_working_days() == 1
    assert due() == (Due(S.CONSULTED, BOARD, MONDAY, D.CONSULT_INSPECTOR),)
    assert [due()[0].is_late(day) for day in (MONDAY, TUESDAY)] == [False, True]


def test_the_clock_of_the_consultation_begins_when_the_board_is_informed():
    [found] = due(done={S.BOARD_INFORMED: MONDAY})
    assert found.on == TUESDAY


def test_who_consults_was_informed():
    owed = {D.INFORM_BOARD: (STAFF, FRIDAY), D.CONSULT_INSPECTOR: (BOARD, FRIDAY)}
    assert [each.step for each in due(owed)] == [S.BOARD_INFORMED, S.CONSULTED]
    assert [each.step for each in due(owed, done={S.CONSULTED: FRIDAY})] == [S.WEIGHED]


def test_a_weighing_is_asked_without_a_day():
    [found] = due(done={S.CONSULTED: FRIDAY})
    assert (found.step, found.on, found.is_late(TUESDAY)) == (S.WEIGHED, None, False)


FILES = {D.CONSULT_INSPECTOR: (BOARD, FRIDAY), D.REPORT_TO_POLICE: (BOARD, FRIDAY)}
WEIGHED = {S.CONSULTED: FRIDAY, S.WEIGHED: MONDAY}


def test_filing_is_due_from_the_weighing_on():
    [found] = due(FILES, done=WEIGHED, weighing=Weighing.REASONABLE)
    assert (found.step, found.on) == (S.FILED, TUESDAY)


@pytest.mark.parametrize("taken", [(), (1,), (1, 2, 3, 4)])
def test_after_a_refusal_the_rungs_that_were_not_taken_are_due(taken):
    rungs = steps(MONDAY, rule_sets()["NL-1999-education"].ladder)
    done = WEIGHED | {S.REFUSED: MONDAY} | {S(f"stap {n} van de ladder"): MONDAY for n in taken}
    found = due(FILES, done=done, weighing=Weighing.REASONABLE, rungs=rungs)
    assert [each.rung for each in found] == [n for n in (1, 2, 3, 4) if n not in taken]
    assert [each.on for each in found] == [r.due for r in rungs if r.step not in taken]


def test_after_filing_it_is_reported_back_and_checked():
    done = WEIGHED | {S.FILED: MONDAY}
    found = due(FILES, done=done, weighing=Weighing.REASONABLE)
    assert [(each.step, each.by) for each in found] == [
        (S.REPORTED_BACK, BOARD), (S.CHECKED, "vertrouwensinspecteur"),
    ]  # fmt: skip
    done |= {S.REPORTED_BACK: MONDAY, S.CHECKED: MONDAY}
    assert due(FILES, done=done, weighing=Weighing.REASONABLE) == ()
