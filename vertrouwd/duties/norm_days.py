"""In which of many dossiers something is still to be done by a norm of the house.

The law says «onverwijld» and gives no day; the norm of the house does (`due.py`). A dossier that
was emptied counts for the one its reports went to. Found here are those in which a duty is owed
that no step ended; `due` of their clocks says whether, and by when.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from vertrouwd.dossiers.access import is_there
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.duties.due import DONE_BY
from vertrouwd.duties.ladder_days import OPENED, with_reports_moved
from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep


def waiting_for_a_step(among: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Of these, the dossiers that owe what no step of their own has ended."""
    owed = owed_and_not_done()
    opened = LedgerEvent.objects.filter(OPENED, dossier__in=emptied_of(owed)).order_by()
    joined = set(opened.values_list("report__dossier", flat=True))
    own = is_there(owed.filter(assessment__dossier=OuterRef("pk")))
    return among.filter(own | Q(pk__in=joined) if joined else own)


def emptied_of(owed: QuerySet[OwedDuty]) -> QuerySet[Any]:
    """The numbers of the dossiers of these duties of which the reports went elsewhere."""
    moved = owed.filter(assessment__dossier__in=with_reports_moved())
    held = Report.objects.filter(dossier=OuterRef("assessment__dossier"))
    return moved.filter(~is_there(held)).order_by().values("assessment__dossier")


def owed_and_not_done() -> QuerySet[OwedDuty]:
    """What the last assessment of a dossier says, and no step of that dossier has ended."""
    later = DutyAssessment.objects.filter(
        dossier=OuterRef("assessment__dossier"), pk__gt=OuterRef("assessment")
    )
    steps = TrackStep.objects.filter(
        dossier=OuterRef("assessment__dossier"), withdrawn_at__isnull=True
    )
    not_done = reduce(
        or_, (Q(duty=duty) & ~Exists(steps.filter(step__in=by)) for duty, by in DONE_BY.items())
    )
    return OwedDuty.objects.filter(~Exists(later)).filter(not_done)
