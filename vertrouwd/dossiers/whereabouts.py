"""Where the reports of an emptied dossier are now, and which dossiers became part of another."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.access import holding_reports_of, visible_dossiers
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report


def where_it_went(reference: str, *, by: User, now: datetime | None = None) -> QuerySet[Dossier]:
    """Of an emptied dossier: the dossiers with its reports that this person may open."""
    return holding_reports_of(reference, among=visible_dossiers(by, now=now))


def merged_into(dossier: Dossier) -> QuerySet[Dossier]:
    """The emptied dossiers of which everything is in this one: their notes and tasks are its own.

    An emptied dossier whose reports went several ways is part of none: who may open the one might
    read there about the other.
    """
    return Dossier.objects.filter(pk__in=_merged([dossier.pk]).values("dossier")).order_by("pk")


def merged_into_each(dossiers: Iterable[int]) -> dict[int, list[Dossier]]:
    """The same of many, by number; two queries."""
    found: dict[int, list[Dossier]] = {pk: [] for pk in dossiers}
    pairs = set(_merged(found).values_list("report__dossier", "dossier"))
    parts = Dossier.objects.in_bulk({part for _, part in pairs})
    for whole, part in sorted(pairs):
        found[whole].append(parts[part])
    return found


def went_elsewhere(dossiers: Iterable[int]) -> dict[int, set[int]]:
    """Of these dossiers (numbers) those that hold no report any more: where their reports are now,
    as far as that is in none of these. One query."""
    held, found = list(dossiers), defaultdict[int, set[int]](set)
    passed = LedgerEvent.objects.filter(dossier__in=held, report__isnull=False)
    moved = passed.exclude(_holds_reports()).exclude(report__dossier__in=held).order_by()
    for dossier, into in moved.values_list("dossier", "report__dossier"):
        found[dossier].add(into)
    return dict(found)


def _merged(wholes: Iterable[int]) -> QuerySet[LedgerEvent]:
    """What once put a report that is in one of these into a dossier that is now part of it."""
    passed = LedgerEvent.objects.filter(dossier=OuterRef("dossier"), report__isnull=False)
    elsewhere = passed.exclude(report__dossier=OuterRef("report__dossier"))
    events = LedgerEvent.objects.filter(report__dossier__in=list(wholes)).order_by()
    return events.exclude(dossier=F("report__dossier")).exclude(
        _holds_reports() | Exists(elsewhere)
    )


def _holds_reports() -> Exists:
    return Exists(Report.objects.filter(dossier=OuterRef("dossier")))
