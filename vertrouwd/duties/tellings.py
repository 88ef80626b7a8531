"""What each part of a case says of the facts, and what all of them say together.

A part is a call that was noted, with the decisions made about it, or a report with codes alone.
Where they differ about a role nothing is guessed: it is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vertrouwd.dossiers.models import Report
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.facts_file import READ, as_object
from vertrouwd.duties.models import DutyAssessment
from vertrouwd.duties.terms import AccusedParty, AffectedParty, AssessReason

ASKED = (  # in the order of the contract; sector and category are codes of the dossier
    "possible_offence", "accused_role", "affected_role", "affected_age",
    "affected_incapacitated", "dependency_relation", "known_by", "known_on",
)  # fmt: skip
Values = dict[str, Any]  # key of a fact -> what is known of it


class Origin(StrEnum):
    """Where a fact comes from."""

    UNKNOWN = "niet bekend"
    CODED = "uit de meldingen"
    TOLD = "verteld in een gesprek"
    DECIDED = "vastgelegd"
    TRACK = "uit de stappen"
    DOSSIER = "uit de codering"


@dataclass(frozen=True)
class Fact:
    """One fact. `decision` is the act in which somebody decided it; `differing` is what tellers say
    otherwise."""

    key: str
    value: Any
    origin: Origin
    decision: DutyAssessment | None = None
    differing: tuple[Any, ...] = ()


@dataclass
class View:
    """What one part of the case says: a call that was noted, or a report with codes alone."""

    values: Values
    origin: Origin
    is_own: bool
    decisions: dict[str, DutyAssessment] = field(default_factory=dict)


def values_said(said: Mapping[str, Any]) -> Values:
    """What an act keeps of what was said, read back."""
    return {
        key: UNKNOWN if value == UNKNOWN.value else READ[key](key, value)
        for key, value in said.items()
        if key in ASKED and not (key == "known_on" and value is None)
    }


def as_said(key: str, value: Any) -> Values:
    """One fact as an act keeps it; that it is unknown is something to say as well."""
    plain = as_object(Facts(**{key: value})).get(key) if value is not UNKNOWN else UNKNOWN.value
    return {key: plain}


def views_told(said: Iterable[DutyAssessment], *, own: int) -> list[View]:
    """One view of each part in which something was told."""
    views: dict[int, View] = {}
    for assessment in said:
        part = assessment.dossier_id
        view = views.setdefault(part, View({}, Origin.TOLD, part == own))
        values = values_said(assessment.said)
        view.values |= values
        if decision := decision_of(assessment):
            view.decisions |= dict.fromkeys(values, decision)
    return list(views.values())


def decision_of(assessment: DutyAssessment) -> DutyAssessment | None:
    """The act, when somebody decided something in it."""
    return assessment if assessment.reason == AssessReason.FACT_CHANGED else None


def origin_of(assessment: DutyAssessment) -> Origin:
    """Where what was said in it comes from."""
    return Origin.DECIDED if decision_of(assessment) else Origin.TOLD


def views_coded(
    reports: list[Report], opened_in: dict[int, int], said: list[DutyAssessment]
) -> list[View]:
    """One view of each report of which nothing was told in a call."""
    told_in = {each.dossier_id for each in said if each.reason == AssessReason.REPORTED}
    return [
        View(_values_of(report), Origin.CODED, is_own=True)
        for report in reports
        if opened_in.get(report.pk) not in told_in
    ]


def _values_of(report: Report) -> Values:
    parties, affected = set(AccusedParty), set(AffectedParty)
    return {
        "accused_role": AccusedParty(report.accused_role)
        if report.accused_role in parties
        else UNKNOWN,
        "affected_role": AffectedParty(report.affected_role)
        if report.affected_role in affected
        else UNKNOWN,
        "affected_age": UNKNOWN if report.affected_age is None else report.affected_age,
    }


def together(key: str, views: list[View]) -> Fact:
    """What all views say together."""
    saying = [view for view in views if view.values.get(key, UNKNOWN) is not UNKNOWN]
    if not saying:
        decision = next((v.decisions[key] for v in views if key in v.decisions), None)
        return Fact(key, UNKNOWN, Origin.UNKNOWN, decision)
    values = list(dict.fromkeys(view.values[key] for view in saying))
    chosen = values[0] if len(values) == 1 else _where_they_differ(key, values, saying)
    if chosen is UNKNOWN:
        return Fact(key, UNKNOWN, Origin.UNKNOWN, differing=tuple(values))
    # Two people may say the same: what a person decided is named first, then who told it.
    found = min(
        (view for view in saying if view.values[key] == chosen),
        key=lambda view: (key not in view.decisions, view.origin is not Origin.TOLD),
        default=saying[0],
    )
    decision = found.decisions.get(key)
    others = tuple(value for value in values if value != chosen) if key in ROLES else ()
    return Fact(key, chosen, Origin.DECIDED if decision else found.origin, decision, others)


ROLES = ("accused_role", "affected_role")


def _where_they_differ(key: str, values: list[Any], saying: list[View]) -> Any:
    """Where they differ. Of roles nothing is mixed: what this dossier says itself, else unknown."""
    if rule := TOGETHER.get(key):
        return rule(values)
    if key == "possible_offence" and len(named := [v for v in values if v is not None]) == 1:
        return named[0]  # one suspects an offence, another does not
    own = {view.values[key] for view in saying if view.is_own}
    return own.pop() if len(own) == 1 else UNKNOWN


TOGETHER: dict[str, Callable[[list[Any]], Any]] = {
    "affected_age": min,  # the youngest
    "affected_incapacitated": any,
    "dependency_relation": any,
    "known_by": lambda values: frozenset().union(*values),
    "known_on": min,
}
