"""Where the reports of an emptied dossier are now, and which dossiers became part of another."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.access import REFERENCE, visible_dossiers
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report


def where_it_went(reference: str, *, by: User, now: datetime | None = None) -> QuerySet[Dossier]:
    """Of an emptied dossier: the dossiers with its reports that this person may open.

    An old number leads there for whoever may open that, also who never could open the old one. One
    question, whatever is asked for.
    """
    match = REFERENCE.fullmatch(reference)
    number = int(match[1]) if match else 0
    put_there = LedgerEvent.objects.filter(dossier=number, report__dossier=OuterRef("pk"))
    still_there = Report.objects.filter(dossier=number)
    found = visible_dossiers(by, now=now).filter(Exists(put_there)).exclude(Exists(still_there))
    return found.order_by("pk")


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
