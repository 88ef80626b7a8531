"""What the pages for joining and separating show besides the preview itself."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q

from vertrouwd.accounts.models import User
from vertrouwd.dossiers import previews
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.joining import are_kept_apart, kept_apart_from
from vertrouwd.dossiers.membership import first_cause
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.previews import Preview
from vertrouwd.duties.clocks import clocks

MOST = 20  # dossiers of the same institution that are offered


@dataclass(frozen=True)
class Candidate:
    """Another dossier of the same institution; `is_apart`: somebody judged it is another case."""

    dossier: Dossier
    number: int  # reports
    first: date  # the day of the first of them
    is_apart: bool


@dataclass(frozen=True)
class Clock:
    """Since when the institution has known, in either dossier and in both together."""

    source: date | None
    into: date | None

    @property
    def together(self) -> date | None:
        """The earliest: joining can only shorten a term of the law."""
        return min((day for day in (self.source, self.into) if day), default=None)

    @property
    def is_shorter(self) -> bool:
        """Whether it begins earlier for one of them than it does now."""
        return any(day != self.together for day in (self.source, self.into) if day)


@dataclass(frozen=True)
class JoinPage:
    """A join to decide on."""

    source: Dossier
    into: Dossier
    preview: Preview
    clock: Clock
    is_apart: bool


def candidates(dossier: Dossier, *, by: User) -> list[Candidate]:
    """The dossiers of the same institution that this person may open, the newest first."""
    institutions = {dossier.institution_id, *dossier.reports.values_list("institution", flat=True)}
    numbers = [number for number in institutions if number]
    there = Exists(Report.objects.filter(dossier=OuterRef("pk"), institution__in=numbers))
    among = visible_dossiers(by).filter(Q(institution__in=numbers) | there).exclude(pk=dossier.pk)
    counted = among.annotate(number=Count("reports"), first=Min("reports__received_on"))
    apart = {other.pk for other, _ in kept_apart_from(dossier)}
    found = counted.filter(number__gt=0).select_related("institution").order_by("-first", "-pk")
    return [Candidate(each, each.number, each.first, each.pk in apart) for each in found[:MOST]]


def join_page(source: Dossier, into: Dossier) -> JoinPage:
    """What to decide on when `source` would go into `into`."""
    return JoinPage(
        source=source,
        into=into,
        preview=previews.of_join(source, into),
        clock=Clock(clocks(source).since, clocks(into).since),
        is_apart=are_kept_apart(source, into),
    )


def earlier_first(one: Dossier, other: Dossier) -> tuple[Dossier, Dossier]:
    """What goes into what unless somebody chooses otherwise: the older number stays."""
    first, second = sorted((one, other), key=lambda dossier: dossier.pk)
    return second, first


def event_of(dossier: Dossier, number: int) -> LedgerEvent | None:
    """An event about this dossier, or the undo of one; None for any other number."""
    event = LedgerEvent.objects.filter(pk=number).first()
    if event is None:
        return None
    first = first_cause(event)
    return event if dossier.pk in (first.source_id, first.dossier_id) else None
