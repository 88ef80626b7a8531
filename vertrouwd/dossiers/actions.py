"""The acts on reports and dossiers: each checks, changes and records, in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers import ledger
from vertrouwd.dossiers.models import Coding, Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind


class Refused(Exception):
    """The act is not possible now; the message says why, in words for the person who tried."""


def dossier_for(report: Report, *, at: datetime) -> Dossier:
    """A new dossier, not yet stored, with the coding of the report it opens with."""
    return Dossier(
        opened_at=at,
        institution_id=report.institution_id,
        sector=report.sector,
        setting=report.setting,
        category=report.category,
        subcategory=report.subcategory,
    )


@transaction.atomic
def receive_report(report: Report, *, by: User, now: datetime | None = None) -> Report:
    """Store a report; its own dossier opens at once."""
    [stored] = receive_reports([report], by=by, now=now)
    record(by=by, action="receive_report", kind="report", object=stored.reference)
    return stored


@transaction.atomic
def receive_reports(
    reports: list[Report],
    *,
    by: User,
    now: datetime | None = None,
    into: list[Dossier | None] | None = None,
) -> list[Report]:
    """Store many reports in few statements; the caller records the act as a whole.

    `into` gives for each report the stored dossier it goes into; None opens an own dossier.
    """
    at = now or timezone.now()
    targets = into or [None] * len(reports)
    new = [
        dossier_for(report, at=at)
        for report, target in zip(reports, targets, strict=True)
        if target is None
    ]
    opened = iter(Dossier.objects.bulk_create(new))
    for report, target in zip(reports, targets, strict=True):
        report.dossier = target or next(opened)
        report.recorded_at = at
    stored = Report.objects.bulk_create(reports)
    LedgerEvent.objects.bulk_create(
        LedgerEvent(
            at=at, by=by, kind=LedgerKind.JOINED, report=report, dossier_id=report.dossier_id
        )
        for report in stored
    )
    return stored


@transaction.atomic
def join(
    source: Dossier, *, into: Dossier, by: User, reason: str = "", now: datetime | None = None
) -> LedgerEvent:
    """All reports of `source` move into `into`: one event, no report changes. Never recodes.

    Raises Refused when they are one dossier, or when `source` holds no report any more.
    """
    _lock(source, into)
    if source.pk == into.pk:
        raise Refused(f"{source.reference} cannot be joined with itself.")
    if not source.reports.exists():
        raise Refused(f"{source.reference} holds no reports any more: they were joined elsewhere.")
    if not into.reports.exists():
        raise Refused(f"{into.reference} holds no reports any more: they were joined elsewhere.")
    return _happen(
        LedgerEvent(kind=LedgerKind.JOINED, source=source, dossier=into, reason=reason),
        by=by,
        now=now,
    )


@transaction.atomic
def separate(
    report: Report, *, by: User, reason: str = "", now: datetime | None = None
) -> LedgerEvent:
    """The report leaves its dossier for a new one with its own coding: one event.

    Raises Refused when it is the only report there.
    """
    source = Dossier.objects.select_for_update().get(pk=report.dossier_id)
    if source.reports.count() < 2:
        raise Refused(f"{report.reference} is the only report in {source.reference}.")
    fresh = dossier_for(report, at=now or timezone.now())
    fresh.save()
    return _happen(
        LedgerEvent(
            kind=LedgerKind.SEPARATED, report=report, source=source, dossier=fresh, reason=reason
        ),
        by=by,
        now=now,
    )


@transaction.atomic
def keep_apart(
    first: Dossier, second: Dossier, *, by: User, reason: str = "", now: datetime | None = None
) -> LedgerEvent:
    """Remember that a person judged: these two are not the same case."""
    if first.pk == second.pk:
        raise Refused(f"{first.reference} is one dossier.")
    return _happen(
        LedgerEvent(kind=LedgerKind.NOT_THE_SAME, source=first, dossier=second, reason=reason),
        by=by,
        now=now,
    )


@transaction.atomic
def undo(event: LedgerEvent, *, by: User, now: datetime | None = None) -> LedgerEvent:
    """Take one event back: one more event, which can be undone as well.

    Raises Refused when it was undone before, or when it is the intake of a report.
    """
    if event.kind == LedgerKind.JOINED and event.source_id is None:
        raise Refused("A report stays in a dossier: its intake cannot be undone.")
    if LedgerEvent.objects.filter(undoes=event).exists():
        raise Refused("This was undone before.")
    return _happen(LedgerEvent(kind=LedgerKind.UNDONE, undoes=event), by=by, now=now)


@transaction.atomic
def code_dossier(
    dossier: Dossier,
    *,
    category: str,
    subcategory: str,
    sector: str,
    by: User,
    reason: str,
    now: datetime | None = None,
) -> Coding:
    """Decide the coding of a dossier; the decision before it stays readable."""
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    coding = Coding.objects.create(
        at=now or timezone.now(),
        by=by,
        dossier=dossier,
        category_before=dossier.category,
        subcategory_before=dossier.subcategory,
        sector_before=dossier.sector,
        category=category,
        subcategory=subcategory,
        sector=sector,
        reason=reason,
    )
    dossier.category, dossier.subcategory, dossier.sector = category, subcategory, sector
    dossier.save(update_fields=["category", "subcategory", "sector"])
    record(by=by, action="code_dossier", kind="dossier", object=dossier.reference)
    return coding


def _lock(*dossiers: Dossier) -> None:
    """Hold the rows in one order, so that A into B and B into A wait for each other."""
    list(Dossier.objects.select_for_update().filter(pk__in=[d.pk for d in dossiers]).order_by("pk"))


def _happen(event: LedgerEvent, *, by: User, now: datetime | None) -> LedgerEvent:
    """Store the event, move the reports as the fold says, record the act."""
    event.at, event.by = now or timezone.now(), by
    event.save()
    reports = _reports_touched_by(event)
    before = dict(Report.objects.filter(pk__in=reports).values_list("pk", "dossier_id"))
    after = ledger.membership(_events_about(reports))
    for report, dossier in ledger.moves(before, after).items():
        Report.objects.filter(pk=report).update(dossier_id=dossier)
    first = event.undoes or event
    record(
        by=by,
        action={
            LedgerKind.JOINED: "join",
            LedgerKind.SEPARATED: "separate",
            LedgerKind.NOT_THE_SAME: "keep_apart",
            LedgerKind.UNDONE: "undo",
        }[LedgerKind(event.kind)],
        kind="dossier",
        object=Dossier(pk=first.source_id).reference if first.source_id else "",
        detail={"event": event.pk, "with": first.dossier_id},
    )
    return event


def _reports_touched_by(event: LedgerEvent) -> set[int]:
    """Every report that ever was in a dossier the event is about, directly or through others."""
    first = event
    while first.undoes is not None:
        first = first.undoes
    dossiers = {pk for pk in (first.source_id, first.dossier_id) if pk}
    while True:
        neighbours = _dossiers_linked_to(dossiers)
        if neighbours <= dossiers:
            break
        dossiers |= neighbours
    return set(
        LedgerEvent.objects.filter(dossier_id__in=dossiers, report__isnull=False).values_list(
            "report_id", flat=True
        )
    )


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


def latest_event() -> int:
    """The number of the newest event, 0 when there is none."""
    return LedgerEvent.objects.aggregate(last=Max("pk"))["last"] or 0
