"""What is known of a dossier, as far as the duties ask: each fact with where it comes from.

Read from the rows each time, so that joining, separating and undoing need no step of their own. A
fact comes from what was told in a call, else from the codes of the reports; what somebody decided
about this dossier comes before both, and the road adds who knows. Where tellers differ about a role
nothing is guessed: it is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Max

from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import Category, LedgerKind, ReporterRole
from vertrouwd.duties.clocks import first_of_each, parts_of, standing_steps, weighing_of
from vertrouwd.duties.facts import UNKNOWN, Facts, Unknown
from vertrouwd.duties.facts_file import READ, as_object
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.duties.terms import AccusedParty, AffectedParty, AssessReason, Knower, Step
from vertrouwd.schools.terms import Sector

ASKED = (  # in the order of the contract; sector and category are codes of the dossier
    "possible_offence", "accused_role", "affected_role", "affected_age",
    "affected_incapacitated", "dependency_relation", "known_by", "known_on",
)  # fmt: skip
ONLY_CHILDCARE = frozenset({AccusedParty.PROVIDER, AccusedParty.HOUSEMATE})
BOARD_KNOWS = (Step.BOARD_INFORMED, Step.CONSULTED, Step.REFUSED)
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


@dataclass(frozen=True)
class Known:
    """All that is known of a dossier."""

    by_key: dict[str, Fact]
    facts: Facts
    last: int  # number of the last decision about a fact, 0 for none
    knowers: frozenset[Knower] = frozenset()  # who knows for certain; not whether others do too


@dataclass
class _View:
    """What one part of the case says: a call that was noted, or a report with codes alone."""

    values: Values
    origin: Origin
    is_own: bool
    decisions: dict[str, DutyAssessment] = field(default_factory=dict)


def known(dossier: Dossier, *, decided: Mapping[str, Any] | None = None) -> Known:
    """Read it; six queries, however much was joined. `decided`: what somebody decides just now."""
    parts = parts_of(dossier)
    said = _said(parts)
    opened_in, arrived = _arrivals(dossier)
    reports = list(dossier.reports.order_by("received_on", "pk"))
    steps = standing_steps(parts)
    own_later = [a for a in said if a.dossier_id == dossier.pk and _is_later(a, arrived)]
    earlier = [a for a in said if a not in own_later]
    views = [*_told(earlier, own=dossier.pk), *_coded(reports, opened_in, earlier)]
    merged = {key: _merge(key, views) for key in ASKED}
    for assessment in own_later:
        for key, value in _values(assessment.said).items():
            merged[key] = Fact(
                key, value, _origin(assessment), _decision(assessment), merged[key].differing
            )
    for key, value in (decided or {}).items():
        merged[key] = Fact(key, value, Origin.DECIDED)
    sector, category = _coding(dossier)
    merged |= {fact.key: fact for fact in (sector, category)}
    certain = _certain(reports, steps, sector.value)
    merged["known_by"] = _with_knowers(merged["known_by"], certain, sector.value)
    merged["known_on"] = _first_day(
        merged["known_on"], steps, _day_of_first(dossier.pk, said, reports)
    )
    facts = Facts(
        **{key: _that_fits(key, fact.value, sector.value) for key, fact in merged.items()},
        weighing=weighing_of(steps),
    )
    last = max((a.pk for a in said if a.reason == AssessReason.FACT_CHANGED), default=0)
    return Known(merged, facts, last, certain)


def as_said(key: str, value: Any) -> Values:
    """One fact as an act keeps it; that it is unknown is something to say as well."""
    plain = as_object(Facts(**{key: value})).get(key) if value is not UNKNOWN else UNKNOWN.value
    return {key: plain}


def _values(said: Mapping[str, Any]) -> Values:
    return {
        key: UNKNOWN if value == UNKNOWN.value else READ[key](key, value)
        for key, value in said.items()
        if key in ASKED and not (key == "known_on" and value is None)
    }


def _said(parts: Iterable[int]) -> list[DutyAssessment]:
    """What people said in these dossiers, the first first."""
    speaking = (AssessReason.REPORTED, AssessReason.FACT_CHANGED)
    found = DutyAssessment.objects.filter(dossier__in=list(parts), reason__in=speaking)
    return list(found.select_related("by").order_by("pk"))


def _arrivals(dossier: Dossier) -> tuple[dict[int, int], datetime | None]:
    """In which dossier each report here was opened, and when others last came in."""
    intake = LedgerEvent.objects.filter(
        kind=LedgerKind.JOINED, source__isnull=True, report__dossier=dossier
    )
    opened_in = dict(intake.values_list("report", "dossier"))
    moved = LedgerEvent.objects.filter(
        kind=LedgerKind.JOINED, source__isnull=False, dossier=dossier
    )
    return opened_in, moved.aggregate(last=Max("at"))["last"]


def _is_later(assessment: DutyAssessment, arrived: datetime | None) -> bool:
    """A decision made before others came in is what one part says; a later one is about all."""
    is_decision = assessment.reason == AssessReason.FACT_CHANGED
    return is_decision and (arrived is None or assessment.at >= arrived)


def _told(said: list[DutyAssessment], *, own: int) -> list[_View]:
    """One view of each part in which something was told."""
    views: dict[int, _View] = {}
    for assessment in said:
        part = assessment.dossier_id
        view = views.setdefault(part, _View({}, Origin.TOLD, part == own))
        values = _values(assessment.said)
        view.values |= values
        if decision := _decision(assessment):
            view.decisions |= dict.fromkeys(values, decision)
    return list(views.values())


def _decision(assessment: DutyAssessment) -> DutyAssessment | None:
    return assessment if assessment.reason == AssessReason.FACT_CHANGED else None


def _origin(assessment: DutyAssessment) -> Origin:
    return Origin.DECIDED if _decision(assessment) else Origin.TOLD


def _coded(
    reports: list[Report], opened_in: dict[int, int], said: list[DutyAssessment]
) -> list[_View]:
    """One view of each report of which nothing was told in a call."""
    told_in = {each.dossier_id for each in said if each.reason == AssessReason.REPORTED}
    return [
        _View(_values_of(report), Origin.CODED, is_own=True)
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


def _merge(key: str, views: list[_View]) -> Fact:
    """What all views say together."""
    saying = [view for view in views if view.values.get(key, UNKNOWN) is not UNKNOWN]
    if not saying:
        decision = next((v.decisions[key] for v in views if key in v.decisions), None)
        return Fact(key, UNKNOWN, Origin.UNKNOWN, decision)
    values = list(dict.fromkeys(view.values[key] for view in saying))
    chosen = values[0] if len(values) == 1 else _together(key, values, saying)
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


def _together(key: str, values: list[Any], saying: list[_View]) -> Any:
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


def _coding(dossier: Dossier) -> tuple[Fact, Fact]:
    sector: Sector | Unknown = Sector(dossier.sector)
    if sector is Sector.WITHHELD:
        sector = UNKNOWN
    origin = Origin.UNKNOWN if sector is UNKNOWN else Origin.DOSSIER
    return (
        Fact("sector", sector, origin),
        Fact("category", Category(dossier.category), Origin.DOSSIER),
    )


def _certain(
    reports: list[Report], steps: list[TrackStep], sector: Sector | Unknown
) -> frozenset[Knower]:
    """Who knows for certain: who reported, and who was informed or consulted."""
    boards = _boards(sector)
    found: set[Knower] = set()
    for report in reports:
        if report.reporter_role in (ReporterRole.STAFF, ReporterRole.HEAD):
            found.add(Knower.STAFF)
        if report.reporter_role == ReporterRole.BOARD:
            found |= boards
    if any(step in first_of_each(steps) for step in BOARD_KNOWS):
        found |= boards
    return frozenset(found)


def _boards(sector: Sector | Unknown) -> frozenset[Knower]:
    if sector is UNKNOWN:
        return frozenset({Knower.BOARD, Knower.PROVIDER})
    return frozenset({Knower.PROVIDER if sector is Sector.CHILDCARE else Knower.BOARD})


def _with_knowers(fact: Fact, certain: frozenset[Knower], sector: Sector | Unknown) -> Fact:
    """Who knows, and who certainly does. That alone does not say who does not: then it is asked."""
    if fact.value is UNKNOWN:
        return fact
    added = fact.value | certain
    if added == fact.value:
        return fact
    return Fact("known_by", added, Origin.TRACK, fact.decision, fact.differing)


def _day_of_first(own: int, said: list[DutyAssessment], reports: list[Report]) -> date | None:
    """The day of the first call, or of the first report: of an earlier one nothing was said."""
    first = next((each.known_on for each in said if each.dossier_id == own), None)
    return first or min((each.received_on for each in reports), default=None)


def _first_day(fact: Fact, steps: list[TrackStep], otherwise: date | None) -> Fact:
    """The first day on which somebody of the institution knew: the road may show an earlier one."""
    is_said = fact.value is not UNKNOWN
    day = fact.value if is_said else otherwise
    taken = first_of_each(steps)
    on_track = min((taken[step].on for step in BOARD_KNOWS if step in taken), default=None)
    if on_track is not None and (day is None or on_track < day):
        return Fact("known_on", on_track, Origin.TRACK)
    if is_said:
        return fact
    return Fact("known_on", day, Origin.CODED if day else Origin.UNKNOWN, fact.decision)


def _that_fits(key: str, value: Any, sector: Sector | Unknown) -> Any:
    """No party that the sector does not have; no day is None."""
    if key == "known_on":
        return None if value is UNKNOWN else value
    if sector is UNKNOWN or value is UNKNOWN:
        return value
    is_childcare = sector is Sector.CHILDCARE
    if key == "accused_role" and value in ONLY_CHILDCARE and not is_childcare:
        return UNKNOWN
    if key == "known_by":
        return value - (frozenset({Knower.BOARD, Knower.PROVIDER}) - _boards(sector))
    return value
