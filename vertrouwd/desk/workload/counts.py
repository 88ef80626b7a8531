"""Who has how much, for who divides the work: numbers only, never a dossier.

What does not exist for who looks, because they supervise the school, is not counted either.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import Holding, User
from vertrouwd.accounts.policy import Permission
from vertrouwd.desk.colleagues import who_may
from vertrouwd.desk.worklist.lists import not_closed, without_handler
from vertrouwd.dossiers.access import dossiers_to_divide
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.handlers import assigned
from vertrouwd.dossiers.models import Dossier, DutyDay, StatusChange, Task

WEEKS = 8


class Left(StrEnum):
    """Why somebody does no work that stands on their name."""

    ACCOUNT = "kan niet meer inloggen"
    ROLE = "behandelt geen dossiers meer"
    KEY = "kan niets meer openen"  # the key was revoked


@dataclass(frozen=True)
class Load:
    """What one colleague has."""

    person: User
    open: int  # not closed, those that wait included
    waiting: int  # for the reporter
    overdue: int  # own tasks that should have been done
    oldest: date | None  # the day the oldest was opened
    duty: date | None  # the next day of duty
    left: Left | None = None  # why these dossiers are nobody's in truth


@dataclass(frozen=True)
class Total:
    """What all have together, each dossier counted once."""

    open: int
    waiting: int


@dataclass(frozen=True)
class Week:
    """How many dossiers came and went in a week, which begins on Monday."""

    monday: date
    number: int
    opened: int
    closed: int


@dataclass(frozen=True)
class Workload:
    """Everything the page shows."""

    people: list[Load]
    total: Total
    unassigned: int
    weeks: list[Week]  # the newest first

    @property
    def stranded(self) -> int:
        """How many assignments stand with people who can do nothing any more."""
        return sum(load.open for load in self.people if load.left)


def workload(by: User, *, now: datetime) -> Workload:
    """Count it; the questions do not grow with the people or the dossiers."""
    dossiers = dossiers_to_divide(by, now=now).filter(not_closed())
    return Workload(
        people=_people(dossiers, now=now),
        total=_total(dossiers),
        unassigned=without_handler(by, now=now).count(),
        weeks=_weeks(by, now=now),
    )


def _people(dossiers: QuerySet[Dossier], *, now: datetime) -> list[Load]:
    today = timezone.localdate(now)
    among = Exists(dossiers.filter(pk=OuterRef("dossier")))
    held = assigned(now).filter(among).order_by()
    counted: dict[int, dict[str, Any]] = {
        row["user"]: dict(row)
        for row in held.values("user").annotate(
            open=Count("pk"),
            waiting=Count("pk", filter=Q(dossier__status=Status.WAITING)),
            oldest=Min("dossier__opened_at"),
        )
    }
    late = Task.objects.filter(done_at__isnull=True, due_on__lt=today).filter(among).order_by()
    overdue = dict(late.values_list("owner").annotate(Count("pk")))
    duty = DutyDay.objects.filter(date__gte=today).order_by()
    next_duty = dict(duty.values_list("user").annotate(Min("date")))
    here = who_may(Permission.HANDLE_CASES)
    owners = {owner for owner in overdue if owner}
    gone = User.objects.filter(pk__in=(counted.keys() | owners) - {person.pk for person in here})
    revoked = Holding.objects.filter(holder__revoked_at__isnull=False)
    closed_out = set(revoked.values_list("user", flat=True))
    return [
        Load(
            person=person,
            open=counted.get(person.pk, {}).get("open", 0),
            waiting=counted.get(person.pk, {}).get("waiting", 0),
            overdue=overdue.get(person.pk, 0),
            oldest=_day(counted.get(person.pk, {}).get("oldest")),
            duty=next_duty.get(person.pk),
            left=_left(person, handles=person in here, revoked=person.pk in closed_out),
        )
        for person in [*here, *gone]  # who left may still have dossiers: those are to be divided
    ]


def _left(person: User, *, handles: bool, revoked: bool) -> Left | None:
    if not person.is_active:
        return Left.ACCOUNT
    if not handles:
        return Left.ROLE
    return Left.KEY if revoked else None


def _total(dossiers: QuerySet[Dossier]) -> Total:
    waiting = Count("pk", filter=Q(status=Status.WAITING))
    return Total(**dossiers.order_by().aggregate(open=Count("pk"), waiting=waiting))


def _weeks(by: User, *, now: datetime) -> list[Week]:
    """The last eight weeks. What was closed and opened again in a week is not closed."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in range(WEEKS)]
    weeks = {day: Week(day, day.isocalendar().week, 0, 0) for day in mondays}
    start = _midnight(mondays[-1])
    seen = dossiers_to_divide(by, now=now)
    for at in seen.filter(opened_at__gte=start).order_by().values_list("opened_at", flat=True):
        if week := weeks.get(_monday(at)):
            weeks[week.monday] = replace(week, opened=week.opened + 1)
    closed: dict[int, date] = {}
    changes = StatusChange.objects.filter(at__gte=start).filter(
        Exists(seen.filter(pk=OuterRef("dossier")))
    )
    for dossier, at, after in changes.order_by("pk").values_list("dossier", "at", "after"):
        closed.pop(dossier, None)
        if after == Status.CLOSED:
            closed[dossier] = _monday(at)
    for day in closed.values():
        if week := weeks.get(day):
            weeks[day] = replace(week, closed=week.closed + 1)
    return list(weeks.values())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _monday(at: datetime) -> date:
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
