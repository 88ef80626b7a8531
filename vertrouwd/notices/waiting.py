"""What waits for somebody, as numbers: what came in, what is due today and what is late."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.attachments.unseen import unseen_files
from vertrouwd.dossiers.access import may_look_elsewhere, visible_dossiers
from vertrouwd.dossiers.casework_terms import MessageFrom, Status
from vertrouwd.dossiers.handlers import handled_by
from vertrouwd.dossiers.messages import unread_messages
from vertrouwd.dossiers.models import Assignment, Dossier, Message, Task
from vertrouwd.dossiers.tasks import tasks_known_to
from vertrouwd.privacy_requests.waiting import is_any_due, requests_due


@dataclass(frozen=True)
class DueCounts:
    """How many tasks and legal days are due on a day, and how many were due before."""

    today: int
    late: int

    def __bool__(self) -> bool:
        return bool(self.today or self.late)


@dataclass(frozen=True)
class ToDo:
    """A task that is due today or should have been done."""

    dossier: int
    kind: str
    on: date


@dataclass(frozen=True)
class InHand:
    """What a person has in hand; every number counts dossiers that this person may open."""

    dossiers: int  # handled, not closed, holding reports
    duties: tuple[date, ...]  # the days by which duties ask something there, as far as they came
    tasks: tuple[ToDo, ...]  # one's own, and those of nobody in dossiers one handles
    with_messages: int  # handled, in which a reporter wrote what nobody read yet
    with_files: int  # handled, in which a file came that nobody looked at yet


def anything_new(person: User, *, since: datetime, now: datetime) -> bool:
    """Whether a colleague gave this person a dossier or a task, or a reporter wrote or sent a file,
    since then.

    Only in dossiers that this person may open. What a reporter sent counts until somebody looked.
    """
    between = {"gt": since, "lte": now}
    seen = visible_dossiers(person, now=now)
    given = Assignment.objects.filter(user=person, until__isnull=True, **_in("since", between))
    tasks = Task.objects.filter(owner=person, done_at__isnull=True, **_in("made_at", between))
    told = Message.objects.filter(
        sender=MessageFrom.REPORTER, read_at__isnull=True, **_in("at", between)
    )
    files = unseen_files().filter(**_in("added_at", between))
    own = visible_dossiers(person, through=("assigned",), now=now)
    in_own = Exists(own.filter(pk=OuterRef("report__dossier")))
    return (
        given.exclude(assigned_by=person).filter(_of(seen)).exists()
        or tasks.exclude(made_by=person).filter(_of(seen)).exists()
        or told.filter(in_own).exists()
        or files.filter(in_own).exists()
    )


def in_hand(person: User, *, now: datetime) -> InHand:
    """What waits in the dossiers of this person, and their tasks elsewhere.

    What may wait is asked first: of a hundred thousand dossiers that is in few. Then which of those
    this person may open.
    """
    today = timezone.localdate(now)
    own = visible_dossiers(
        person, through=("assigned",), holding_reports=True, with_way=False, now=now
    )
    # One's own are begun with: where nothing says so, PostgreSQL looks at all that are not closed.
    handled = handled_by(person, now=now).exclude(dossier__status=Status.CLOSED).order_by()
    own_open = own.filter(pk__in=handled.values("dossier")).order_by()
    duty_days = dict(own_open.values_list("pk", "duty_due_on"))
    tasks = _tasks(person, until=today, now=now)
    news, files = (
        _dossiers_of(person, found, now=now) for found in (unread_messages(), unseen_files())
    )
    others = {task.dossier for task in tasks}.union(news, files).difference(duty_days)
    handles, may_do = _open_to(person, others, now=now)
    return InHand(
        dossiers=len(duty_days),
        duties=tuple(on for on in duty_days.values() if on and on <= today),
        tasks=tuple(task for task in tasks if task.dossier in may_do.union(duty_days)),
        with_messages=len(news & handles.union(duty_days)),
        with_files=len(files & handles.union(duty_days)),
    )


def due(person: User, *, now: datetime, having: InHand | None = None) -> DueCounts:
    """The clocks of this person: own tasks, and the tasks, duties and requests of dossiers one
    handles. `having`: what is in hand, when that was read."""
    having, today = having or in_hand(person, now=now), timezone.localdate(now)
    days = [*having.duties, *(task.on for task in having.tasks)]
    if is_any_due(until=today):
        # A request waits also when its dossier is closed.
        handled = visible_dossiers(person, through=("assigned",), now=now)
        asked = requests_due(person, own=handled, until=today, now=now)
        days += asked.values_list("due_on", flat=True)
    return DueCounts(today=sum(day == today for day in days), late=sum(day < today for day in days))


def _tasks(person: User, *, until: date, now: datetime) -> list[ToDo]:
    """Those of nobody where one handles the dossier; one's own also where one may look besides."""
    handled = Q(Exists(handled_by(person, now=now).filter(dossier=OuterRef("dossier"))))
    mine = (Q(owner=person) | Q(owner__isnull=True)) & handled
    if may_look_elsewhere(person, now=now):
        mine |= Q(owner=person)
    known = tasks_known_to(person, now=now)
    found = known.filter(mine, done_at__isnull=True, due_on__lte=until)
    return [ToDo(*row) for row in found.values_list("dossier", "kind", "due_on")]


def _dossiers_of(person: User, found: QuerySet[Any], *, now: datetime) -> set[int]:
    """The numbers of the dossiers with one of these messages or files that this person handles."""
    held = handled_by(person, now=now).filter(dossier=OuterRef("report__dossier"))
    return set(found.filter(Exists(held)).values_list("report__dossier", flat=True))


def _open_to(person: User, dossiers: set[int], *, now: datetime) -> tuple[set[int], set[int]]:
    """Of these, what this person handles and may open; and what is not closed, whichever way."""
    seen = visible_dossiers(person, now=now).filter(pk__in=dossiers).order_by()
    rows = [(each.pk, each.through, each.status) for each in seen.only("status")]  # type: ignore[attr-defined]
    return (
        {number for number, through, _ in rows if through == "assigned"},
        {number for number, _, status in rows if status != Status.CLOSED},
    )


def _in(field: str, between: dict[str, datetime]) -> dict[str, datetime]:
    return {f"{field}__{side}": at for side, at in between.items()}


def _of(dossiers: QuerySet[Dossier]) -> Exists:
    return Exists(dossiers.filter(pk=OuterRef("dossier")))
