"""Two rule sets side by side: which duties appear, go and change."""

from tests.duties.fact_sheets import (
    AANGIFTE,
    ALL,
    BILL,
    CHILDCARE,
    CHILDCARE_WORKER_HITS_TODDLER,
    EDUCATION,
    LECTURER_AND_DEPENDENT_STUDENT_OF_20,
    MELD,
    OVERLEG,
    REMARKS_WITHOUT_CRIME,
    TEACHER_AND_PUPIL_OF_9,
    TODAY,
)
from vertrouwd.duties.comparing import compare
from vertrouwd.duties.facts import UNKNOWN


def test_the_bill_adds_two_duties_for_remarks_without_a_crime():
    found = compare(REMARKS_WITHOUT_CRIME, (EDUCATION, BILL), today=TODAY)
    assert (found.appear, found.go, found.change) == ((MELD, OVERLEG), (), ())
    assert (found.before.rule_set, found.after.rule_set) == (EDUCATION, BILL)


def test_read_the_other_way_the_same_duties_go():
    found = compare(REMARKS_WITHOUT_CRIME, (BILL, EDUCATION), today=TODAY)
    assert (found.appear, found.go) == ((), (MELD, OVERLEG))


def test_the_bill_adds_all_duties_for_an_adult_in_dependency():
    found = compare(LECTURER_AND_DEPENDENT_STUDENT_OF_20, (EDUCATION, BILL), today=TODAY)
    assert found.appear == ALL


def test_a_duty_that_stands_in_another_text_changes():
    found = compare(TEACHER_AND_PUPIL_OF_9, (EDUCATION, BILL), today=TODAY)
    assert (found.appear, found.go, found.change) == ((), (), ALL)


def test_a_set_beside_itself_changes_nothing():
    found = compare(TEACHER_AND_PUPIL_OF_9, (EDUCATION, EDUCATION), today=TODAY)
    assert found.before == found.after
    assert (found.appear, found.go, found.change, found.undecided) == ((), (), (), ())


def test_a_set_that_does_not_touch_the_sector_takes_the_duties_away():
    found = compare(CHILDCARE_WORKER_HITS_TODDLER, (CHILDCARE, BILL), today=TODAY)
    assert found.go == ALL


def test_what_one_of_the_two_cannot_decide_neither_appears_nor_goes():
    facts = type(REMARKS_WITHOUT_CRIME)(
        **{**vars(REMARKS_WITHOUT_CRIME), "possible_offence": UNKNOWN}
    )
    found = compare(facts, (EDUCATION, BILL), today=TODAY)
    assert found.undecided == ALL
    assert (found.appear, found.go) == ((), ())
    assert AANGIFTE in found.after.undecided
    assert MELD not in found.after.undecided
