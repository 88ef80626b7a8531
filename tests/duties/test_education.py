"""Education since 1999: who must tell, consult and file, about whom."""

import pytest

from tests.duties.fact_sheets import (
    AANGIFTE,
    ALL,
    EDUCATION,
    INCAPACITATED_STUDENT_OF_19,
    LECTURER_AND_STUDENT_OF_17,
    MELD,
    NONE,
    OVERLEG,
    TEACHER_AND_PUPIL_OF_9,
    TEACHER_HITS_PUPIL,
    assessed,
    owed,
)
from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence, Weighing
from vertrouwd.schools.terms import Sector

WITH_AN_AGE = [Sector.SPECIAL, Sector.SECONDARY, Sector.VOCATIONAL, Sector.HIGHER]
CONSULT_FOLLOWS = "overlegplicht follows as soon as the board (houder) knows"


def test_staff_tells_the_board_the_board_consults_and_files_with_the_police():
    found = assessed(TEACHER_AND_PUPIL_OF_9)
    assert [(each.duty, each.on, each.to) for each in found.duties] == [
        (MELD, "personeel", "bevoegd gezag"),
        (OVERLEG, "bevoegd gezag", "vertrouwensinspecteur"),
        (AANGIFTE, "bevoegd gezag", "politie"),
    ]
    assert found.rule_set == EDUCATION
    assert (found.notes, found.advice_only) == ((), False)


@pytest.mark.parametrize(
    ("sector", "article", "verified"),
    [
        (Sector.PRIMARY, "WPO 4a", True),
        (Sector.SPECIAL, "WEC 4a", True),
        (Sector.SECONDARY, "WVO 2020 (number not known; before: WVO 3)", False),
        (Sector.VOCATIONAL, "WEB 1.3.8", True),
        (Sector.HIGHER, "WHW 1.20", True),
    ],
)
def test_each_sector_has_its_article(sector: Sector, article: str, verified: bool):
    found = assessed(TEACHER_AND_PUPIL_OF_9, sector=sector).duties
    assert [each.duty for each in found] == list(ALL)
    assert {(each.source, each.verified) for each in found} == {(article, verified)}


@pytest.mark.parametrize("sector", WITH_AN_AGE)
@pytest.mark.parametrize(("age", "duties"), [(0, ALL), (17, ALL), (18, NONE), (120, NONE)])
def test_outside_primary_education_a_learner_is_protected_until_18(sector, age, duties):
    assert owed(TEACHER_AND_PUPIL_OF_9, sector=sector, affected_age=age) == duties


@pytest.mark.parametrize("age", [0, 17, 18, 120, UNKNOWN])
def test_in_primary_education_every_learner_is_protected(age):
    found = assessed(TEACHER_AND_PUPIL_OF_9, affected_age=age, affected_incapacitated=UNKNOWN)
    assert tuple(each.duty for each in found.duties) == ALL
    assert found.missing == ()


@pytest.mark.parametrize("sector", WITH_AN_AGE)
def test_an_incapacitated_adult_counts_as_a_minor_by_a_reading_that_is_not_verified(sector):
    found = assessed(INCAPACITATED_STUDENT_OF_19, sector=sector).duties
    assert tuple(each.duty for each in found) == ALL
    assert not any(each.verified for each in found)
    assert "wilsonbekwaam" in found[0].because


def test_an_adult_in_dependency_is_not_protected_yet():
    assert owed(LECTURER_AND_STUDENT_OF_17, affected_age=20, dependency_relation=True) == NONE


