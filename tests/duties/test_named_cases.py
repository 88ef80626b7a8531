"""The cases that everybody knows, under every rule set, and with every single fact removed."""

import json
from dataclasses import fields
from datetime import date

import pytest

from tests.duties.named_cases import (
    BILL,
    CASES,
    CHILDCARE,
    EDUCATION,
    TEACHER_AND_PUPIL_OF_9,
    Answer,
    Case,
)
from vertrouwd.duties.assessment import assess
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.facts_file import facts_from

TODAY = date(2026, 11, 28)
KEYS = list(TEACHER_AND_PUPIL_OF_9)
ASKED = [
    pytest.param(case, asked, id=f"{case.told} - {asked}")
    for case in CASES
    for asked in ("own", "other", "bill")
]


def answered(facts: dict, rule_set: str | None) -> tuple[str | None, Answer]:
    """What the command says: which set, and the rest."""
    given = json.dumps({**facts, "rule_set": rule_set}).encode()
    found = assess(facts_from(given), TODAY).as_object()
    duties = (
        f"{each['duty']}: {each['on']} -> {each['to']}; {each['source']} "
        + ("✓" if each["verified"] else "?")
        for each in found["duties"]
    )
    return found["rule_set"], Answer(tuple(duties), tuple(found["notes"]), found["advice_only"])


def asking(case: Case, asked: str) -> tuple[str | None, str, Answer]:
    """The set to ask for, the one that then holds, and what it is to answer."""
    in_childcare = case.facts["sector"] == "kinderopvang"
    own, other = (CHILDCARE, EDUCATION) if in_childcare else (EDUCATION, CHILDCARE)
    return {
        "own": (None, own, case.own),
        "other": (other, other, case.other),
        "bill": (BILL, BILL, case.bill),
    }[asked]


@pytest.mark.parametrize(("case", "asked"), ASKED)
def test_a_case_has_its_answer_under_each_rule_set(case: Case, asked: str):
    rule_set, holds, expected = asking(case, asked)
    assert answered(case.facts, rule_set) == (holds, expected)


@pytest.mark.parametrize("removed", KEYS)
@pytest.mark.parametrize(("case", "asked"), ASKED)
def test_without_one_fact_it_is_named_where_it_matters_and_never_guessed(case, asked, removed):
    rule_set, holds, expected = asking(case, asked)
    left = {key: value for key, value in case.facts.items() if key != removed}
    name = None if asked == "own" and removed == "sector" else holds
    assert answered(left, rule_set) == (name, expected.without.get(removed, expected))


def test_every_fact_is_removed():
    assert {*KEYS, "refused_on", "rule_set"} == {each.name for each in fields(Facts)}


@pytest.mark.parametrize("rule_set", [None, CHILDCARE, BILL])
@pytest.mark.parametrize(
    ("removed", "missing"),
    [
        ("category", "sector"),
        ("possible_offence", "sector, possible_offence"),
        ("accused_role", "sector, accused_role"),
        ("affected_role", "sector, affected_role"),
        ("affected_age", "sector, affected_age"),
        ("affected_incapacitated", "sector"),
        ("dependency_relation", "sector"),
        ("known_by", "sector, known_by"),
        ("weighing", "sector"),
        ("known_on", "sector"),
    ],
)
def test_an_institution_that_is_withheld_is_asked_for_beside_the_other_fact(
    rule_set, removed, missing
):
    if rule_set == CHILDCARE:  # there no age counts
        missing = missing.removesuffix(", affected_age")
    withheld = {**TEACHER_AND_PUPIL_OF_9, "sector": "niet bekendgemaakt"}
    del withheld[removed]
    expected = Answer(notes=(f"cannot be decided without: {missing}",))
    assert answered(withheld, rule_set) == (rule_set, expected)
