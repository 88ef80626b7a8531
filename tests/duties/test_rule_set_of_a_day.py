"""Which rule set holds: by sector and day, or the one that was asked for."""

from datetime import date

import pytest

from tests.duties.fact_sheets import (
    ALL,
    BILL,
    CHILDCARE,
    CHILDCARE_WORKER_HITS_TODDLER,
    EDUCATION,
    LECTURER_AND_STUDENT_OF_17,
    NONE,
    TEACHER_AND_PUPIL_OF_9,
    assessed,
    owed,
)
from vertrouwd.duties.assessment import assess
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Duty
from vertrouwd.schools.terms import Sector


def test_education_has_duties_from_28_july_1999():
    assert owed(TEACHER_AND_PUPIL_OF_9, known_on=date(1999, 7, 28)) == ALL
    before = assessed(TEACHER_AND_PUPIL_OF_9, known_on=date(1999, 7, 27))
    assert (before.duties, before.rule_set) == ((), None)
    assert before.notes == ("no rule set holds on this date yet: no duties",)


def test_higher_education_came_later():
    assert owed(LECTURER_AND_STUDENT_OF_17, known_on=date(2011, 2, 17)) == ALL
    before = assessed(LECTURER_AND_STUDENT_OF_17, known_on=date(2011, 2, 16))
    assert (before.duties, before.rule_set) == ((), EDUCATION)
    assert before.notes == ("NL-1999-education holds for ho from 2011-02-17: no duties before",)


def test_childcare_has_duties_from_1_july_2013():
    assert owed(CHILDCARE_WORKER_HITS_TODDLER, known_on=date(2013, 7, 1)) == ALL
    before = assessed(CHILDCARE_WORKER_HITS_TODDLER, known_on=date(2013, 6, 30))
    assert (before.duties, before.rule_set, len(before.notes)) == ((), None, 1)


def test_a_set_that_is_asked_for_holds_nothing_before_its_first_day():
    before = assessed(TEACHER_AND_PUPIL_OF_9, rule_set=EDUCATION, known_on=date(1990, 1, 1))
    assert (before.duties, before.rule_set, len(before.notes)) == ((), EDUCATION, 1)


@pytest.mark.parametrize(
    ("rule_set", "sector"),
    [(EDUCATION, Sector.CHILDCARE), (CHILDCARE, Sector.PRIMARY), (BILL, Sector.CHILDCARE)],
)
def test_a_set_that_is_asked_for_in_another_sector_asks_nothing_and_says_so(rule_set, sector):
    found = assessed(TEACHER_AND_PUPIL_OF_9, rule_set=rule_set, sector=sector)
    assert found.duties == NONE
    assert found.notes == (f"{rule_set} does not touch {sector}: no duties",)


def test_before_the_first_set_nobody_asks_for_the_sector():
    found = assessed(TEACHER_AND_PUPIL_OF_9, sector=UNKNOWN, known_on=date(1990, 1, 1))
    assert found.missing == ()
    assert found.notes == ("no rule set holds on this date yet: no duties",)


def test_without_a_day_it_is_today():
    facts = TEACHER_AND_PUPIL_OF_9
    undated = assess(type(facts)(**{**vars(facts), "known_on": None}), today=date(1999, 7, 27))
    assert undated.duties == ()


def test_the_act_of_secondary_education_changed_in_2022():
    secondary = {"sector": Sector.SECONDARY}
    [old, *_] = assessed(TEACHER_AND_PUPIL_OF_9, **secondary, known_on=date(2022, 7, 31)).duties
    [new, *_] = assessed(TEACHER_AND_PUPIL_OF_9, **secondary, known_on=date(2022, 8, 1)).duties
    assert (old.source, old.verified) == ("WVO 3", True)
    assert "WVO 2020" in new.source
    assert not new.verified


@pytest.mark.parametrize("name", rule_sets())
def test_every_act_that_was_read_says_in_the_text_of_when(name):
    rule_set = rule_sets()[name]
    assert rule_set.name == name
    for act in rule_set.acts:
        assert bool(act.text_date) == act.verified, act.article
        assert all(act.article_of(duty) for duty in Duty)


@pytest.mark.parametrize("name", rule_sets())
def test_no_two_acts_of_a_sector_hold_on_one_day(name):
    acts = rule_sets()[name].acts
    for act in acts:
        same = [a for a in acts if a.sector is act.sector and a is not act]
        assert not any(a.holds_on(act.valid_from) or a.holds_on(act.valid_to) for a in same)


def test_no_two_sets_in_force_begin_on_one_day_in_one_sector():
    begins = [
        (s, each.valid_from) for each in rule_sets().values() if each.in_force for s in each.sectors
    ]
    assert len(begins) == len(set(begins))
    assert {sector for sector, _ in begins} == set(Sector) - {Sector.WITHHELD}
