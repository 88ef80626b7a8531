"""Where the reports of an emptied dossier are now, and which dossiers became part of another."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

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
    passed = LedgerEvent.objects.filter(report__dossier=dossier).values("dossier")
    elsewhere = LedgerEvent.objects.filter(dossier=OuterRef("pk"), report__isnull=False)
    return (
        Dossier.objects.filter(pk__in=passed)
        .exclude(pk=dossier.pk)
        .exclude(Exists(Report.objects.filter(dossier=OuterRef("pk"))))
        .exclude(Exists(elsewhere.exclude(report__dossier=dossier)))
        .order_by("pk")
    )
