"""Bill 36 777: only when asked for; harassment, and adults in a dependency relation."""

import pytest

from tests.duties.fact_sheets import (
    ALL,
    BILL,
    CHILDCARE_WORKER_HITS_TODDLER,
    EDUCATION,
    LECTURER_AND_DEPENDENT_STUDENT_OF_20,
    MELD,
    NONE,
    OVERLEG,
    REMARKS_WITHOUT_CRIME,
    TEACHER_AND_PUPIL_OF_9,
    assessed,
    owed,
)
from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.terms import Knower, Offence
from vertrouwd.schools.terms import Sector

IN_EDUCATION = sorted(set(Sector) - {Sector.CHILDCARE, Sector.WITHHELD})


@pytest.mark.parametrize("sector", IN_EDUCATION)
def test_it_is_never_chosen_unless_asked_for(sector):
    assert assessed(TEACHER_AND_PUPIL_OF_9, sector=sector).rule_set == EDUCATION
    asked = assessed(TEACHER_AND_PUPIL_OF_9, sector=sector, rule_set=BILL)
    assert asked.rule_set == BILL


@pytest.mark.parametrize("sector", IN_EDUCATION)
def test_nothing_of_it_is_verified(sector):
    found = assessed(TEACHER_AND_PUPIL_OF_9, sector=sector, rule_set=BILL).duties
    assert tuple(each.duty for each in found) == ALL
    assert not any(each.verified for each in found)
    assert all("36 777" in each.source for each in found)


def test_harassment_is_told_and_consulted_without_a_crime():
    assert owed(REMARKS_WITHOUT_CRIME) == NONE
    assert owed(REMARKS_WITHOUT_CRIME, rule_set=BILL) == (MELD, OVERLEG)


@pytest.mark.parametrize("offence", Offence)
def test_harassment_is_filed_if_it_is_a_crime_too(offence):
    assert owed(REMARKS_WITHOUT_CRIME, rule_set=BILL, possible_offence=offence) == ALL


def test_while_only_staff_knows_of_harassment_no_filing_is_announced():
    found = assessed(REMARKS_WITHOUT_CRIME, rule_set=BILL, known_by=frozenset({Knower.STAFF}))
    assert found.notes == ("overlegplicht follows as soon as the board (houder) knows",)


@pytest.mark.parametrize("category", sorted(set(Category) - {Category.SEXUAL_HARASSMENT}))
def test_no_other_category_counts_without_a_sexual_offence(category):
    assert owed(REMARKS_WITHOUT_CRIME, rule_set=BILL, category=category) == NONE


@pytest.mark.parametrize("sector", sorted({*IN_EDUCATION} - {Sector.PRIMARY}))
def test_an_adult_in_dependency_is_protected_at_any_age(sector):
    facts = LECTURER_AND_DEPENDENT_STUDENT_OF_20
    assert owed(facts, sector=sector) == NONE
    assert owed(facts, sector=sector, rule_set=BILL) == ALL
    assert owed(facts, sector=sector, rule_set=BILL, dependency_relation=False) == NONE


def test_it_does_not_touch_childcare_and_says_so():
    found = assessed(CHILDCARE_WORKER_HITS_TODDLER, rule_set=BILL)
    assert (found.duties, found.rule_set) == ((), BILL)
    assert found.notes == ("NL-bill-36777 does not touch kinderopvang: no duties",)
