"""What who divides the work sees: which dossiers there are and who handles them, no content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.models import Assignment, Dossier, DutyDay
from vertrouwd.schools import supervision
from vertrouwd.schools.models import Supervision


@dataclass(frozen=True)
class Row:
    """One dossier without its content."""

    reference: str
    opened_at: object
    sector: str
    handlers: list[User]


@dataclass(frozen=True)
class Day:
    """One day of the rota."""

    date: date
    people: list[User]


def for_a_list(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Only what a row shows, the newest first."""
    return found.only("pk", "opened_at", "sector").order_by("-opened_at", "-pk")


def with_handlers(dossiers: Iterable[Dossier]) -> list[Row]:
    """Each with who handles it now."""
    dossiers = list(dossiers)
    held: dict[int, list[User]] = {}
    now = timezone.now()
    current = Assignment.objects.filter(dossier__in=dossiers, since__lte=now)
    for assignment in current.exclude(until__lte=now).select_related("user"):
        held.setdefault(assignment.dossier_id, []).append(assignment.user)
    return [Row(d.reference, d.opened_at, d.sector, held.get(d.pk, [])) for d in dossiers]


def who_handles(among: QuerySet[Dossier]) -> list[User]:
    """Everybody with one of these dossiers, also who has left: that must be ended as well."""
    current = Assignment.objects.filter(until__isnull=True, dossier__in=among.values("pk"))
    return list(User.objects.filter(pk__in=current.values("user")))


def rota(start: date, *, days: int) -> list[Day]:
    """Who is on duty from that day on."""
    return on_days([start + timedelta(days=number) for number in range(days)])


def on_days(days: Sequence[date]) -> list[Day]:
    """Who is on duty on each of these days."""
    people: dict[date, list[User]] = {}
    for row in DutyDay.objects.filter(date__in=days).select_related("user"):
        people.setdefault(row.date, []).append(row.user)
    return [Day(day, people.get(day, [])) for day in days]


def on_duty(on: date) -> list[int]:
    """The numbers of who is on duty that day."""
    return list(DutyDay.objects.filter(date=on).values_list("user_id", flat=True))


def interests(on: date) -> list[Supervision]:
    """The conflicts of interest that hold, or will, by person."""
    rows = Supervision.objects.filter(until__isnull=True) | supervision.current(on=on)
    shown = rows.select_related("user", "institution", "board", "recorded_by")
    return list(shown.order_by("user__name", "user__username", "pk"))
