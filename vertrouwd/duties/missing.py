"""Which missing facts hold up which part of an answer. No Django.

Every possible completion of what is missing is decided. A part that is the same in all of them is
the answer; a fact is named when two completions that differ in nothing else are answered
differently. So nothing is guessed, and nothing is asked that does not matter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.rule_sets import RuleSet, rule_sets
from vertrouwd.duties.rules import Decision, decide
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence
from vertrouwd.schools.terms import Sector


@dataclass(frozen=True)
class Completions:
    """The decisions of every completion, and the missing facts that tell them apart."""

    decisions: tuple[Decision, ...]
    missing: tuple[str, ...]  # keys, in the order of the contract


@lru_cache(
    maxsize=1024
)  # while a caller tells, the same few questions come again; coded facts only
def completions(facts: Facts, *, on: date) -> Completions:
    """Decide every way in which the unknown facts may turn out."""
    possible = {key: VALUES[key](_that_may_apply(facts)) for key in facts.unknown}
    decided = {
        values: decide(replace(facts, **dict(zip(possible, values, strict=True))), on=on)
        for values in product(*possible.values())
    }
    answers = {values: answer(decision) for values, decision in decided.items()}
    missing = tuple(key for at, key in enumerate(possible) if _matters(at, answers))
    return Completions(tuple(dict.fromkeys(decided.values())), missing)


def answer(decision: Decision) -> object:
    """What a decision says; the words of a reason and who verified it are no part of it."""
    duties = frozenset((o.duty, o.on, o.to, o.source) for o in decision.owed)
    return duties, decision.follows, decision.advice_only


def _matters(at: int, answers: dict[tuple[Any, ...], object]) -> bool:
    first: dict[tuple[Any, ...], object] = {}
    for values, said in answers.items():
        if first.setdefault(values[:at] + values[at + 1 :], said) != said:
            return True
    return False


def _that_may_apply(facts: Facts) -> tuple[RuleSet, ...]:
    if facts.rule_set is not None:
        return (rule_sets()[facts.rule_set],)
    return tuple(each for each in rule_sets().values() if each.in_force)


# For each fact one value of every kind that a rule set can tell apart.


def _categories(sets: tuple[RuleSet, ...]) -> Iterator[Category]:
    named = {category for each in sets for category in each.categories}
    yield from sorted(named)
    yield next(category for category in Category if category not in named)


def _offences(sets: tuple[RuleSet, ...]) -> Iterator[Offence | None]:
    named = {offence for each in sets for offence in each.offences}
    yield from sorted(named)
    if any(each.categories for each in sets):  # then any other offence counts as one
        yield from [offence for offence in Offence if offence not in named][:1]
    yield None


def _accused(sets: tuple[RuleSet, ...]) -> Iterator[AccusedParty]:
    named = {AccusedParty.ENTRUSTED}.union(*(each.accused for each in sets))
    if any(each.provider_accused for each in sets):
        named.add(AccusedParty.PROVIDER)
    yield from sorted(named)
    yield next(party for party in AccusedParty if party not in named)


def _ages(sets: tuple[RuleSet, ...]) -> Iterator[int]:
    limits = {act.minor_under for each in sets for act in each.acts if act.minor_under}
    yield 0
    yield from sorted(limits)


def _dependency(sets: tuple[RuleSet, ...]) -> tuple[bool, ...]:
    return (True, False) if any(each.adult_in_dependency for each in sets) else (False,)


BOARDS = frozenset({Knower.BOARD, Knower.PROVIDER})  # the one of the sector counts
STAFF = frozenset({Knower.STAFF})

VALUES: dict[str, Callable[[tuple[RuleSet, ...]], Any]] = {
    "sector": lambda sets: [each for each in Sector if each is not Sector.WITHHELD],
    "category": _categories,
    "possible_offence": _offences,
    "accused_role": _accused,
    "affected_role": lambda sets: list(AffectedParty),
    "affected_age": _ages,
    "affected_incapacitated": lambda sets: [True, False],
    "dependency_relation": _dependency,
    "known_by": lambda sets: [frozenset(), STAFF, BOARDS, STAFF | BOARDS],
}
