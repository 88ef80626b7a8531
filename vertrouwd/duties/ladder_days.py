"""Which rung of the ladder comes next, for many dossiers at once.

The same as `clocks(dossier).ladder` says of each; here in a number of queries that does not grow
with the dossiers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from vertrouwd.dossiers.models import Dossier, LedgerEvent
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.duties import ladder
from vertrouwd.duties.clocks import first_of_each, latest_assessments, standing_steps
from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Duty, Step

OPENED = Q(kind=LedgerKind.JOINED, source__isnull=True)  # the event a report came in with


@dataclass(frozen=True)
class LadderDay:
    """The rung that comes next, or the last one when all have passed."""

    step: int
    by: str
    due: date
    verified: bool


def on_the_ladder(among: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Of these, the dossiers in which a refusal to file stands, also in what was joined to them."""
    refused = TrackStep.objects.filter(step=Step.REFUSED, withdrawn_at__isnull=True).order_by()
    parts = refused.values("dossier")
    joined = LedgerEvent.objects.filter(OPENED, dossier__in=parts, report__isnull=False).order_by()
    return among.filter(pk__in=parts.union(joined.values("report__dossier")))


def next_ladder_days(dossiers: Collection[int], *, on: date) -> dict[int, LadderDay]:
    """Of these dossiers (numbers), those with a ladder that runs; at most four queries."""
    parts = _parts(dossiers)
    every = {part for each in parts.values() for part in each}
    steps: dict[int, list[TrackStep]] = {}
    for step in standing_steps(every):
        steps.setdefault(step.dossier_id, []).append(step)
    running = {}
    for dossier, own in parts.items():
        done = first_of_each(sorted((s for part in own for s in steps.get(part, [])), key=_order))
        if Step.REFUSED in done and Step.FILED not in done:
            running[dossier] = done[Step.REFUSED].on
    if not running:
        return {}
    assessed = {
        each.dossier_id: each
        for each in latest_assessments({part for dossier in running for part in parts[dossier]})
    }
    found = {}
    for dossier, refused_on in running.items():
        own_assessments = [assessed[part] for part in parts[dossier] if part in assessed]
        if filing := _filing(own_assessments):
            rungs = rule_sets()[filing.assessment.rule_set].ladder
            if day := _next(ladder.steps(refused_on, rungs), on):
                found[dossier] = day
    return found


def _parts(dossiers: Collection[int]) -> dict[int, set[int]]:
    """Each with itself and the dossiers in which the reports it holds now were opened."""
    parts = {dossier: {dossier} for dossier in dossiers}
    opened = LedgerEvent.objects.filter(OPENED, report__dossier__in=list(dossiers)).order_by()
    for holder, part in opened.values_list("report__dossier", "dossier"):
        if part is not None:
            parts[holder].add(part)
    return parts


def _order(step: TrackStep) -> tuple[date, int]:
    return step.on, step.pk


def _filing(assessments: Iterable[DutyAssessment]) -> OwedDuty | None:
    owed = [duty for each in assessments for duty in each.duties.all()]
    filing = [each for each in owed if each.duty == Duty.REPORT_TO_POLICE]
    return min(filing, key=lambda each: (each.since, each.pk), default=None)


def _next(steps: tuple[ladder.Step, ...], on: date) -> LadderDay | None:
    coming = next((step for step in steps if step.due >= on), steps[-1] if steps else None)
    if coming is None:
        return None
    return LadderDay(coming.step, coming.by, coming.due, coming.verified)
