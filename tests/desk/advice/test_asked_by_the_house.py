"""What the House keeps asking about, in codes; and what the law demands against a reporter."""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

import pytest

from tests.advice.house import TEACHER_AND_PUPIL
from tests.duties.fact_sheets import TEACHER_AND_PUPIL_OF_9
from vertrouwd.advice.reading import done_for, reports_of
from vertrouwd.advice.terms import Police
from vertrouwd.desk.advice.asked_by_the_house import AskedByTheHouse, asked_by_the_house
from vertrouwd.desk.advice.demands import demand_of
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.terms import Answer
from vertrouwd.duties.actions import assess_dossier, record_step
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.terms import AccusedParty, Duty, Step, Weighing

MONDAY = date(2026, 11, 2)
NOT_WEIGHED = replace(TEACHER_AND_PUPIL_OF_9, weighing=None, known_on=MONDAY)


@pytest.fixture
def case(house):
    """A mother and the board about one teacher."""
    report = house.called(**TEACHER_AND_PUPIL)
    board = house.called(reporter_role="bestuur", channel="e-mail", **TEACHER_AND_PUPIL)
    join(board.dossier, into=report.dossier, by=house.inspector)
    return report


def asked(report, today: date = MONDAY) -> AskedByTheHouse:
    reports = reports_of(report.dossier)
    return asked_by_the_house(
        reports, clocks(report.dossier), done_for(reports).results, today=today
    )


def assess(house, report, **changes):
    assess_dossier(report.dossier, facts=replace(NOT_WEIGHED, **changes), by=house.inspector)


def step(house, report, step, on=MONDAY, **more):
    record_step(report.dossier, step=step, on=on, by=house.inspector, **more)


def test_before_anything_is_known_nothing_is_guessed(case):
    found = asked(case)
    assert found.reporter_roles == ("ouder", "bestuur")
    assert found.channels == ("telefoon", "e-mail")
    assert (found.duty, found.police, found.feedback) == ("onbekend",) * 3
    assert (found.consult_delay, found.weighing, found.ladder_step) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "duty"),
    [
        ({}, Answer.YES),
        ({"accused_role": AccusedParty.LEARNER}, Answer.NO),
        ({"accused_role": UNKNOWN}, Answer.UNKNOWN),
    ],
)
def test_whether_there_was_a_duty(house, case, changes, duty):
    assess(house, case, **changes)
    assert asked(case).duty is duty


def test_the_consultation_the_weighing_and_the_ladder(house, case):
    assess(house, case)
    step(house, case, Step.CONSULTED, MONDAY + timedelta(days=3))
    step(house, case, Step.WEIGHED, MONDAY + timedelta(days=3), weighing=Weighing.REASONABLE)
    assess(house, case)
    found = asked(case)
    assert (found.consult_delay, found.weighing, found.ladder_step) == (3, "redelijk", None)
    step(house, case, Step.REFUSED, MONDAY + timedelta(days=7))  # Monday 9 November
    days = [clocks(case.dossier).ladder[at].due for at in (0, -1)]
    assert asked(case, days[0] - timedelta(days=1)).ladder_step == 0
    assert asked(case, days[0]).ladder_step == 1
    assert asked(case, days[1]).ladder_step == 4


def test_what_weighs_most_is_told_of_the_police_and_the_board_may_file_as_well(house, case):
    house.result(case, police=Police.NEITHER)
    assert asked(case).police is Police.NEITHER
    house.result(case, police=Police.NOTICE, feedback_on=MONDAY)
    assert (asked(case).police, asked(case).feedback) == (Police.NOTICE, Answer.YES)
    assess(house, case)
    step(house, case, Step.FILED)
    assert asked(case).police is Police.REPORT


def test_somebody_who_was_not_told_yet_is_no_unknown(house, case):
    house.result(case)
    assert asked(case).feedback is Answer.NO


def test_every_answer_is_a_code_or_a_number(house, case):
    assess(house, case)
    house.result(case)
    for value in vars(asked(case)).values():
        each = value if isinstance(value, tuple) else (value,)
        assert all(part is None or isinstance(part, StrEnum | int) for part in each)


# What the law demands


def test_a_duty_asks_contact_with_the_institution_until_it_is_met(house, case):
    assert demand_of(clocks(case.dossier)) is None
    assess(house, case)
    assert demand_of(clocks(case.dossier))
    step(house, case, Step.CONSULTED)
    assert demand_of(clocks(case.dossier)) is None  # both duties are met
    step(house, case, Step.WEIGHED, weighing=Weighing.REASONABLE)
    assess(house, case)
    found = demand_of(clocks(case.dossier))
    assert {Duty.REPORT_TO_POLICE} <= {owed.duty for owed in clocks(case.dossier).duties}
    assert found
    assert found.article == "WPO 4a"
    step(house, case, Step.FILED)
    assert demand_of(clocks(case.dossier)) is None
