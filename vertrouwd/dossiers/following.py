"""What follows from moving reports: who keeps, gets and loses access, and what is open again.

Who handled a dossier goes on handling its reports where they went, and who handles the whole
handles what was emptied into it: its tasks stand there still. Whoever has a conflict with a case it
became part of loses it: joining opens nothing to them. Taking the act back takes this back.
"""

from collections.abc import Iterable
from datetime import datetime

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import record
from vertrouwd.dossiers.access import has_conflict
from vertrouwd.dossiers.handlers import handlers_of
from vertrouwd.dossiers.life import close_what_it_opened, reopen_for_new_reports
from vertrouwd.dossiers.membership import first_cause, stands
from vertrouwd.dossiers.models import Assignment, AssignmentChange, Dossier, LedgerEvent
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.dossiers.whereabouts import merged_into


def follow(event: LedgerEvent, *, by: User, at: datetime) -> None:
    """Let access and status follow an event whose reports have just moved.

    Needs an open transaction, in which the dossiers are held.
    """
    if event.undoes is not None:
        _follow_undo(event, event.undoes, by=by, at=at)
        return
    assert event.source is not None and event.dossier is not None
    if event.kind == LedgerKind.JOINED:
        reopen_for_new_reports([event.dossier.pk], by=by, at=at, event=event)
        _end_conflicts(event.dossier, by=by, at=at, event=event)
    for held in handlers_of(event.source, now=at):
        if not has_conflict(held.user, event.dossier, now=at):
            _keep(begun(event.dossier, held.user, by=by, at=at), event=event)
        elif event.kind == LedgerKind.JOINED:
            _keep(ended(held, by=by, at=at), event=event)
    if event.kind == LedgerKind.JOINED:
        _begin_on_parts(event.dossier, by=by, at=at, event=event)


def begun(dossier: Dossier, user: User, *, by: User, at: datetime) -> Assignment | None:
    """From now on this person handles the dossier; None when they do so already."""
    if handlers_of(dossier, now=at).filter(user=user).exists():
        return None
    made = Assignment.objects.create(dossier=dossier, user=user, since=at, assigned_by=by)
    detail = {"assignment": made.pk, "to_oneself": user.pk == by.pk}
    record(by=by, action="assign", kind="dossier", object=dossier.reference, detail=detail)
    return made


def end_conflicts(dossier: Dossier, *, by: User, at: datetime) -> list[Assignment]:
    """Whoever supervises an institution of a report in it no longer handles it; what ended."""
    return [
        ended(held, by=by, at=at)
        for held in handlers_of(dossier, now=at)
        if has_conflict(held.user, dossier, now=at)
    ]


def take_back(changes: Iterable[AssignmentChange], *, by: User, at: datetime) -> list[Assignment]:
    """End what began with an act, and begin what ended with it, for who may still handle cases.

    Whoever got a conflict of interest since then gets nothing back. Returns what changed.
    """
    changed: list[Assignment | None] = []
    for change in changes:
        held = change.assignment
        if change.began and held.until is None:
            changed.append(ended(held, by=by, at=at))
        elif not change.began and _may_handle(held.user, held.dossier, at=at):
            changed.append(begun(held.dossier, held.user, by=by, at=at))
    return [assignment for assignment in changed if assignment is not None]


def _follow_undo(event: LedgerEvent, undone: LedgerEvent, *, by: User, at: datetime) -> None:
    changes = undone.access_changes.select_related("assignment__user", "assignment__dossier")
    for assignment in take_back(changes.order_by("pk"), by=by, at=at):
        _keep(assignment, event=event)
    first = first_cause(event)
    for dossier in (first.source, first.dossier):
        if dossier is not None:
            _end_conflicts(dossier, by=by, at=at, event=event)
    close_what_it_opened(undone, by=by, at=at, undo=event)
    if undone.kind == LedgerKind.UNDONE and first.kind == LedgerKind.JOINED and stands(first):
        assert first.dossier is not None
        reopen_for_new_reports([first.dossier.pk], by=by, at=at, event=event)
        _begin_on_parts(first.dossier, by=by, at=at, event=event)


def _begin_on_parts(whole: Dossier, *, by: User, at: datetime, event: LedgerEvent) -> None:
    handling = [held.user for held in handlers_of(whole, now=at)]
    for part in merged_into(whole):
        for person in handling:
            _keep(begun(part, person, by=by, at=at), event=event)


def _end_conflicts(dossier: Dossier, *, by: User, at: datetime, event: LedgerEvent) -> None:
    for assignment in end_conflicts(dossier, by=by, at=at):
        _keep(assignment, event=event)


def _may_handle(user: User, dossier: Dossier, *, at: datetime) -> bool:
    return user.may(Permission.HANDLE_CASES) and not has_conflict(user, dossier, now=at)


def ended(held: Assignment, *, by: User, at: datetime) -> Assignment:
    held.until, held.ended_by = max(at, held.since), by
    held.save(update_fields=["until", "ended_by"])
    record(
        by=by,
        action="end_assignment",
        kind="dossier",
        object=held.dossier.reference,
        detail={"assignment": held.pk},
    )
    return held


def _keep(assignment: Assignment | None, *, event: LedgerEvent) -> None:
    """Remember that it began or ended with this event."""
    if assignment is not None:
        AssignmentChange.objects.create(
            assignment=assignment, began=assignment.until is None, event=event
        )
