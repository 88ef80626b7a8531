"""Where the reports of an emptied dossier are now, and which dossiers became part of another."""

from django.db.models import Exists, OuterRef, QuerySet

from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report


def moved_to(dossier: Dossier) -> QuerySet[Dossier]:
    """The dossiers that hold what was once put in this one, by itself or by a separation.

    Ask it of a dossier that holds no report any more; whether one may see them is for the door.
    """
    put_here = LedgerEvent.objects.filter(report=OuterRef("pk"), dossier=dossier)
    holding = Report.objects.filter(Exists(put_here)).values("dossier")
    return Dossier.objects.filter(pk__in=holding).exclude(pk=dossier.pk).order_by("pk")


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
