"""What cannot be decided: a missing fact is named when it matters, and never guessed.

Each case of the law stands here with every single fact removed. What is expected was written down
by reading the law, not by running it: for each fact that matters, the duties that are certain
without it. A fact that is not listed changes nothing.
"""

from dataclasses import dataclass, field, fields, replace

import pytest

from tests.duties import fact_sheets as sheets
from tests.duties.fact_sheets import (
    AANGIFTE,
    ALL,
    BILL,
    MELD,
    NONE,
    OVERLEG,
    UNCERTAIN,
    assessed,
    default,
    owed,
)
from vertrouwd.duties.assessment import CANNOT_BE_DECIDED
from vertrouwd.duties.facts import UNKNOWN, Facts

WHO_WHAT_WHOM = ("sector", "possible_offence", "accused_role", "affected_role", "known_by")


def nothing_without(*keys: str) -> dict[str, tuple]:
    return dict.fromkeys(keys, NONE)


@dataclass(frozen=True)
class Case:
    """Facts that are all known, the duties, and what is left of these without one fact."""

    told: str
    facts: Facts
    owes: tuple = NONE
    without: dict[str, tuple] = field(default_factory=dict)
    not_weighed: tuple | None = None  # the duties when `weighing` is taken away

    def __str__(self) -> str:
        return self.told


def under_the_bill(facts: Facts) -> Facts:
    return replace(facts, rule_set=BILL)


CASES = [
    Case(
        "a teacher and a pupil of 9 in primary school: age does not count there",
        sheets.TEACHER_AND_PUPIL_OF_9,
        ALL,
        nothing_without(*WHO_WHAT_WHOM),
        not_weighed=(MELD, OVERLEG),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.TEACHER_AND_PUPIL_OF_9),
        ALL,
        nothing_without(*WHO_WHAT_WHOM),
        not_weighed=(MELD, OVERLEG),
    ),
    Case(
        "an internal adviser who pleads secrecy",
        sheets.INTERNAL_ADVISER_PLEADS_SECRECY,
        (MELD,),
        nothing_without(*WHO_WHAT_WHOM),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.INTERNAL_ADVISER_PLEADS_SECRECY),
        (MELD,),
        nothing_without(*WHO_WHAT_WHOM),
    ),
    Case(
        "an external adviser is no staff: only who else knows could matter, or that it is between "
        "staff",
        sheets.EXTERNAL_ADVISER,
        NONE,
        nothing_without("affected_role", "known_by"),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.EXTERNAL_ADVISER),
        NONE,
        nothing_without("affected_role", "known_by"),
    ),
    Case(
        "a pupil and a pupil of 15: nothing else makes it a duty than another accused",
        sheets.PUPIL_ON_PUPIL_OF_15,
        NONE,
        nothing_without("accused_role"),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.PUPIL_ON_PUPIL_OF_15),
        NONE,
        nothing_without("accused_role"),
    ),
    Case(
        "a lecturer and a student of 17: age counts; under 18 no other ground is needed",
        sheets.LECTURER_AND_STUDENT_OF_17,
        ALL,
        nothing_without(*WHO_WHAT_WHOM, "affected_age"),
        not_weighed=(MELD, OVERLEG),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.LECTURER_AND_STUDENT_OF_17),
        ALL,
        nothing_without(*WHO_WHAT_WHOM, "affected_age"),
        not_weighed=(MELD, OVERLEG),
    ),
    Case(
        "a lecturer and a student of 20 in dependency: no duty, unless younger, incapacitated, or "
        "in a sector without an age",
        sheets.LECTURER_AND_DEPENDENT_STUDENT_OF_20,
        NONE,
        nothing_without("sector", "affected_role", "affected_age", "affected_incapacitated"),
    ),
    Case(
        "the same under the bill: dependency counts at any age",
        under_the_bill(sheets.LECTURER_AND_DEPENDENT_STUDENT_OF_20),
        ALL,
        nothing_without(*WHO_WHAT_WHOM, "dependency_relation"),
        not_weighed=(MELD, OVERLEG),
    ),
    Case(
        "sexual remarks without a crime",
        sheets.REMARKS_WITHOUT_CRIME,
        NONE,
        nothing_without("possible_offence", "affected_role"),
    ),
    Case(
        "the same under the bill: told and consulted; filed only if it is a crime",
        under_the_bill(sheets.REMARKS_WITHOUT_CRIME),
        (MELD, OVERLEG),
        nothing_without(
            "sector", "category", "accused_role", "affected_role", "affected_age", "known_by"
        )
        | {"possible_offence": (MELD, OVERLEG)},
    ),
    Case(
        "somebody of the firm of an internship",
        sheets.STAFF_OF_AN_INTERNSHIP_FIRM,
        NONE,
        nothing_without("accused_role"),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.STAFF_OF_AN_INTERNSHIP_FIRM),
        NONE,
        nothing_without("accused_role"),
    ),
    Case(
        "a childcare worker hits a toddler",
        sheets.CHILDCARE_WORKER_HITS_TODDLER,
        ALL,
        nothing_without(*WHO_WHAT_WHOM),
        not_weighed=(MELD, OVERLEG),
    ),
    Case(
        "the same under the bill, which does not touch childcare and knows no mishandeling",
        under_the_bill(sheets.CHILDCARE_WORKER_HITS_TODDLER),
        NONE,
        nothing_without("affected_role"),
    ),
    Case(
        "a teacher hits a pupil: in childcare it would count",
        sheets.TEACHER_HITS_PUPIL,
        NONE,
        nothing_without("sector", "possible_offence", "affected_role"),
    ),
    Case(
        "the same under the bill: were it harassment, it would count",
        under_the_bill(sheets.TEACHER_HITS_PUPIL),
        NONE,
        nothing_without("category", "possible_offence", "affected_role"),
    ),
    Case(
        "the houder is the accused: the employee files",
        sheets.HOUDER_ACCUSED,
        (AANGIFTE,),
        nothing_without(*WHO_WHAT_WHOM),
        not_weighed=NONE,
    ),
    Case(
        "the same under the bill: nothing, in any sector",
        under_the_bill(sheets.HOUDER_ACCUSED),
        NONE,
        {},
    ),
    Case(
        "somebody of 18 or over who lives with the childminder",
        sheets.HOUSEMATE_OF_CHILDMINDER,
        ALL,
        nothing_without(*WHO_WHAT_WHOM),
        not_weighed=(MELD, OVERLEG),
    ),
    Case(
        "between staff: advice only",
        sheets.BETWEEN_STAFF,
        NONE,
        nothing_without("accused_role", "affected_role"),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.BETWEEN_STAFF),
        NONE,
        nothing_without("accused_role", "affected_role"),
    ),
    Case(
        "a stranger in the street",
        sheets.STRANGER_IN_THE_STREET,
        NONE,
        nothing_without("accused_role"),
    ),
    Case(
        "the same under the bill",
        under_the_bill(sheets.STRANGER_IN_THE_STREET),
        NONE,
        nothing_without("accused_role"),
    ),
    Case(
        "an adult student who is incapacitated: at any age",
        sheets.INCAPACITATED_STUDENT_OF_19,
        ALL,
        nothing_without(*WHO_WHAT_WHOM, "affected_incapacitated"),
        not_weighed=(MELD, OVERLEG),
    ),
]
NUMBERED = [pytest.param(case, id=f"{n} {case}") for n, case in enumerate(CASES, 1)]
EACH_WITHOUT = [
    pytest.param(case, key, id=f"{n} {case} - {key}")
    for n, case in enumerate(CASES, 1)
    for key in UNCERTAIN
]


