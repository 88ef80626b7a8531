"""Which rung of the ladder comes next, for many dossiers at once.

The same as `clocks(dossier).ladder` says of each; here in a number of queries that does not grow
with the dossiers.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from vertrouwd.dossiers.access import is_there
from vertrouwd.dossiers.models import LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.duties.ladder import LadderDay
from vertrouwd.duties.models import TrackStep
from vertrouwd.duties.running import running_of
from vertrouwd.duties.terms import Step

OPENED = Q(kind=LedgerKind.JOINED, source__isnull=True)  # the event a report came in with


def standing_refusals() -> QuerySet[TrackStep]:
    """The refusals to file that nobody withdrew."""
    return TrackStep.objects.filter(step=Step.REFUSED, withdrawn_at__isnull=True).order_by()


def refused_and_emptied() -> QuerySet[Any]:
    """The numbers of the dossiers in which one stands and of which the reports went elsewhere."""
    moved = standing_refusals().filter(dossier__in=with_reports_moved())
    held = Report.objects.filter(dossier=OuterRef("dossier"))
    return moved.filter(~is_there(held)).values("dossier")


def with_reports_moved() -> QuerySet[Any]:
    """The numbers of the dossiers that reports left or came to: an emptied one is among these."""
    # Any number, as a range: by «is not null» SQLite reads no index.
    moves = LedgerEvent.objects.filter(source__gt=0).order_by()
    return moves.values("source").union(moves.values("dossier"))


def next_ladder_days(dossiers: Collection[int]) -> dict[int, LadderDay]:
    """Of these dossiers (numbers), those with a ladder that runs; three queries."""
    return {number: rung for number, found in running_of(dossiers).items() if (rung := found.rung)}
