"""Where reports are, kept in step with the ledger: the rows an act holds, and the fold applied."""

from collections.abc import Iterable

from django.db import connection

from vertrouwd.dossiers import ledger
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind

MOVING_REPORTS = 29240  # the number of our advisory lock on PostgreSQL


def one_at_a_time() -> None:
    """Acts that move reports follow each other, until the transaction ends; call it first.

    Locks on rows alone are taken in the order in which families turn out to be linked, so that two
    acts could wait for each other for ever. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MOVING_REPORTS])


def lock(dossiers: Iterable[Dossier | int | None]) -> None:
    """Hold the rows in one order, so that A into B and B into A wait for each other."""
    keys = (dossier.pk if isinstance(dossier, Dossier) else dossier for dossier in dossiers)
    if pks := {key for key in keys if key is not None}:
        one_at_a_time()
        rows = Dossier.objects.select_for_update().filter(pk__in=pks).order_by("pk")
        list(rows.values_list("pk", flat=True))


def lock_family(*dossiers: int | None) -> set[int]:
    """Hold every dossier whose reports an act on these may move; their numbers.

    While we waited another act may have linked more dossiers: look again until nothing is new.
    """
    held: set[int] = set()
    while (wanted := family(dossiers)) != held:
        lock(wanted)
        held = wanted
    return held


def lock_report(pk: int) -> Report:
    """The report as it is once no other act can move it."""
    while True:
        report = Report.objects.select_related("dossier").get(pk=pk)
        held = lock_family(report.dossier_id)
        report = Report.objects.select_related("dossier").get(pk=pk)
        if report.dossier_id in held:
            return report


def first_cause(event: LedgerEvent) -> LedgerEvent:
    """The event itself, or what it undoes, through undos of undos."""
    while event.undoes is not None:
        event = event.undoes
    return event


def is_redone(event: LedgerEvent) -> bool:
    """Whether an undo of this event lets the first act hold again: it is an undo itself."""
    undos = 0
    while event.undoes is not None:
        undos, event = undos + 1, event.undoes
    return undos % 2 == 1


def stands(first: LedgerEvent) -> bool:
    """Whether an act holds after all the undos of it, and the undos of those."""
    undos, last = 0, first
    while (undo := LedgerEvent.objects.filter(undoes=last).first()) is not None:
        undos, last = undos + 1, undo
    return undos % 2 == 0


def dossiers_of_undo(event: LedgerEvent) -> set[int]:
    """The dossiers with reports that an undo of this event is about: those that reports would
    leave or come into, and the two it was about at first."""
    first = first_cause(event)
    if first.kind == LedgerKind.NOT_THE_SAME:
        return set()
    touched = {first.source_id, first.dossier_id}
    for before, after in moves_of_undo(event).values():
        touched |= {before, after}
    there = Report.objects.filter(dossier__in=[pk for pk in touched if pk])
    return set(there.values_list("dossier", flat=True))


def moves_of_undo(event: LedgerEvent) -> dict[int, tuple[int, int]]:
    """Report -> the dossier it is in and the one it would be in, if this event were undone."""
    first = first_cause(event)
    if first.kind == LedgerKind.NOT_THE_SAME:
        return {}
    before = _whereabouts(family((first.source_id, first.dossier_id)))
    events = _events_about(before)
    last = max(each.number for each in events)
    undo = ledger.Event(last + 1, LedgerKind.UNDONE, undoes=event.pk)
    after = ledger.membership([*events, undo])
    return {
        report: (before[report], dossier) for report, dossier in ledger.moves(before, after).items()
    }


def move_reports(of: set[int]) -> None:
    """Let the stored dossier of every report of a family be the one the fold gives."""
    before = _whereabouts(of)
    after = ledger.membership(_events_about(before))
    moved: dict[int, list[int]] = {}
    for report, dossier in ledger.moves(before, after).items():
        moved.setdefault(dossier, []).append(report)
    for dossier, movers in moved.items():
        Report.objects.filter(pk__in=movers).update(dossier_id=dossier)


def _whereabouts(of: set[int]) -> dict[int, int]:
    """Report -> the dossier it is in, of all that ever were in one of a family."""
    intake = LedgerEvent.objects.filter(dossier_id__in=of, report__isnull=False)
    reports = set(intake.values_list("report_id", flat=True))
    return dict(Report.objects.filter(pk__in=reports).values_list("pk", "dossier_id"))


def family(dossiers: Iterable[int | None]) -> set[int]:
    """These dossiers and all that events of the ledger link to them, directly or through others."""
    found = {pk for pk in dossiers if pk is not None}
    while not (linked := _dossiers_linked_to(found)) <= found:
        found |= linked
    return found


def _dossiers_linked_to(dossiers: set[int]) -> set[int]:
    linked = LedgerEvent.objects.exclude(kind=LedgerKind.NOT_THE_SAME).filter(source__isnull=False)
    pairs = linked.filter(source_id__in=dossiers) | linked.filter(dossier_id__in=dossiers)
    return {pk for pair in pairs.values_list("source_id", "dossier_id") for pk in pair if pk}


def _events_about(reports: Iterable[int]) -> list[ledger.Event]:
    """The events that bear on these reports: their own and those of the dossiers they were in."""
    own = LedgerEvent.objects.filter(report_id__in=list(reports))
    dossiers = set(own.values_list("dossier_id", flat=True))
    moves_of_all = LedgerEvent.objects.filter(report__isnull=True, kind=LedgerKind.JOINED).filter(
        source_id__in=dossiers
    )
    about = {event.pk: event for event in [*own, *moves_of_all]}
    undoing = list(LedgerEvent.objects.filter(undoes_id__in=about))
    while undoing:
        about |= {event.pk: event for event in undoing}
        undoing = list(LedgerEvent.objects.filter(undoes_id__in=[event.pk for event in undoing]))
    return [as_event(event) for event in about.values()]


def as_event(row: LedgerEvent) -> ledger.Event:
    """The ledger's own form of a stored event."""
    return ledger.Event(
        number=row.pk,
        kind=LedgerKind(row.kind),
        report=row.report_id,
        source=row.source_id,
        dossier=row.dossier_id,
        undoes=row.undoes_id,
    )
