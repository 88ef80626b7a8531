"""Why: the sentences of the command, to the letter, and that there are no others."""

from datetime import date, timedelta
from itertools import product

import pytest

from tests.duties import fact_sheets as sheets
from tests.duties.fact_sheets import BILL, assessed
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.missing import completions
from vertrouwd.duties.reasons import notes, reasons
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Weighing
from vertrouwd.schools.terms import Sector

TOLD = "staff knows: the bevoegd gezag is told at once, secrecy is no defence"
CONSULTED = "the bevoegd gezag knows: it consults at once, always"
FILED = "the suspicion is reasonable: the bevoegd gezag files at once"


@pytest.mark.parametrize(
    ("facts", "changed", "case"),
    [
        (
            sheets.TEACHER_AND_PUPIL_OF_9,
            {},
            "possible seksueel misdrijf by met taken belast persoon towards "
            "a leerling of the school",
        ),
        (
            sheets.LECTURER_AND_STUDENT_OF_17,
            {},
            "possible seksueel misdrijf by met taken belast persoon towards a leerling under 18",
        ),
        (
            sheets.INCAPACITATED_STUDENT_OF_19,
            {},
            "possible seksueel misdrijf by met taken belast persoon towards "
            "an adult leerling who is wilsonbekwaam (the Inspectorate's reading)",
        ),
        (
            sheets.LECTURER_AND_DEPENDENT_STUDENT_OF_20,
            {"rule_set": BILL},
            "possible seksueel misdrijf by met taken belast persoon towards "
            "an adult leerling in a dependency relation",
        ),
        (
            sheets.REMARKS_WITHOUT_CRIME,
            {"rule_set": BILL},
            "seksuele intimidatie by met taken belast persoon towards a leerling under 18",
        ),
    ],
)
def test_the_reason_says_what_by_whom_towards_whom_and_what_follows(facts, changed, case):
    expected = [f"{case}; {why}" for why in (TOLD, CONSULTED, FILED)]
    found = [each.because for each in assessed(facts, **changed).duties]
    assert found == expected[: len(found)]
    assert len(found) >= 2


def test_the_reasons_of_childcare():
    assert [each.because for each in assessed(sheets.CHILDCARE_WORKER_HITS_TODDLER).duties] == [
        "possible mishandeling by met taken belast persoon towards a child in childcare; "
        "staff knows: the houder is told at once, secrecy is no defence",
        "possible mishandeling by met taken belast persoon towards a child in childcare; "
        "the houder knows: it consults at once, always",
        "possible mishandeling by met taken belast persoon towards a child in childcare; "
        "the suspicion is reasonable: the houder files at once",
    ]
    assert assessed(sheets.HOUSEMATE_OF_CHILDMINDER).duties[0].because == (
        "possible seksueel misdrijf by huisgenoot gastouder towards a child in childcare; "
        "staff knows: the houder is told at once, secrecy is no defence"
    )
    [filing] = assessed(sheets.HOUDER_ACCUSED).duties
    assert filing.because == (
        "possible seksueel misdrijf by the houder towards a child in childcare; the suspicion is "
        "reasonable: who works there, the childminder too, files; consulting was allowed («kan»)"
    )


def every_sentence() -> tuple[set[str], set[str]]:
    """What is said of every completion, in every sector, under every set, before and after."""
    why, said = set(), set()
    begins = {a.valid_from for each in rule_sets().values() for a in (each, *each.acts)}
    days = [sheets.TODAY, *(day - timedelta(days=1) for day in begins if day > date.min)]
    sectors = [each for each in Sector if each is not Sector.WITHHELD]
    names = [None, *rule_sets()]
    for sector, name, day, weighing in product(sectors, names, days, [None, *Weighing]):
        facts = Facts(sector=sector, rule_set=name, weighing=weighing)
        for decision in completions(facts, on=day).decisions:
            why |= {owed.because for owed in decision.owed}
            said |= {*decision.follows, *filter(None, [decision.remark])}
    return why, said


def test_the_rules_say_nothing_that_is_not_in_the_list():
    why, said = every_sentence()
    assert why <= set(reasons())
    assert said <= set(notes())
    assert len(why) > 30
    assert len(said) > 10
