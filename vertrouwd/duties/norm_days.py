"""What is still owed in many dossiers, by a norm of the house.

The law says «onverwijld» and gives no day; the norm of the house does (`due.py`). A dossier that
was emptied counts for the one its reports went to.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from vertrouwd.dossiers.access import is_there
from vertrouwd.dossiers.models import Report
from vertrouwd.duties.due import DONE_BY
from vertrouwd.duties.ladder_days import with_reports_moved
from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep


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
