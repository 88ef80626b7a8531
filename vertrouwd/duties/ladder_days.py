"""Which rung of the ladder comes next, for many dossiers at once.

The same as `clocks(dossier).ladder` says of each; here in a number of queries that does not grow
with the dossiers.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet

from vertrouwd.dossiers.access import is_there
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.duties.clocks import clocks_of
from vertrouwd.duties.models import TrackStep
from vertrouwd.duties.terms import RUNGS, Step

OPENED = Q(kind=LedgerKind.JOINED, source__isnull=True)  # the event a report came in with


@dataclass(frozen=True)
class LadderDay:
    """The first rung that nobody has taken, also when its day is past."""

    step: int
    by: str
    due: date
    verified: bool


def on_the_ladder(among: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Of these, the dossiers in which a refusal to file stands, also in what was joined to them."""
    refused = TrackStep.objects.filter(step=Step.REFUSED, withdrawn_at__isnull=True).order_by()
    emptied = refused.filter(~is_there(Report.objects.filter(dossier=OuterRef("dossier"))))
    opened = LedgerEvent.objects.filter(OPENED, dossier__in=emptied.values("dossier")).order_by()
    joined = opened.filter(report__isnull=False).values("report__dossier")
    return among.filter(pk__in=refused.values("dossier").union(joined))


def next_ladder_days(dossiers: Collection[int]) -> dict[int, LadderDay]:
    """Of these dossiers (numbers), those with a ladder that runs; four queries."""
    return {
        number: LadderDay(rung.step, rung.by, rung.due, rung.verified)
        for number, found in clocks_of(dossiers).items()
        if (rung := next((r for r in found.ladder if RUNGS[r.step] not in found.track), None))
    }
