"""The rows of a dossier, read once: what its page, its timeline and its panels have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet, prefetch_related_objects

from vertrouwd.accounts.models import User
from vertrouwd.advice.models import Advice, Choice, Referral, Result
from vertrouwd.desk.case import timeline
from vertrouwd.desk.case.kinds import kinds_with_rows
from vertrouwd.dossiers.access import existing_for, institutions_supervised
from vertrouwd.dossiers.membership import first_cause
from vertrouwd.dossiers.models import (
    Assignment,
    Coding,
    Correction,
    Dossier,
    GlassBreak,
    LedgerEvent,
    Message,
    Note,
    Report,
    StatusChange,
    Task,
)
from vertrouwd.dossiers.tasks import tasks_known_to
from vertrouwd.dossiers.whereabouts import merged_into
from vertrouwd.duties.clocks import parts_of
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.privacy_requests.models import RequestedDossier, Restriction

OF_DOSSIER: tuple[type[Model], ...] = (
    Assignment, GlassBreak, Coding, StatusChange, Note, Task, Correction, DutyAssessment, TrackStep,
    RequestedDossier, Restriction,
)  # fmt: skip
OF_REPORT: tuple[type[Model], ...] = (Message, Correction, Advice, Choice, Result, Referral)
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Rows:
    """A dossier with what belongs to it; every row has the people it names."""

    dossier: Dossier
    merged: list[Dossier]  # the emptied dossiers that became part of it
    clock_parts: set[int]  # the dossiers of which the duties count here: at least its own
    there: frozenset[type[Model]]  # the kinds of which there is a row, also those of advice
    reports: list[Report]  # each with its institution, conversation, wishes and consents
    events: list[LedgerEvent]
    assignments: list[Assignment]
    glass: list[GlassBreak]
    codings: list[Coding]
    statuses: list[StatusChange]
    notes: list[Note]
    tasks: list[Task]
    messages: list[Message]
    corrections: list[Correction]  # the last first
    assessments: list[DutyAssessment]  # of its parts, and of those whose duties count
    steps: list[TrackStep]  # the same; also those withdrawn
    asked: list[RequestedDossier]  # by whom it is about
    restrictions: list[Restriction]  # also those lifted

    @property
    def parts(self) -> list[Dossier]:
        """The dossier and what became part of it."""
        return [self.dossier, *self.merged]

    @property
    def institutions(self) -> set[int]:
        """The numbers of those that the dossier and its reports name."""
        named = (self.dossier.institution_id, *(each.institution_id for each in self.reports))
        return {number for number in named if number}


def rows_of(dossier: Dossier, *, by: User, now: datetime) -> Rows:
    """Read them; the number of questions is the same whatever the number of rows of a kind.

    Without those that name a dossier that does not exist for who reads (`by`).
    """
    reports, merged = _reports(dossier), list(merged_into(dossier))
    parts, clock_parts = [dossier, *merged], parts_of(dossier)
    counted = {part.pk for part in parts} | clock_parts
    of_parts, of_duties = {"dossier__in": parts}, {"dossier__in": counted}
    there = kinds_with_rows(
        {"dossier_id": (OF_DOSSIER, counted), "report_id": (OF_REPORT, {r.pk for r in reports})}
    )

    def read(rows: QuerySet[Row]) -> list[Row]:
        return list(rows) if rows.model in there else []

    corrected = Q(report__in=reports) | Q(dossier=dossier)
    asked = RequestedDossier.objects.filter(taken_out_at__isnull=True, **of_parts)
    found = Rows(
        dossier=dossier,
        merged=merged,
        clock_parts=clock_parts,
        there=there,
        reports=reports,
        events=_known_to(by, timeline.events_of(dossier, reports), now=now),
        assignments=read(dossier.assignments.all()),
        glass=read(dossier.glass_breaks.all()),
        codings=read(dossier.codings.all()),
        statuses=read(dossier.status_changes.all()),
        notes=read(Note.objects.filter(**of_parts)),
        tasks=read(tasks_known_to(by, now=now).filter(**of_parts)),
        messages=read(Message.objects.filter(report__in=reports)),
        corrections=read(Correction.objects.filter(corrected).order_by("-pk")),
        assessments=read(DutyAssessment.objects.filter(**of_duties).order_by("pk")),
        steps=read(TrackStep.objects.filter(**of_duties)),
        asked=read(asked.select_related("request")),
        restrictions=read(Restriction.objects.filter(**of_parts).select_related("request")),
    )
    _name_what_is_known(found)
    _name_people(found)
    return found


def _known_to(by: User, events: list[LedgerEvent], *, now: datetime) -> list[LedgerEvent]:
    """Without those that name a dossier that does not exist for this person, and their undos."""
    if not institutions_supervised(by, now):
        return events
    named = {each.pk: _dossiers_named(each) for each in events}
    every = {number for numbers in named.values() for number in numbers}
    existing = existing_for(by, now=now).filter(pk__in=every)
    known = set(existing.values_list("pk", flat=True))
    return [each for each in events if named[each.pk] <= known]


def _dossiers_named(event: LedgerEvent) -> set[int]:
    first = first_cause(event)
    return {number for number in (first.source_id, first.dossier_id) if number}


def _reports(dossier: Dossier) -> list[Report]:
    """Fetched with the dossier, so that its panels ask for them no more."""
    rows = Report.objects.select_related("institution", "conversation")
    rows = rows.prefetch_related("wishes", "consents").order_by("received_on", "pk")
    prefetch_related_objects([dossier], Prefetch("reports", rows))
    return list(dossier.reports.all())


def _name_what_is_known(found: Rows) -> None:
    """Each row with its dossier or its report."""
    parts = {part.pk: part for part in found.parts}
    reports = {report.pk: report for report in found.reports}
    row: Any
    for row in (*found.notes, *found.tasks, *found.restrictions):
        row.dossier = parts[row.dossier_id]
    for row in (*found.messages, *found.corrections):
        if report := reports.get(row.report_id):
            row.report = report


def _name_people(found: Rows) -> None:
    """Who did what, of all rows at once: a join in each question costs more."""
    rows: Iterable[Model] = chain(
        found.events, found.assignments, found.glass, found.codings, found.statuses, found.notes,
        found.tasks, found.messages, found.corrections, found.assessments, found.steps,
        found.asked, found.restrictions,
    )  # fmt: skip
    named = [
        (row, name, number)
        for row in rows
        for name, column in _people_in(type(row))
        if (number := getattr(row, column)) is not None
    ]
    people = User.objects.in_bulk({number for _, _, number in named})
    for row, name, number in named:
        setattr(row, name, people[number])


@cache
def _people_in(model: type[Model]) -> list[tuple[str, str]]:
    """The fields of such a row that name somebody, and their columns."""
    fields = model._meta.concrete_fields
    return [(each.name, each.attname) for each in fields if each.related_model is User]