@pytest.mark.parametrize(
    ("knowers", "duties"),
    [
        ({Knower.STAFF}, (MELD,)),
        ({Knower.INTERNAL_ADVISER}, (MELD,)),
        ({Knower.COMMITTEE_STAFF}, (MELD,)),
        ({Knower.EXTERNAL_ADVISER}, NONE),
        (set(), NONE),
        ({Knower.BOARD}, (OVERLEG, AANGIFTE)),
        ({Knower.EXTERNAL_ADVISER, Knower.BOARD}, (OVERLEG, AANGIFTE)),
        ({Knower.INTERNAL_ADVISER, Knower.BOARD}, ALL),
        ({Knower.STAFF, Knower.EXTERNAL_ADVISER}, (MELD,)),
        (set(Knower) - {Knower.PROVIDER}, ALL),
    ],
    ids=lambda value: "+".join(sorted(value)) or "none",
)
def test_what_is_owed_follows_from_who_knows(knowers, duties):
    assert owed(TEACHER_AND_PUPIL_OF_9, known_by=frozenset(knowers)) == duties


def test_while_only_staff_knows_the_consultation_and_the_filing_are_announced():
    known_by = frozenset({Knower.INTERNAL_ADVISER})
    first, second = assessed(TEACHER_AND_PUPIL_OF_9, known_by=known_by).notes
    assert first == CONSULT_FOLLOWS
    assert second.startswith("aangifteplicht follows as soon as the board (houder) knows")
    not_weighed = assessed(TEACHER_AND_PUPIL_OF_9, known_by=known_by, weighing=None)
    assert not_weighed.notes == (CONSULT_FOLLOWS,)


def test_secrecy_is_no_defence_and_the_reason_says_so():
    [duty] = assessed(TEACHER_AND_PUPIL_OF_9, known_by=frozenset({Knower.INTERNAL_ADVISER})).duties
    assert "secrecy is no defence" in duty.because


@pytest.mark.parametrize("weighing", [None, Weighing.NOT_REASONABLE, Weighing.DOUBT])
def test_nothing_is_filed_unless_the_suspicion_is_reasonable(weighing):
    assert owed(TEACHER_AND_PUPIL_OF_9, weighing=weighing) == (MELD, OVERLEG)


@pytest.mark.parametrize("accused", sorted(set(AccusedParty) - {AccusedParty.ENTRUSTED}))
def test_only_who_is_entrusted_with_duties_for_the_school_is_accused_in_the_sense_of_the_law(
    accused,
):
    assert owed(TEACHER_AND_PUPIL_OF_9, accused_role=accused) == NONE


@pytest.mark.parametrize("affected", [AffectedParty.ENTRUSTED, AffectedParty.OTHER])
def test_only_a_learner_is_affected_in_the_sense_of_the_law(affected):
    assert owed(TEACHER_AND_PUPIL_OF_9, affected_role=affected) == NONE


@pytest.mark.parametrize("offence", [Offence.ASSAULT, Offence.OTHER, None])
def test_only_a_sexual_offence_counts(offence):
    assert owed(TEACHER_HITS_PUPIL, possible_offence=offence) == NONE


@pytest.mark.parametrize("category", [*Category, UNKNOWN])
def test_the_offence_decides_and_not_the_category(category):
    assert owed(TEACHER_AND_PUPIL_OF_9, category=category) == ALL
    assert owed(TEACHER_AND_PUPIL_OF_9, category=category, possible_offence=None) == NONE


@pytest.mark.parametrize("sector", sorted(set(Sector) - {Sector.WITHHELD}))
def test_between_staff_there_is_advice_to_the_reporter_and_nothing_else(sector):
    found = assessed(TEACHER_AND_PUPIL_OF_9, sector=sector, affected_role=AffectedParty.ENTRUSTED)
    assert (found.advice_only, found.duties, found.ladder) == (True, (), ())


@pytest.mark.parametrize("accused", AccusedParty)
@pytest.mark.parametrize("affected", AffectedParty)
def test_advice_only_is_said_of_staff_on_staff_alone(accused, affected):
    found = assessed(TEACHER_AND_PUPIL_OF_9, accused_role=accused, affected_role=affected)
    both = accused is AccusedParty.ENTRUSTED and affected is AffectedParty.ENTRUSTED
    assert found.advice_only == both
