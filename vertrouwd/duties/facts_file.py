"""Facts from the JSON of the contract; what is wrong is said without repeating it. No Django.

The contract: docs/contracts/assess-duties.md.
"""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence, Weighing
from vertrouwd.schools.terms import Sector

LARGEST = 1_000_000  # bytes
OLDEST = 120  # years
LAST_YEAR = 9998  # the ladder must find working days after it

Term = TypeVar("Term", bound=StrEnum)


class NotFacts(ValueError):
    """The input is no set of facts; says what is wrong and what is possible."""


def facts_from(data: bytes) -> Facts:
    """Read the JSON object of the contract; raises NotFacts."""
    given = _one_object(data)
    keys = [each.name for each in fields(Facts)]
    if not given.keys() <= set(keys):
        raise NotFacts(f"There is an unknown key. Possible: {', '.join(keys)}.")
    facts = Facts(**{key: READ[key](key, value) for key, value in given.items()})
    _check_dates(facts)
    _check_parties(facts)
    return facts


def as_object(facts: Facts) -> dict[str, Any]:
    """The facts as the object of the contract: what is unknown is left out."""
    known = {f.name: getattr(facts, f.name) for f in fields(facts)}
    return {key: _plain(value) for key, value in known.items() if value is not UNKNOWN}


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _one_object(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise NotFacts("The facts are over 1 MB. They are one small JSON object.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotFacts("The facts are not UTF-8.") from None
    try:
        given = json.loads(text, object_pairs_hook=_without_repeats)
    except RecursionError:
        raise NotFacts("The facts are nested too deeply. They are one flat JSON object.") from None
    except json.JSONDecodeError as mistake:
        raise NotFacts(
            f"The facts are not JSON (line {mistake.lineno}, column {mistake.colno})."
        ) from None
    except NotFacts:
        raise
    except ValueError:  # a number of thousands of digits
        raise NotFacts("The facts hold a number that cannot be read.") from None
    if not isinstance(given, dict):
        raise NotFacts('The facts are not one JSON object, like {"sector": "po"}.')
    if not given:
        raise NotFacts('The facts are empty. Give at least one, like {"sector": "po"}.')
    return given


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise NotFacts("A key stands there twice: which of the two holds is not known.")
    return dict(pairs)


def _term(terms: type[Term], value: object, key: str) -> Term:
    if not isinstance(value, str):
        raise NotFacts(f"{key} is of the wrong type. Possible: {_possible(terms)}.")
    found = next((term for term in terms if term.value == value), None)
    if found is None:
        raise NotFacts(f"{key} has an unknown value. Possible: {_possible(terms)}.")
    return found


def _possible(terms: type[StrEnum]) -> str:
    return ", ".join(term.value for term in terms)


def _term_or_unknown(terms: type[StrEnum]) -> Callable[[str, object], object]:
    return lambda key, value: UNKNOWN if value is None else _term(terms, value, key)


def _term_or_none(terms: type[StrEnum]) -> Callable[[str, object], object]:
    return lambda key, value: None if value is None else _term(terms, value, key)


def _sector(key: str, value: object) -> object:
    if value is None:
        return UNKNOWN
    sector = _term(Sector, value, key)
    return UNKNOWN if sector is Sector.WITHHELD else sector


def _accused(key: str, value: object) -> object:
    return UNKNOWN if value in (None, UNKNOWN.value) else _term(AccusedParty, value, key)


def _age(key: str, value: object) -> object:
    if value is None:
        return UNKNOWN
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotFacts(f"{key} is of the wrong type. It is a number of whole years.")
    if not 0 <= value <= OLDEST:
        raise NotFacts(f"{key} is outside 0-{OLDEST}.")
    return value


def _yes_or_no(key: str, value: object) -> object:
    if value is None:
        return UNKNOWN
    if not isinstance(value, bool):
        raise NotFacts(f"{key} is of the wrong type. Possible: true, false.")
    return value


def _knowers(key: str, value: object) -> object:
    if value is None:
        return UNKNOWN
    if not isinstance(value, list):
        raise NotFacts(f"{key} is of the wrong type. It is a list of: {_possible(Knower)}.")
    return frozenset(_term(Knower, each, key) for each in value)


def _date(key: str, value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise NotFacts(f"{key} is of the wrong type. It is a date like 2026-11-28.")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise NotFacts(f"{key} is not a date. Write it as 2026-11-28.")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise NotFacts(f"{key} is an impossible date.") from None
    if day.year > LAST_YEAR:
        raise NotFacts(f"{key} is an impossible date: after the year {LAST_YEAR}.")
    return day


def _rule_set(key: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise NotFacts(f"{key} is of the wrong type. Possible: {', '.join(rule_sets())}.")
    if value not in rule_sets():
        raise NotFacts(f"{key} has an unknown value. Possible: {', '.join(rule_sets())}.")
    return value


def _check_dates(facts: Facts) -> None:
    """A refusal comes after the day of knowing, where that day is given."""
    if facts.refused_on and facts.known_on and facts.refused_on < facts.known_on:
        raise NotFacts("refused_on is before known_on.")


def _check_parties(facts: Facts) -> None:
    """No party that the sector does not have."""
    if facts.sector is UNKNOWN:
        return
    known_by = frozenset() if facts.known_by is UNKNOWN else facts.known_by
    if facts.sector is Sector.CHILDCARE:
        if Knower.BOARD in known_by:
            raise NotFacts("known_by: childcare has no bevoegd gezag. Possible: houder.")
        return
    if facts.accused_role in (AccusedParty.PROVIDER, AccusedParty.HOUSEMATE):
        raise NotFacts("accused_role: only childcare has a houder or a huisgenoot gastouder.")
    if Knower.PROVIDER in known_by:
        raise NotFacts("known_by: only childcare has a houder. Possible: bevoegd gezag.")


READ: dict[str, Callable[[str, object], Any]] = {
    "sector": _sector,
    "category": _term_or_unknown(Category),
    "possible_offence": _term_or_none(Offence),  # null: none is suspected
    "accused_role": _accused,
    "affected_role": _term_or_unknown(AffectedParty),
    "affected_age": _age,
    "affected_incapacitated": _yes_or_no,
    "dependency_relation": _yes_or_no,
    "known_by": _knowers,
    "weighing": _term_or_none(Weighing),  # null: not weighed yet
    "refused_on": _date,
    "known_on": _date,
    "rule_set": _rule_set,
}
