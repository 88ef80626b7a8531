"""The facts that the duties ask for, as far as the answers give them; nonsense is unknown."""

from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict

from vertrouwd.desk.intake.forms import NOBODY, NONE_SUSPECTED
from vertrouwd.dossiers.terms import AccusedRole, Answer, Category
from vertrouwd.duties.facts import UNKNOWN, Facts, Unknown
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence
from vertrouwd.schools.models import Institution
from vertrouwd.schools.terms import Sector

Term = TypeVar("Term", bound=StrEnum)
OLDEST = 120
ONLY_CHILDCARE = frozenset({AccusedParty.PROVIDER, AccusedParty.HOUSEMATE})
# The role that is counted, of each party that the duties tell apart («te controleren»).
COUNTED_AS = {
    AccusedParty.ENTRUSTED: AccusedRole.ENTRUSTED,
    AccusedParty.PROVIDER: AccusedRole.ENTRUSTED,
    AccusedParty.LEARNER: AccusedRole.LEARNER,
    AccusedParty.PARENT: AccusedRole.PARENT,
    AccusedParty.HOUSEMATE: AccusedRole.OTHER,
    AccusedParty.INTERNSHIP_FIRM: AccusedRole.OTHER,
    AccusedParty.OTHER: AccusedRole.OTHER,
}


def facts_of(data: QueryDict, institution: Institution | None) -> Facts:
    """What is known so far."""
    sector = _sector(data, institution)
    is_childcare = sector is Sector.CHILDCARE
    accused = _term(AccusedParty, data.get("accused_party"))
    if accused in ONLY_CHILDCARE and sector is not UNKNOWN and not is_childcare:
        accused = UNKNOWN  # no such party there: the form says so when it is handed in
    return Facts(
        sector=sector,
        category=_term(Category, data.get("category")),
        possible_offence=_offence(data.get("offence")),
        accused_role=accused,
        affected_role=_term(AffectedParty, data.get("affected_role")),
        affected_age=_age(data.get("affected_age", "")),
        affected_incapacitated=_answer(data.get("incapacitated")),
        dependency_relation=_answer(data.get("dependency")),
        known_by=_knowers(data.getlist("known_by"), sector),
    )


def counted_role(party: str) -> AccusedRole:
    """The role of the accused in the figures."""
    return COUNTED_AS[AccusedParty(party)] if party in list(AccusedParty) else AccusedRole.UNKNOWN


def _sector(data: QueryDict, institution: Institution | None) -> Sector | Unknown:
    found = Sector(institution.sector) if institution else _term(Sector, data.get("sector"))
    return UNKNOWN if found is Sector.WITHHELD else found


def _term(terms: type[Term], value: str | None) -> Term | Unknown:
    return next((term for term in terms if term.value == value), UNKNOWN)


def _offence(value: str | None) -> Offence | Unknown | None:
    return None if value == NONE_SUSPECTED else _term(Offence, value)


def _age(value: str) -> int | Unknown:
    is_age = value.isascii() and value.isdecimal() and len(value) < 4 and int(value) <= OLDEST
    return int(value) if is_age else UNKNOWN


def _answer(value: str | None) -> bool | Unknown:
    return {Answer.YES.value: True, Answer.NO.value: False}.get(value or "", UNKNOWN)


def _knowers(values: list[str], sector: Sector | Unknown) -> frozenset[Knower] | Unknown:
    """Education has no houder and childcare no bevoegd gezag: those are left out."""
    if NOBODY in values:
        return frozenset()
    wrong = {Knower.BOARD} if sector is Sector.CHILDCARE else {Knower.PROVIDER}
    found = {knower for knower in Knower if knower.value in values}
    if sector is not UNKNOWN:
        found -= wrong
    return frozenset(found) if found else UNKNOWN
