"""What taking back an event of the ledger would change: shown before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.handlers import handlers_of_each
from vertrouwd.dossiers.joining import contents
from vertrouwd.dossiers.life import opened_by_it_alone
from vertrouwd.dossiers.membership import dossiers_of_undo, first_cause, is_redone, moves_of_undo
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.previews import YearChange, supervises_one_of, year_changes
from vertrouwd.dossiers.terms import LedgerKind


@dataclass(frozen=True)
class Move:
    """A report, with the dossier it is in and the one it would be in."""

    report: Report
    before: Dossier
    after: Dossier


@dataclass(frozen=True)
class Access:
    """Somebody would handle a dossier, or no longer."""

    person: User
    dossier: Dossier
    begins: bool


@dataclass(frozen=True)
class UndoPreview:
    """What would change; nothing moves when somebody had said that two are not the same case."""

    event: LedgerEvent
    redoes: bool  # what was undone would hold again
    moves: list[Move]
    years: list[YearChange]
    access: list[Access]
    closes: list[Dossier]
    opens: list[Dossier]
    contents: str  # for the act: to see that nothing moved since


def of_undo(event: LedgerEvent, *, now: datetime | None = None) -> UndoPreview:
    """What an undo of this event would change. Raises nothing: whether it may be is another
    question."""
    now, first = now or timezone.now(), first_cause(event)
    going, redoes = moves_of_undo(event), is_redone(event)
    named = {first.source_id, first.dossier_id, *(pk for pair in going.values() for pk in pair)}
    dossiers = Dossier.objects.in_bulk([pk for pk in named if pk])
    reports = Report.objects.filter(dossier__in=dossiers).select_related("institution")
    before: dict[int, list[Report]] = {pk: [] for pk in dossiers}
    after: dict[int, list[Report]] = {pk: [] for pk in dossiers}
    moves = []
    for report in reports.order_by("received_on", "pk"):
        here, there = going.get(report.pk, (report.dossier_id, report.dossier_id))
        before[here].append(report)
        after[there].append(report)
        if here != there:
            moves.append(Move(report, dossiers[here], dossiers[there]))
    into = first.dossier if redoes and first.kind == LedgerKind.JOINED else None
    return UndoPreview(
        event=event,
        redoes=redoes,
        moves=moves,
        years=year_changes(
            [(held, dossiers[pk].sector) for pk, held in before.items()],
            [(held, dossiers[pk].sector) for pk, held in after.items()],
        )
        if moves
        else [],
        access=[*_taken_back(event, after, now), *_barred(dossiers, after, now)],
        closes=[each.dossier for each in opened_by_it_alone(event)],
        opens=[into] if into and into.status == Status.CLOSED else [],
        contents=contents(*dossiers_of_undo(event)),
    )


def _taken_back(
    event: LedgerEvent, after: dict[int, list[Report]], now: datetime
) -> Iterator[Access]:
    """What began with it ends, and what ended with it begins (`following`), but for who supervises
    an institution of what would be there then."""
    changes = event.access_changes.select_related("assignment__user", "assignment__dossier")
    for change in changes.order_by("pk"):
        held = change.assignment
        if change.began and held.until is None:
            yield Access(held.user, held.dossier, begins=False)
        elif not change.began and held.user.may(Permission.HANDLE_CASES):
            there = {each.institution_id for each in after.get(held.dossier_id, ())}
            if not supervises_one_of(held.user, there | {held.dossier.institution_id}, now):
                yield Access(held.user, held.dossier, begins=True)


def _barred(
    dossiers: dict[int, Dossier], after: dict[int, list[Report]], now: datetime
) -> Iterator[Access]:
    """Who supervises the institution of a report that would come in handles it no longer."""
    coming = {
        pk: {report.institution_id for report in after[pk] if report.dossier_id != pk}
        for pk in dossiers
    }
    handlers = handlers_of_each((each for pk, each in dossiers.items() if coming[pk]), now=now)
    for pk, people in handlers.items():
        for person in people:
            if supervises_one_of(person, coming[pk], now):
                yield Access(person, dossiers[pk], begins=False)
