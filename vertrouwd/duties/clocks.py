"""What a dossier owes now and since when, over all dossiers that were joined into it.

Read from the rows each time, so that joining, separating and undoing need no step of their own: a
joined dossier has the duties and steps of each part, and the earliest day of any. Joining can only
shorten a legal clock. Whether something more is owed now is for `assess_dossier` to say again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, prefetch_related_objects

from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.duties import ladder, track
from vertrouwd.duties.due import Due, dues
from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Duty, Step, Weighing


@dataclass(frozen=True)
class Clocks:
    """The duties, the road and the ladder of a dossier as they stand."""

    since: date | None  # the earliest day on which anybody of the institution knew
    rule_set: str  # of the dossier's own assessment; empty when there is none
    duties: tuple[OwedDuty, ...]  # one of each, the one that began first
    missing: tuple[str, ...]
    advice_only: bool
    track: dict[Step, TrackStep]
    weighing: Weighing | None
    ladder: tuple[ladder.LadderDay, ...]  # empty once filed
    own: DutyAssessment | None = None

    @property
    def due(self) -> tuple[Due, ...]:
        """What is to be done next, and by when."""
        return dues(
            {Duty(owed.duty): (owed.owed_by, owed.since) for owed in self.duties},
            done={step: taken.on for step, taken in self.track.items()},
            weighing=self.weighing,
            rungs=self.ladder,
        )


def clocks(dossier: Dossier) -> Clocks:
    """Read what is owed, done and due; four queries, however much was joined."""
    parts = parts_of(dossier)
    return clocks_from(
        dossier.pk,
        parts,
        assessments=latest_assessments(parts),
        steps=standing_steps(parts),
    )


def clocks_from(
    number: int,
    parts: Collection[int],
    *,
    assessments: Iterable[DutyAssessment],
    steps: Iterable[TrackStep],
) -> Clocks:
    """The clocks of a dossier from rows that were read: every assessment, the first one first, and
    every step of these parts (`parts_of`), and perhaps of others. One query, for the duties."""
    last = {each.dossier_id: each for each in assessments if each.dossier_id in parts}
    prefetch_related_objects(list(last.values()), "duties")
    standing = [s for s in steps if s.dossier_id in parts and s.withdrawn_at is None]
    return _clocks(
        last.get(number),
        [last[part] for part in sorted(last)],
        sorted(standing, key=lambda s: (s.on, s.pk)),
    )


def _clocks(
    own: DutyAssessment | None, assessments: list[DutyAssessment], steps: list[TrackStep]
) -> Clocks:
    """Of one dossier, from the rows of all its parts."""
    done = first_of_each(steps)
    duties = _one_of_each(assessments)
    return Clocks(
        since=min((each.known_on for each in assessments), default=None),
        rule_set=own.rule_set if own else next((a.rule_set for a in assessments if a.rule_set), ""),
        duties=duties,
        missing=tuple(own.missing) if own else (),
        advice_only=bool(own and own.advice_only and not duties),
        track=done,
        weighing=weighing_of(steps),
        ladder=_ladder(duties, done),
        own=own,
    )


def parts_of(dossier: Dossier) -> set[int]:
    """The dossier, and those that were emptied into it: opened by a report it holds now.

    A dossier that still holds a report is a case of its own, whatever was taken out of it.
    """
    return parts_of_each([dossier.pk])[dossier.pk]


def parts_of_each(dossiers: Iterable[int]) -> dict[int, set[int]]:
    """The same of many, by number; one query."""
    parts = {pk: {pk} for pk in dossiers}
    opened = LedgerEvent.objects.filter(
        kind=LedgerKind.JOINED, source__isnull=True, report__dossier__in=list(parts)
    )
    still_held = Exists(Report.objects.filter(dossier=OuterRef("dossier")))
    emptied = opened.exclude(still_held).order_by()
    for pk, part in emptied.values_list("report__dossier", "dossier").distinct():
        parts[pk].add(part)
    return parts


def latest_assessments(parts: Iterable[int]) -> list[DutyAssessment]:
    """The last assessment of each of these dossiers."""
    later = DutyAssessment.objects.filter(dossier=OuterRef("dossier"), pk__gt=OuterRef("pk"))
    found = DutyAssessment.objects.filter(dossier__in=list(parts)).exclude(Exists(later))
    return list(found.select_related("by").order_by("pk"))


def standing_steps(parts: Iterable[int]) -> list[TrackStep]:
    """The steps of these dossiers that were not withdrawn, the earliest first."""
    standing = TrackStep.objects.filter(dossier__in=list(parts), withdrawn_at__isnull=True)
    return list(standing.select_related("by").order_by("on", "pk"))


def first_of_each(steps: Iterable[TrackStep]) -> dict[Step, TrackStep]:
    """Of each step the one on the earliest day."""
    found: dict[Step, TrackStep] = {}
    for each in steps:
        found.setdefault(Step(each.step), each)
    return found


def weighing_of(steps: Iterable[TrackStep]) -> Weighing | None:
    """What was weighed; where two dossiers were weighed otherwise, what asks most."""
    return track.gravest(Weighing(each.weighing) for each in steps if each.weighing)


def _one_of_each(assessments: Iterable[DutyAssessment]) -> tuple[OwedDuty, ...]:
    owed = [duty for each in assessments for duty in each.duties.all()]
    first: dict[str, OwedDuty] = {}
    for duty in sorted(owed, key=lambda each: (each.since, -each.pk)):  # as assessed last
        first.setdefault(duty.duty, duty)
    return tuple(first[duty] for duty in Duty if duty in first)


def _ladder(
    duties: Iterable[OwedDuty], done: dict[Step, TrackStep]
) -> tuple[ladder.LadderDay, ...]:
    filing = next((owed for owed in duties if owed.duty == Duty.REPORT_TO_POLICE), None)
    refused = done.get(Step.REFUSED)
    if filing is None or refused is None or Step.FILED in done:
        return ()
    return ladder.steps(refused.on, rule_sets()[filing.assessment.rule_set].ladder)
