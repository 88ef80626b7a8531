"""A board or houder that refuses to file: the ladder, on working days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.duties.fact_sheets import (
    BILL,
    CHILDCARE,
    CHILDCARE_WORKER_HITS_TODDLER,
    EDUCATION,
    HOUDER_ACCUSED,
    TEACHER_AND_PUPIL_OF_9,
    assessed,
)
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.ladder import steps
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Knower, Weighing
from vertrouwd.duties.working_days import is_working_day

COORDINATOR = "coördinator vertrouwensinspecteurs"
BOTH = [
    pytest.param(TEACHER_AND_PUPIL_OF_9, id="board"),
    pytest.param(CHILDCARE_WORKER_HITS_TODDLER, id="houder"),
]


def ladder(facts: Facts, refused_on: str) -> list[tuple[int, str, str]]:
    day = date.fromisoformat(refused_on)
    steps = assessed(facts, known_on=day, refused_on=day).ladder
    return [(step.step, step.by, step.due.isoformat()) for step in steps]


def test_a_board_that_refuses_comes_before_the_minister_after_ten_working_days():
    assert ladder(TEACHER_AND_PUPIL_OF_9, "2026-11-02") == [
        (1, COORDINATOR, "2026-11-05"),
        (2, COORDINATOR, "2026-11-10"),
        (3, COORDINATOR, "2026-11-13"),
        (4, "minister van OCW", "2026-11-16"),
    ]


def test_a_houder_that_refuses_over_christmas():
    # 25 December is a Friday, 26 a Saturday, 1 January a Friday
    assert ladder(CHILDCARE_WORKER_HITS_TODDLER, "2026-12-23") == [
        (1, COORDINATOR, "2026-12-29"),
        (2, "hoofdinspecteur", "2027-01-04"),
        (3, "hoofdinspecteur", "2027-01-07"),
        (4, "college van B&W", "2027-01-08"),
    ]


def test_a_houder_that_refuses_over_easter():
    # Good Friday 3 April counts, Easter Monday 6 April does not
    assert ladder(CHILDCARE_WORKER_HITS_TODDLER, "2026-04-02") == [
        (1, COORDINATOR, "2026-04-08"),
        (2, "hoofdinspecteur", "2026-04-13"),
        (3, "hoofdinspecteur", "2026-04-16"),
        (4, "college van B&W", "2026-04-17"),
    ]


def test_a_board_that_refuses_before_the_days_off_of_spring():
    # 2025: King's Day on Saturday 26 April, 5 May in a lustrum year, Ascension Day on 29 May
    assert [due for _, _, due in ladder(TEACHER_AND_PUPIL_OF_9, "2025-04-25")] == [
        "2025-04-30",
        "2025-05-06",
        "2025-05-09",
        "2025-05-12",
    ]


@pytest.mark.parametrize("facts", BOTH)
def test_the_second_and_third_step_are_still_to_be_checked(facts: Facts):
    found = assessed(facts, refused_on=date(2026, 11, 20)).ladder
    assert [step.verified for step in found] == [True, False, False, True]


@pytest.mark.parametrize("facts", BOTH)
def test_without_a_refusal_there_is_no_ladder(facts: Facts):
    assert assessed(facts).ladder == ()


@pytest.mark.parametrize("facts", BOTH)
@pytest.mark.parametrize(
    "change",
    [
        {"weighing": None},
        {"weighing": Weighing.DOUBT},
        {"weighing": Weighing.NOT_REASONABLE},
        {"known_by": frozenset({Knower.STAFF})},
        {"possible_offence": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_refusal_of_what_is_not_owed_starts_no_ladder(facts: Facts, change: dict):
    assert assessed(facts, **change, refused_on=date(2026, 11, 20)).ladder == ()


@pytest.mark.parametrize("facts", BOTH)
@pytest.mark.parametrize(
    ("removed", "waits"),
    [
        ("sector", True),
        ("category", False),
        ("possible_offence", True),
        ("accused_role", True),
        ("affected_role", True),
        ("affected_age", False),
        ("affected_incapacitated", False),
        ("dependency_relation", False),
        ("known_by", True),
    ],
)
def test_the_ladder_waits_for_a_fact_that_decides_the_filing(facts, removed, waits):
    found = assessed(facts, refused_on=date(2026, 11, 20), **{removed: UNKNOWN})
    assert (found.ladder == ()) == waits


@pytest.mark.parametrize(
    ("facts", "rule_set"),
    [
        (TEACHER_AND_PUPIL_OF_9, CHILDCARE),
        (CHILDCARE_WORKER_HITS_TODDLER, EDUCATION),
        (CHILDCARE_WORKER_HITS_TODDLER, BILL),
    ],
)
def test_a_set_that_does_not_touch_the_sector_starts_no_ladder(facts, rule_set):
    assert assessed(facts, refused_on=date(2026, 11, 20), rule_set=rule_set).ladder == ()


def test_an_employee_who_refuses_to_file_against_the_houder_comes_upon_the_same_ladder():
    found = assessed(HOUDER_ACCUSED, refused_on=date(2026, 11, 2)).ladder
    assert [step.due.isoformat() for step in found][-1] == "2026-11-16"


def test_the_bill_leaves_the_ladder_as_it_is():
    refused = replace(TEACHER_AND_PUPIL_OF_9, refused_on=date(2026, 11, 20))
    assert assessed(refused, rule_set=BILL).ladder == assessed(refused).ladder


@given(st.sampled_from(sorted(rule_sets())), st.dates(date(1999, 1, 1), date(9998, 12, 31)))
def test_each_step_is_on_a_working_day_after_the_one_before(name: str, refused_on: date):
    found = steps(refused_on, rule_sets()[name].ladder)
    days = [refused_on, *(step.due for step in found)]
    assert days == sorted(set(days))
    assert all(is_working_day(step.due) for step in found)


@given(
    st.sampled_from(sorted(rule_sets())),
    st.dates(date(1999, 1, 1), date(2200, 1, 1)),
    st.integers(0, 30),
)
def test_who_refuses_later_has_no_step_earlier(name: str, refused_on: date, later: int):
    rungs = rule_sets()[name].ladder
    first = steps(refused_on, rungs)
    second = steps(refused_on + timedelta(days=later), rungs)
    assert all(a.due <= b.due for a, b in zip(first, second, strict=True))
