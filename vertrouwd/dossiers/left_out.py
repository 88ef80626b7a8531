"""The dossiers that do not exist for somebody, counted out: the other side of `existing_for`."""

from datetime import datetime

from django.db.models import OuterRef

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.access import institutions_supervised, is_there
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report


def not_existing_for(by: User, *, now: datetime | None = None) -> set[int]:
    """The numbers of the dossiers that `existing_for` leaves out.

    Three questions that begin with the few institutions, where looking at every dossier would take
    as long as there are dossiers.
    """
    theirs = institutions_supervised(by, now)
    if not theirs:
        return set()
    own = Dossier.objects.filter(institution_id__in=theirs).values_list("pk", flat=True)
    told = Report.objects.filter(institution_id__in=theirs).order_by()
    closed = {*own, *told.values_list("dossier", flat=True)}
    passed = LedgerEvent.objects.filter(report__dossier__in=closed).order_by()
    emptied = passed.filter(~is_there(Report.objects.filter(dossier=OuterRef("dossier"))))
    return closed | set(emptied.values_list("dossier", flat=True))
