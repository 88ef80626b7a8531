"""What cannot be decided: a missing fact is named when it matters, and never guessed.

Each case that is named in the law stands, with every single fact removed, in `named_cases.py`.
"""

from tests.duties import fact_sheets as sheets
from tests.duties.fact_sheets import ALL, BILL, UNCERTAIN, assessed
from vertrouwd.duties.assessment import CANNOT_BE_DECIDED
from vertrouwd.duties.facts import UNKNOWN, Facts


def test_a_withheld_institution_leaves_the_sector_open():
    found = assessed(sheets.INSTITUTION_WITHHELD)
    assert found.duties == ()
    assert found.notes == (f"{CANNOT_BE_DECIDED}sector",)
    assert found.undecided == ALL
    assert found.rule_set is None


def test_a_withheld_institution_holds_up_nothing_when_no_sector_has_a_duty():
    found = assessed(sheets.STRANGER_IN_THE_STREET, sector=UNKNOWN)
    assert (found.duties, found.notes, found.missing) == ((), (), ())


def test_an_age_and_a_capacity_that_are_both_missing_are_both_named():
    found = assessed(
        sheets.LECTURER_AND_STUDENT_OF_17, affected_age=UNKNOWN, affected_incapacitated=UNKNOWN
    )
    assert found.notes == (f"{CANNOT_BE_DECIDED}affected_age, affected_incapacitated",)


def test_who_is_incapacitated_is_protected_at_any_age_by_a_reading_that_stands_in_no_act():
    found = assessed(sheets.INCAPACITATED_STUDENT_OF_19, affected_age=UNKNOWN)
    assert tuple(each.duty for each in found.duties) == ALL
    assert found.missing == ()
    assert not any(each.verified for each in found.duties)
    assert "; or: " in found.duties[0].because


def test_missing_facts_are_named_in_the_order_of_the_contract():
    assert assessed(Facts()).missing == tuple(
        key for key in UNCERTAIN if key not in ("category", "dependency_relation")
    )
    assert assessed(Facts(rule_set=BILL)).missing == tuple(UNCERTAIN)


def test_advice_only_is_not_said_while_it_may_be_otherwise():
    found = assessed(sheets.BETWEEN_STAFF, affected_role=UNKNOWN)
    assert not found.advice_only
    assert found.missing == ("affected_role",)
