"""The life of a dossier: open, waiting for its reporter, closed with an outcome, open again.

A closed dossier stays counted: what was reported was reported.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.bulk import insert_rows
from vertrouwd.dossiers.casework_terms import MOVES, Outcome, ReopenReason, Status
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report, StatusChange
from vertrouwd.dossiers.refused import Refused


def check_move(before: Status, after: Status) -> None:
    """Raises Refused unless a dossier may go from one status to the other."""
    if after not in MOVES[before]:
        words = gettext("Dit dossier is al: %(status)s.") % {"status": gettext(before)}
        if before != after:
            words = gettext("Dat kan niet met een dossier dat nu is: %(status)s.") % {
                "status": gettext(before)
            }
        raise Refused(words)


@transaction.atomic
def set_waiting(dossier: Dossier, *, by: User, now: datetime | None = None) -> StatusChange:
    """Nothing can be done before the reporter answers. Raises Refused."""
    return _move(dossier, Status.WAITING, by=by, now=now)


@transaction.atomic
def resume(dossier: Dossier, *, by: User, now: datetime | None = None) -> StatusChange:
    """The work goes on: the dossier no longer waits for its reporter. Raises Refused."""
    held = _held(dossier)
    if held.status == Status.CLOSED:
        raise Refused(gettext("Een gesloten dossier opent u opnieuw, met een reden."))
    return _move(dossier, Status.OPEN, by=by, now=now)


@transaction.atomic
def close(dossier: Dossier, *, outcome: str, by: User, now: datetime | None = None) -> StatusChange:
    """The work is done, with this outcome. Raises Refused, also when the reports are elsewhere."""
    if outcome not in list(Outcome):
        raise Refused(gettext("Kies met welke afloop het dossier sluit."))
    if not dossier.reports.exists():
        raise Refused(gettext("De meldingen van dit dossier staan nu in een ander dossier."))
    return _move(dossier, Status.CLOSED, by=by, now=now, outcome=outcome)


@transaction.atomic
def reopen(dossier: Dossier, *, reason: str, by: User, now: datetime | None = None) -> StatusChange:
    """A closed dossier is open again, for a reason. Raises Refused when it was not closed."""
    if reason not in list(ReopenReason):
        raise Refused(gettext("Kies waarom het dossier weer opengaat."))
    if _held(dossier).status != Status.CLOSED:
        raise Refused(gettext("Dit dossier is niet gesloten."))
    return _move(dossier, Status.OPEN, by=by, now=now, reason=reason)


def reopen_for_new_reports(
    dossiers: Iterable[int], *, by: User, at: datetime, event: LedgerEvent | None = None
) -> None:
    """Of these, the closed ones are open again: another report of the same case came in.

    Needs an open transaction.
    """
    for closed in Dossier.objects.filter(pk__in=list(dossiers), status=Status.CLOSED):
        _move(closed, Status.OPEN, by=by, now=at, reason=ReopenReason.NEW_REPORT, event=event)


def close_imported(before: date, *, by: User, at: datetime) -> int:
    """Close the dossiers that an import opened at this moment, if all their reports were received
    before a day: that work was done elsewhere, with an outcome that nobody wrote down.

    Returns how many. Needs an open transaction; the import records the act.
    """
    told = Report.objects.filter(dossier=OuterRef("pk"))
    opened = Dossier.objects.filter(opened_at=at, status=Status.OPEN)
    imported = opened.filter(Exists(told.filter(recorded_at=at, external_id__isnull=False)))
    done = imported.exclude(Exists(told.filter(received_on__gte=before)))
    numbers = list(done.values_list("pk", flat=True))
    insert_rows(
        StatusChange,
        ["dossier_id", "at", "by_id", "before", "after", "outcome", "reason"],
        ((pk, at, by.pk, Status.OPEN, Status.CLOSED, Outcome.UNKNOWN, "") for pk in numbers),
    )
    done.update(status=Status.CLOSED)
    return len(numbers)


def close_what_it_opened(event: LedgerEvent, *, by: User, at: datetime, undo: LedgerEvent) -> None:
    """A join is taken back: what it alone had opened again is closed as it was before.

    Whatever happened to the status since then stays. Needs an open transaction.
    """
    for opened in opened_by_it_alone(event):
        changes = StatusChange.objects.filter(dossier=opened.dossier_id)
        was = changes.filter(pk__lt=opened.pk, after=Status.CLOSED).order_by("pk").last()
        outcome = was.outcome if was else Outcome.UNKNOWN
        _move(opened.dossier, Status.CLOSED, by=by, now=at, outcome=outcome, event=undo)


def opened_by_it_alone(event: LedgerEvent) -> list[StatusChange]:
    """What a join opened again, and nobody changed since."""
    opened = StatusChange.objects.filter(event=event, before=Status.CLOSED)
    return [
        each
        for each in opened.select_related("dossier")
        if StatusChange.objects.filter(dossier=each.dossier_id).order_by("pk").last() == each
    ]


def _held(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


def _move(
    dossier: Dossier,
    after: Status,
    *,
    by: User,
    now: datetime | None,
    outcome: str = "",
    reason: str = "",
    event: LedgerEvent | None = None,
) -> StatusChange:
    """Check, change and record, on the row as it is once nobody else changes it."""
    held = _held(dossier)
    before = Status(held.status)
    check_move(before, after)
    change = StatusChange.objects.create(
        dossier=held,
        at=now or timezone.now(),
        by=by,
        before=before,
        after=after,
        outcome=outcome,
        reason=reason,
        event=event,
    )
    held.status = dossier.status = after
    held.save(update_fields=["status"])
    record(
        by=by,
        action="set_status",
        kind="dossier",
        object=held.reference,
        detail={"before": before.name.lower(), "after": after.name.lower()},
    )
    return change
