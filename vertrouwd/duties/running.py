"""What comes next in many dossiers: as much of their clocks as a list shows.

The same as `clocks(dossier)` says of each, from no more than the columns it takes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from vertrouwd.duties import ladder
from vertrouwd.duties.clocks import parts_of_each
from vertrouwd.duties.due import Due, dues
from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import RUNGS, Duty, Step, Weighing
from vertrouwd.duties.track import gravest


@dataclass(frozen=True)
class Running:
    """What is to be done next, the first day first, and the first rung that nobody has taken."""

    due: tuple[Due, ...]
    rung: ladder.LadderDay | None  # also when its day is past; None: no ladder runs

    @property
    def first_by_a_day(self) -> Due | None:
        """What is asked first of all that has a day; None when nothing has."""
        return next((due for due in self.due if due.on), None)


class Owed(NamedTuple):
    """What the last assessment of a dossier says is owed."""

    dossier: int
    number: int
    duty: str
    owed_by: str
    since: date
    rule_set: str


class Taken(NamedTuple):
    """A step that stands."""

    dossier: int
    number: int
    step: str
    on: date
    weighing: str


def running_of(dossiers: Iterable[int]) -> dict[int, Running]:
    """By number; three queries, however many there are and however much was joined."""
    parts = parts_of_each(dossiers)
    every = {part for of in parts.values() for part in of}
    owed: dict[int, list[Owed]] = {}
    for duty in _owed(every):
        owed.setdefault(duty.dossier, []).append(duty)
    taken: dict[int, list[Taken]] = {}
    for step in _taken(every):
        taken.setdefault(step.dossier, []).append(step)
    return {
        number: _running(
            [duty for part in of for duty in owed.get(part, ())],
            [step for part in of for step in taken.get(part, ())],
        )
        for number, of in parts.items()
    }


def _owed(parts: Iterable[int]) -> list[Owed]:
    later = DutyAssessment.objects.filter(
        dossier=OuterRef("assessment__dossier"), pk__gt=OuterRef("assessment")
    )
    found = OwedDuty.objects.filter(assessment__dossier__in=list(parts)).exclude(Exists(later))
    columns = ("assessment__dossier", "pk", "duty", "owed_by", "since", "assessment__rule_set")
    return [Owed(*row) for row in found.order_by().values_list(*columns)]


def _taken(parts: Iterable[int]) -> list[Taken]:
    found = TrackStep.objects.filter(dossier__in=list(parts), withdrawn_at__isnull=True)
    columns = ("dossier", "pk", "step", "on", "weighing")
    return [Taken(*row) for row in found.order_by().values_list(*columns)]


def _running(owed: Sequence[Owed], taken: Sequence[Taken]) -> Running:
    done: dict[Step, date] = {}
    for step in sorted(taken, key=lambda each: (each.on, each.number)):
        done.setdefault(Step(step.step), step.on)
    duties: dict[Duty, Owed] = {}
    for duty in sorted(owed, key=lambda each: (each.since, -each.number)):  # as assessed last
        duties.setdefault(Duty(duty.duty), duty)
    rungs = _rungs(duties.get(Duty.REPORT_TO_POLICE), done)
    return Running(
        due=dues(
            {duty: (duties[duty].owed_by, duties[duty].since) for duty in Duty if duty in duties},
            done=done,
            weighing=gravest(Weighing(each.weighing) for each in taken if each.weighing),
            rungs=rungs,
        ),
        rung=next((rung for rung in rungs if RUNGS[rung.step] not in done), None),
    )


def _rungs(filing: Owed | None, done: dict[Step, date]) -> tuple[ladder.LadderDay, ...]:
    if filing is None or Step.REFUSED not in done or Step.FILED in done:
        return ()
    return ladder.steps(done[Step.REFUSED], rule_sets()[filing.rule_set].ladder)
