"""What waits for somebody, as numbers: what came in, what is due today and what is late."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.casework_terms import MessageFrom, Status
from vertrouwd.dossiers.models import Assignment, Dossier, Message, Task
from vertrouwd.duties.ladder_days import next_ladder_days, on_the_ladder
from vertrouwd.privacy_requests.waiting import requests_due


@dataclass(frozen=True)
class DueCounts:
    """How many tasks and legal days are due on a day, and how many were due before."""

    today: int
    late: int

    def __bool__(self) -> bool:
        return bool(self.today or self.late)


def anything_new(person: User, *, since: datetime, now: datetime) -> bool:
    """Whether a colleague gave this person a dossier or a task, or a reporter wrote, since then.

    Only in dossiers that this person may open. A word of the reporter counts until it is read.
    """
    between = {"gt": since, "lte": now}
    seen = visible_dossiers(person, now=now)
    given = Assignment.objects.filter(user=person, until__isnull=True, **_in("since", between))
    tasks = Task.objects.filter(owner=person, done_at__isnull=True, **_in("made_at", between))
    told = Message.objects.filter(
        sender=MessageFrom.REPORTER, read_at__isnull=True, **_in("at", between)
    )
    own = visible_dossiers(person, through=("assigned",), now=now)
    return (
        given.exclude(assigned_by=person).filter(_of(seen)).exists()
        or tasks.exclude(made_by=person).filter(_of(seen)).exists()
        or told.filter(Exists(own.filter(pk=OuterRef("report__dossier")))).exists()
    )


def due(person: User, *, now: datetime) -> DueCounts:
    """The clocks of this person: own tasks, and the tasks, ladders and requests of dossiers one
    handles."""
    today = timezone.localdate(now)
    own = visible_dossiers(person, through=("assigned",), now=now).exclude(status=Status.CLOSED)
    seen = visible_dossiers(person, now=now).exclude(status=Status.CLOSED)
    tasks = Task.objects.filter(done_at__isnull=True, due_on__lte=today)
    mine = tasks.filter(_of(seen)).filter(
        Q(owner=person) | Q(owner__isnull=True) & _of(own)
    )  # fmt: skip
    days = list(mine.values_list("due_on", flat=True))
    ladders = on_the_ladder(own).values_list("pk", flat=True)
    days += [rung.due for rung in next_ladder_days(list(ladders)).values()]
    # A request waits also when its dossier is closed.
    handled = visible_dossiers(person, through=("assigned",), now=now)
    asked = requests_due(person, own=handled, until=today, now=now)
    days += asked.values_list("due_on", flat=True)
    return DueCounts(today=sum(day == today for day in days), late=sum(day < today for day in days))


def _in(field: str, between: dict[str, datetime]) -> dict[str, datetime]:
    return {f"{field}__{side}": at for side, at in between.items()}


def _of(dossiers: QuerySet[Dossier]) -> Exists:
    return Exists(dossiers.filter(pk=OuterRef("dossier")))
