"""Laws that hold for any facts: nothing is guessed, nothing contradicted, nothing left out."""

import json
from collections import defaultdict
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.duties import oracle
from tests.duties.fact_sheets import TODAY
from tests.duties.strategies import EVERY_VALUE, facts, partly_unknown
from vertrouwd.duties.assessment import CANNOT_BE_DECIDED, assess
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.missing import completions
from vertrouwd.duties.terms import Duty


def said(found) -> set[tuple[Duty, str, str, str]]:
    return {(each.duty, each.on, each.to, each.source) for each in found.duties}


def every_completion(facts: Facts):
    """Each way in which what is unknown may turn out, with the values that were filled in."""
    keys = facts.unknown
    for values in product(*(EVERY_VALUE[key] for key in keys)):
        yield values, assess(replace(facts, **dict(zip(keys, values, strict=True))), TODAY)


@settings(max_examples=500)
@given(facts())
def test_with_all_facts_known_the_rules_say_what_the_contract_says_plainly(known: Facts):
    found = assess(known, TODAY)
    day = known.known_on or TODAY
    assert {(d.duty, d.on, d.to) for d in found.duties} == oracle.owed(known, day)
    assert found.rule_set == oracle.set_of(known, day)
    assert (found.missing, found.undecided) == ((), ())


@settings(max_examples=150, deadline=None)
@given(partly_unknown(most=3))
def test_the_missing_facts_that_are_named_are_exactly_those_that_completions_tell_apart(partly):
    answers = {
        values: (said(found), found.advice_only, _announced(found))
        for values, found in every_completion(partly)
    }
    telling = []
    for at, key in enumerate(partly.unknown):
        groups = defaultdict(list)
        for values, answer in answers.items():
            groups[values[:at] + values[at + 1 :]].append(answer)
        if any(answer != group[0] for group in groups.values() for answer in group):
            telling.append(key)
    assert list(assess(partly, TODAY).missing) == telling


def _announced(found) -> list[str]:
    return [note for note in found.notes if "follows" in note]


@settings(max_examples=150, deadline=None)
@given(partly_unknown(most=3))
def test_what_is_answered_is_what_every_completion_answers(partly: Facts):
    all_said = [said(found) for _, found in every_completion(partly)]
    found = assess(partly, TODAY)
    assert said(found) == set.intersection(*all_said)
    possible = {duty for one in all_said for duty, *_ in one}
    assert {*found.undecided} == possible - {d.duty for d in found.duties}


@settings(max_examples=200, deadline=None)
@given(partly_unknown(most=6), st.data())
def test_one_more_known_fact_never_contradicts_what_was_answered(partly: Facts, data):
    if not partly.unknown:
        return
    key = data.draw(st.sampled_from(partly.unknown))
    known = replace(partly, **{key: data.draw(st.sampled_from(EVERY_VALUE[key]))})
    before, after = assess(partly, TODAY), assess(known, TODAY)
    assert said(before) <= said(after)
    assert {*after.undecided} <= {*before.undecided}
    assert {d.duty for d in after.duties} <= {d.duty for d in before.duties} | {*before.undecided}
    assert before.advice_only <= after.advice_only
    assert not before.ladder or before.ladder == after.ladder
    assert {*after.missing} <= {*before.missing} - {key}


@settings(max_examples=60, deadline=None)
@given(partly_unknown())
def test_the_answer_is_always_there_and_always_the_same(partly: Facts):
    found = assess(partly, TODAY)
    completions.cache_clear()
    assert assess(partly, TODAY) == found
    assert json.loads(json.dumps(found.as_object())) == found.as_object()
    named = [note for note in found.notes if note.startswith(CANNOT_BE_DECIDED)]
    assert bool(named) == bool(found.missing)
    assert not found.undecided or found.missing


@settings(max_examples=100, deadline=None)
@given(partly_unknown(most=6))
def test_advice_only_leaves_room_for_nothing_else(partly: Facts):
    found = assess(partly, TODAY)
    assert not (found.advice_only and (found.duties or found.ladder or found.undecided))
