"""The rows of the work list as a page shows them; the queries do not grow with the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.desk.call_backs import Safe, hours_on, said_in
from vertrouwd.desk.worklist.told import told_in
from vertrouwd.dossiers.casework_terms import Status, TaskKind
from vertrouwd.dossiers.handlers import assigned
from vertrouwd.dossiers.models import Dossier, Task
from vertrouwd.dossiers.tasks import tasks_known_to
from vertrouwd.duties.due import Due as DutyDue
from vertrouwd.duties.ladder_days import next_ladder_days
from vertrouwd.duties.running import running_of
from vertrouwd.privacy_requests.restricting import restricted_among


@dataclass(frozen=True)
class Due:
    """The first day on which something is to be done."""

    on: date
    what: str
    is_legal: bool
    is_late: bool
    is_today: bool
    is_norm: bool = False  # of the house: the law gives no day


@dataclass(frozen=True)
class CallBack:
    """When a reporter is called back, and the hours of that day that are safe, in words."""

    on: date
    hours: str


@dataclass(frozen=True)
class Row:
    """One dossier, or one task of it."""

    dossier: Dossier
    handlers: list[User]
    reports: int
    due: Due | None
    is_restricted: bool = False  # only kept, after a request (AVG 18)
    has_news: bool = False  # a reporter wrote, and nobody who works on it read it yet
    has_files: bool = False  # a reporter sent a file that nobody looked at yet
    call_back: CallBack | None = None  # the first that was agreed with safe hours, today or later
    first: date | None = None  # the day of its first report, when it was not opened on that day

    @property
    def waits(self) -> bool:
        return self.dossier.status == Status.WAITING

    @property
    def is_closed(self) -> bool:
        return self.dossier.status == Status.CLOSED

    @property
    def category(self) -> str:
        return gettext(self.dossier.category) if self.dossier.category else "–"

    @property
    def subcategory(self) -> str:
        return gettext(self.dossier.subcategory) if self.dossier.subcategory else ""

    @property
    def through_glass(self) -> bool:
        return getattr(self.dossier, "through", "") == "glass"


def rows_of(dossiers: Sequence[Dossier], *, by: User, now: datetime) -> list[Row]:
    """Each dossier with who handles it, how many reports it holds, and what is due first.

    `by` is who reads.
    """
    numbers, today = [dossier.pk for dossier in dossiers], timezone.localdate(now)
    handlers, told = _handlers(numbers, now), told_in(numbers)
    tasks = _open_tasks(tasks_known_to(by, now=now).filter(dossier__in=numbers))
    legal, restricted = next_ladder_days(numbers), restricted_among(numbers)
    found = []
    for dossier in dossiers:
        of, open_ = told[dossier.pk], tasks.get(dossier.pk, [])
        days = [_due(on, gettext(kind), today) for on, kind in open_[:1]]
        if rung := legal.get(dossier.pk):
            days.append(_due(rung.due, _rung(rung.step), today, is_legal=True))
        due = min(days, key=lambda each: (each.on, not each.is_legal), default=None)
        is_other_day = of.first != timezone.localdate(dossier.opened_at)
        found.append(
            Row(
                dossier, handlers.get(dossier.pk, []), of.reports, due,
                is_restricted=dossier.pk in restricted,
                has_news=of.has_news, has_files=of.has_files,
                call_back=_call_back(open_, of.safe, today),
                first=of.first if is_other_day else None,
            )
        )  # fmt: skip
    return found


def rows_of_tasks(tasks: Sequence[Task], *, now: datetime) -> list[Row]:
    """Each task as a row: who does it, in which dossier; of a call back also when it is safe."""
    today = timezone.localdate(now)
    safe = said_in({task.dossier_id for task in tasks if task.kind == TaskKind.CALL_BACK})
    return [
        Row(
            task.dossier,
            [task.owner] if task.owner else [],
            0,
            _due(task.due_on, gettext(task.kind), today),
            call_back=_call_back([(task.due_on, task.kind)], safe.get(task.dossier_id, []), today),
        )
        for task in tasks
    ]


def rows_of_duties(dossiers: Sequence[Dossier], *, now: datetime) -> list[Row]:
    """Of these dossiers those in which a duty asks something by a day, the first day first.

    That day is of the ladder, or of the norm of the house.
    """
    today = timezone.localdate(now)
    found = running_of([dossier.pk for dossier in dossiers])
    first = {pk: each.first_by_a_day for pk, each in found.items()}
    handlers = _handlers([pk for pk, due in first.items() if due], now)
    rows = [
        Row(dossier, handlers.get(dossier.pk, []), 0, _of_duty(due, today))
        for dossier in dossiers
        if (due := first[dossier.pk])
    ]
    return sorted(rows, key=lambda row: (row.due.on if row.due else today, row.dossier.pk))


def _of_duty(due: DutyDue, today: date) -> Due:
    assert due.on is not None
    if due.rung:
        return _due(due.on, _rung(due.rung), today, is_legal=True)
    assert due.duty is not None
    return _due(due.on, gettext(due.duty.value), today, is_legal=True, is_norm=True)


def _due(on: date, what: str, today: date, *, is_legal: bool = False, is_norm: bool = False) -> Due:
    return Due(on, what, is_legal, is_late=on < today, is_today=on == today, is_norm=is_norm)


def _open_tasks(tasks: QuerySet[Task]) -> dict[int, list[tuple[date, str]]]:
    """Of each dossier with tasks that are not done: their days and kinds, the first one first."""
    found: dict[int, list[tuple[date, str]]] = {}
    open_ = tasks.filter(done_at__isnull=True)
    for dossier, on, kind in open_.values_list("dossier", "due_on", "kind"):
        found.setdefault(dossier, []).append((on, kind))
    return found


def _call_back(
    tasks: Iterable[tuple[date, str]], safe: Sequence[Safe], today: date
) -> CallBack | None:
    """The first to come of which safe hours are known; hours that are past say nothing any more."""
    to_come = (on for on, kind in tasks if kind == TaskKind.CALL_BACK and on >= today)
    return next((CallBack(on, hours) for on in to_come if (hours := hours_on(on, safe))), None)


def _rung(step: int) -> str:
    return gettext("Ladder, stap %(step)s") % {"step": step}


def _handlers(numbers: Sequence[int], now: datetime) -> dict[int, list[User]]:
    rows = assigned(now).filter(dossier__in=numbers).order_by("pk")
    pairs = list(rows.values_list("dossier", "user"))
    people = User.objects.in_bulk({user for _, user in pairs})
    held: dict[int, list[User]] = {}
    for dossier, user in pairs:
        held.setdefault(dossier, []).append(people[user])
    return held