@pytest.mark.parametrize("case", NUMBERED)
def test_with_all_facts_nothing_is_missing(case: Case):
    assert owed(case.facts) == case.owes
    assert assessed(case.facts).missing == ()
    assert not [n for n in assessed(case.facts).notes if n.startswith(CANNOT_BE_DECIDED)]


@pytest.mark.parametrize(("case", "key"), EACH_WITHOUT)
def test_without_one_fact_the_rest_is_answered_and_the_fact_is_named_if_it_matters(
    case: Case, key: str
):
    found = assessed(case.facts, **{key: UNKNOWN})
    matters = key in case.without
    assert tuple(each.duty for each in found.duties) == case.without.get(key, case.owes)
    assert found.missing == ((key,) if matters else ())
    assert (f"{CANNOT_BE_DECIDED}{key}" in found.notes) == matters


@pytest.mark.parametrize("case", NUMBERED)
def test_without_the_weighing_it_is_not_weighed_yet(case: Case):
    expected = case.owes if case.not_weighed is None else case.not_weighed
    assert owed(case.facts, weighing=None) == expected
    assert assessed(case.facts, weighing=None).missing == ()


@pytest.mark.parametrize("key", ["known_on", "refused_on", "rule_set"])
@pytest.mark.parametrize("case", [c for c in CASES if c.facts.rule_set is None], ids=str)
def test_without_a_day_or_a_rule_set_it_is_today_and_the_set_of_the_sector(case: Case, key: str):
    assert owed(case.facts, **{key: default(key)}) == case.owes


def test_every_fact_is_removed_somewhere():
    others = {"weighing", "known_on", "refused_on", "rule_set"}
    assert {f.name for f in fields(Facts)} == {*UNCERTAIN} | others


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


def test_a_ladder_waits_for_the_fact_that_decides_the_filing():
    refused = replace(sheets.TEACHER_AND_PUPIL_OF_9, refused_on=sheets.TODAY)
    assert assessed(refused).ladder
    assert assessed(refused, accused_role=UNKNOWN).ladder == ()


def test_advice_only_is_not_said_while_it_may_be_otherwise():
    found = assessed(sheets.BETWEEN_STAFF, affected_role=UNKNOWN)
    assert not found.advice_only
    assert found.missing == ("affected_role",)
