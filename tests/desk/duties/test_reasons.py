"""Every reason and note that the rules can give has its words, in Dutch and in English."""

import re
from dataclasses import fields, replace
from datetime import date
from itertools import product

import pytest
from django.utils import translation

from vertrouwd.desk.duties.reasons import notes_in_words, reason_in_words
from vertrouwd.duties.assessment import CANNOT_BE_DECIDED, assess
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.missing import completions
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Weighing
from vertrouwd.schools.terms import Sector

DAYS = (date(1990, 1, 1), date(2005, 1, 1), date(2026, 11, 28))
ENGLISH_OF_THE_RULES = re.compile(
    r"\b(towards|knows|possible|suspicion|weighed yet|follows as|does not touch|holds for)\b"
)


def every_answer():
    """All reasons and notes of every completion, in every sector, under every set, on each day."""
    reasons, notes = set(), set()
    sectors = [each for each in Sector if each is not Sector.WITHHELD]
    for sector, name, day, weighing in product(
        sectors, [None, *rule_sets()], DAYS, [None, *Weighing]
    ):
        facts = Facts(sector=sector, rule_set=name, weighing=weighing)
        for decision in completions(facts, on=day).decisions:
            reasons |= {owed.because for owed in decision.owed}
            notes |= {*decision.follows, *filter(None, [decision.remark])}
    return sorted(reasons), sorted(notes)


REASONS, NOTES = every_answer()


def test_the_search_for_reasons_finds_those_of_the_three_sets():
    assert len(REASONS) > 20
    assert len(NOTES) > 5
    for word in ("houder", "wilsonbekwaam", "dependency", "huisgenoot", "seksuele intimidatie"):
        assert [reason for reason in REASONS if word in reason], word


@pytest.mark.parametrize("because", REASONS)
def test_each_reason_has_words_in_both_languages(because):
    with translation.override("nl"):
        dutch = reason_in_words(because)
    with translation.override("en"):
        english = reason_in_words(because)
    assert not ENGLISH_OF_THE_RULES.search(dutch), dutch
    assert dutch.endswith((".", ")"))
    assert "%(" not in dutch + english
    assert english != dutch
    assert not re.search(r"\b(door|tegenover|leerling|opvang|direct|aangifte)\b", english), english


@pytest.mark.parametrize("note", NOTES)
def test_each_note_has_words_in_both_languages(note):
    with translation.override("nl"):
        [dutch] = notes_in_words([note])
    with translation.override("en"):
        [english] = notes_in_words([note])
    assert not ENGLISH_OF_THE_RULES.search(dutch), dutch
    assert len({dutch, english, note}) == 3
    assert "%(" not in dutch + english


def test_two_ways_that_are_open_are_both_said():
    """A student in ho who may be a minor or dependent: owed either way."""
    facts = Facts(**{f.name: getattr(DEPENDENT, f.name) for f in fields(Facts)})
    [consult] = assess(facts, DAYS[-1]).duties
    with translation.override("nl"):
        assert reason_in_words(consult.because).count("Of: ") == 1


def test_what_is_missing_is_not_among_the_notes():
    assert notes_in_words([CANNOT_BE_DECIDED + "sector"]) == []


def _dependent():
    from tests.duties.fact_sheets import LECTURER_AND_DEPENDENT_STUDENT_OF_20
    from vertrouwd.duties.terms import Knower

    return replace(
        LECTURER_AND_DEPENDENT_STUDENT_OF_20,
        rule_set="NL-bill-36777",
        affected_age=UNKNOWN,
        affected_incapacitated=False,
        weighing=None,
        known_by=frozenset({Knower.BOARD}),
    )


DEPENDENT = _dependent()
