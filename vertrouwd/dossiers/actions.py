"""The acts on reports and dossiers: each checks, changes and records, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.bulk import insert, insert_rows
from vertrouwd.dossiers import codes
from vertrouwd.dossiers.following import follow
from vertrouwd.dossiers.life import reopen_for_new_reports
from vertrouwd.dossiers.membership import (
    family,
    first_cause,
    lock,
    lock_family,
    lock_report,
    move_reports,
    one_at_a_time,
)
from vertrouwd.dossiers.models import Coding, Dossier, LedgerEvent, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import Category, CodingReason, LedgerKind
from vertrouwd.schools.terms import Sector, Setting


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
def receive_reports(
    reports: list[Report],
    *,
    by: User,
    now: datetime | None = None,
    into: Sequence[Dossier | None] | None = None,
) -> list[Report]:
    """Store many reports in few statements; the caller records the act as a whole.

    `into` gives for each report the dossier it goes into, of the same length; None opens an own
    dossier. A dossier that is not stored yet is opened here, once, also when several reports go
    into it.
    """
    targets = list(into) if into is not None else [None] * len(reports)
    # A join that runs at the same moment must see these reports, or these must see the join.
    known = {d.pk for d in targets if d is not None and d.pk is not None}
    lock(known)
    at = now or timezone.now()
    dossiers = [
        target or dossier_for(report, at=at)
        for report, target in zip(reports, targets, strict=True)
    ]
    insert(list({id(d): d for d in dossiers if d.pk is None}.values()))
    for report, dossier in zip(reports, dossiers, strict=True):
        report.dossier = dossier
        report.recorded_at = at
    insert(reports)
    insert_rows(
        LedgerEvent,
        ["at", "by_id", "kind", "report_id", "dossier_id", "reason"],
        ((at, by.pk, LedgerKind.JOINED, r.pk, r.dossier_id, "") for r in reports),
    )
    if known:
        reopen_for_new_reports(known, by=by, at=at)
    return reports


@transaction.atomic
def join(
    source: Dossier, *, into: Dossier, by: User, reason: str = "", now: datetime | None = None
) -> LedgerEvent:
    """All reports of `source` move into `into`: one event, no report changes. Never recodes.

    Raises Refused when they are one dossier, or when one of them holds no report any more.
    """
    if source.pk == into.pk:
        raise Refused(f"{source.reference} cannot be joined with itself.")
    lock_family(source.pk, into.pk)
    for dossier in (source, into):
        if not dossier.reports.exists():
            raise Refused(f"{dossier.reference} holds no reports any more: they are elsewhere.")
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
    report = lock_report(report.pk)
    source = report.dossier
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
    first: Dossier, second: Dossier, *, by: User, now: datetime | None = None
) -> LedgerEvent:
    """Remember that a person judged: these two are not the same case."""
    if first.pk == second.pk:
        raise Refused(f"{first.reference} is one dossier.")
    one_at_a_time()
    return _happen(
        LedgerEvent(kind=LedgerKind.NOT_THE_SAME, source=first, dossier=second),
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
    first = first_cause(event)
    lock_family(first.source_id, first.dossier_id)
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
    seen: int | None = None,
    now: datetime | None = None,
) -> Coding:
    """Decide the coding of a dossier; the decision before it stays readable.

    `seen` is the number of the last decision one knew of, 0 for none: somebody who decides at the
    same moment is not overruled unseen. Raises Refused then, for values that are no codes, and for
    a dossier that holds no report any more.
    """
    if category not in list(Category) or sector not in list(Sector):
        raise Refused(f"{category}, {sector}: not a category and a sector.")
    if subcategory and subcategory not in codes.subcategory_names(category):
        raise Refused(f"{subcategory} is not a subcategory of {category}.")
    if reason not in list(CodingReason):
        raise Refused(f"A coding changes for a reason: {', '.join(CodingReason)}.")
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not dossier.reports.exists():
        raise Refused(f"{dossier.reference} holds no reports any more: they are elsewhere.")
    last = dossier.codings.order_by("pk").last()
    if seen is not None and seen != (last.pk if last else 0):
        raise Refused(gettext("Een collega heeft dit dossier intussen gecodeerd. Kijk opnieuw."))
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
    if sector != Sector.CHILDCARE:
        dossier.setting = ""
    elif not dossier.setting:
        dossier.setting = Setting.UNKNOWN
    dossier.save(update_fields=["category", "subcategory", "sector", "setting"])
    record(by=by, action="code_dossier", kind="dossier", object=dossier.reference)
    return coding


def _happen(event: LedgerEvent, *, by: User, now: datetime | None) -> LedgerEvent:
    """Store the event, move the reports as the fold says, record the act.

    The caller holds the dossiers: the numbers of their events then run in the order of the acts.
    """
    event.at, event.by = now or timezone.now(), by
    event.save()
    first = first_cause(event)
    if first.kind != LedgerKind.NOT_THE_SAME:
        move_reports(family((first.source_id, first.dossier_id)))
        follow(event, by=by, at=event.at)
    record(
        by=by,
        action={
            LedgerKind.JOINED: "join",
            LedgerKind.SEPARATED: "separate",
            LedgerKind.NOT_THE_SAME: "keep_apart",
            LedgerKind.UNDONE: "undo",
        }[LedgerKind(event.kind)],
        kind="dossier",
        object=Dossier(pk=first.source_id).reference,
        detail={"event": event.pk, "with": first.dossier_id},
    )
    return event
