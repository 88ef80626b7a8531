"""Which dossiers stand on which list, and which tasks on that of what is due."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.desk.worklist.choices import Choice, List, Sort
from vertrouwd.desk.worklist.keyset import Order, by_day, by_moment
from vertrouwd.dossiers.access import WAYS, dossiers_to_divide, is_there, visible_dossiers
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.models import Assignment, Dossier, Task
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.waiting import is_any_due
from vertrouwd.privacy_requests.waiting import requests_due as requests_due_of

SOON = timedelta(days=14)
ONES_OWN = ("assigned", "glass")
BY_DUE = by_day("due_on")
BY_ASKED = by_day("asked_by")


def dossiers_of(choice: Choice, person: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """The dossiers of the chosen list that pass its filters, in no order yet."""
    now = now or timezone.now()
    found = _LISTS[choice.list](person, now).filter(**choice.columns)
    return found.select_related("institution")


def order_of(choice: Choice) -> Order:
    """The order of a list of dossiers."""
    return by_moment("opened_at", descending=choice.sort == Sort.NEWEST)


def asked_by_duty(
    choice: Choice, person: User, *, now: datetime | None = None
) -> QuerySet[Dossier]:
    """The dossiers of the list in which a duty asks something by a day, however far off."""
    return dossiers_of(choice, person, now=now).filter(asked_by__isnull=False)


def tasks_due(choice: Choice, person: User, *, now: datetime | None = None) -> QuerySet[Task]:
    """What is to be done within two weeks, or should have been done, in dossiers one may open.

    One's own tasks, those of nobody, and those in dossiers one handles.
    """
    now = now or timezone.now()
    horizon = timezone.localdate(now) + SOON
    held = Assignment.objects.filter(current(now), dossier=OuterRef("dossier"), user=person)
    open_ = visible_dossiers(person, with_way=False, now=now).filter(**choice.columns)
    open_ = open_.filter(not_closed())
    due = Task.objects.filter(done_at__isnull=True, due_on__lte=horizon)
    ours = due.filter(Q(owner=person) | Q(owner__isnull=True) | is_there(held))
    seen = ours.filter(is_there(open_.filter(pk=OuterRef("dossier"))))
    return seen.select_related("dossier__institution", "owner")


def requests_due(
    choice: Choice, person: User, *, now: datetime | None = None
) -> QuerySet[PrivacyRequest]:
    """Requests about one's own data to be answered within two weeks, about dossiers one handles.

    The filters are about dossiers: with one of them nothing is shown.
    """
    now = now or timezone.now()
    until = timezone.localdate(now) + SOON
    if choice.filters or not is_any_due(until=until):
        return PrivacyRequest.objects.none()
    own = visible_dossiers(person, through=("assigned",), with_way=False, now=now)
    return requests_due_of(person, own=own, until=until, now=now)


def how_many_own_open(person: User, *, now: datetime | None = None) -> int:
    """How many dossiers stand on the list of one's own.

    The assignments are asked first: they say of which dossiers the rest is to be looked at.
    """
    now = now or timezone.now()
    held = Assignment.objects.filter(current(now), user=person).order_by()
    assigned = held.exclude(dossier__status=Status.CLOSED).values_list("dossier", flat=True)
    found = 0
    for through, among in (("assigned", Q(pk__in=list(assigned))), ("glass", Q())):
        seen = visible_dossiers(
            person, through=(through,), holding_reports=True, with_way=False, now=now
        )
        found += seen.filter(not_closed()).filter(among).count()
    return found


def without_handler(person: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """For who divides the work: those that nobody handles and that are not closed."""
    now = now or timezone.now()
    return _without_handler(dossiers_to_divide(person, now=now).filter(not_closed()), now)


def not_closed() -> Q:
    """As the index of the work list says it."""
    return ~Q(status=Status.CLOSED)


def current(now: datetime) -> Q:
    """An assignment that holds."""
    return Q(since__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))


def _seen(person: User, now: datetime, *, through: Collection[str] = WAYS) -> QuerySet[Dossier]:
    """Not those whose reports all moved elsewhere: their number resolves, they are no work."""
    return visible_dossiers(person, through=through, holding_reports=True, for_a_list=True, now=now)


def _mine(person: User, now: datetime) -> QuerySet[Dossier]:
    return _seen(person, now, through=ONES_OWN).filter(not_closed())


def _team(person: User, now: datetime) -> QuerySet[Dossier]:
    return _seen(person, now).filter(not_closed())


def _waiting(person: User, now: datetime) -> QuerySet[Dossier]:
    return _seen(person, now).filter(status=Status.WAITING)


def _unassigned(person: User, now: datetime) -> QuerySet[Dossier]:
    found = _seen(person, now, through=("duty",)).filter(not_closed())
    return _without_handler(found, now)


def _closed(person: User, now: datetime) -> QuerySet[Dossier]:
    return _seen(person, now).filter(status=Status.CLOSED)


def _without_handler(found: QuerySet[Dossier], now: datetime) -> QuerySet[Dossier]:
    held = Assignment.objects.filter(current(now), dossier=OuterRef("pk"))
    return found.filter(~is_there(held))


_LISTS = {
    List.MINE: _mine,
    List.TEAM: _team,
    List.DUE: _team,
    List.WAITING: _waiting,
    List.UNASSIGNED: _unassigned,
    List.CLOSED: _closed,
}
