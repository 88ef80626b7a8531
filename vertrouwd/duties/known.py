"""What is known of a dossier, as far as the duties ask: each fact with where it comes from.

Read from the rows each time, so that joining, separating and undoing need no step of their own. A
fact comes from what was told in a call, else from the codes of the reports; what somebody decided
about this dossier comes before both, and the road adds who knows. Where tellers differ about a role
nothing is guessed: it is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import Category, LedgerKind, ReporterRole
from vertrouwd.duties.clocks import first_of_each, parts_of, standing_steps, weighing_of
from vertrouwd.duties.facts import UNKNOWN, Facts, Unknown
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.duties.tellings import (
    ASKED,
    Fact,
    Origin,
    decision_of,
    origin_of,
    together,
    values_said,
    views_coded,
    views_told,
)
from vertrouwd.duties.terms import AccusedParty, AssessReason, Knower, Step
from vertrouwd.schools.terms import Sector

ONLY_CHILDCARE = frozenset({AccusedParty.PROVIDER, AccusedParty.HOUSEMATE})
BOARD_KNOWS = (Step.BOARD_INFORMED, Step.CONSULTED, Step.REFUSED)


@dataclass(frozen=True)
class Known:
    """All that is known of a dossier."""

    by_key: dict[str, Fact]
    facts: Facts
    last: int  # number of the last decision about a fact, 0 for none
    knowers: frozenset[Knower] = frozenset()  # who knows for certain; not whether others do too


def known(dossier: Dossier, *, decided: Mapping[str, Any] | None = None) -> Known:
    """Read it; six queries, however much was joined. `decided`: what somebody decides just now."""
    parts = parts_of(dossier)
    said = _said(parts)
    opened_in, arrived = _arrivals(dossier)
    reports = list(dossier.reports.order_by("received_on", "pk"))
    steps = standing_steps(parts)
    own_later = [a for a in said if a.dossier_id == dossier.pk and _is_later(a, arrived)]
    earlier = [a for a in said if a not in own_later]
    views = [*views_told(earlier, own=dossier.pk), *views_coded(reports, opened_in, earlier)]
    merged = {key: together(key, views) for key in ASKED}
    for assessment in own_later:
        for key, value in values_said(assessment.said).items():
            merged[key] = Fact(
                key, value, origin_of(assessment), decision_of(assessment), merged[key].differing
            )
    for key, value in (decided or {}).items():
        merged[key] = Fact(key, value, Origin.DECIDED)
    sector, category = _coding(dossier)
    merged |= {fact.key: fact for fact in (sector, category)}
    certain = _certain(reports, steps, sector.value)
    merged["known_by"] = _with_knowers(merged["known_by"], certain)
    merged["known_on"] = _first_day(
        merged["known_on"], steps, _day_of_first(dossier.pk, said, reports)
    )
    facts = Facts(
        **{key: _that_fits(key, fact.value, sector.value) for key, fact in merged.items()},
        weighing=weighing_of(steps),
    )
    last = max((a.pk for a in said if a.reason == AssessReason.FACT_CHANGED), default=0)
    return Known(merged, facts, last, certain)


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


def _with_knowers(fact: Fact, certain: frozenset[Knower]) -> Fact:
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
