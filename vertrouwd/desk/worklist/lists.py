"""Which dossiers stand on which list, and which tasks on that of what is due."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.attachments.unseen import unseen_files
from vertrouwd.desk.worklist.choices import Choice, List, Sort
from vertrouwd.desk.worklist.keyset import Order, by_day, by_moment
from vertrouwd.dossiers.access import WAYS, dossiers_to_divide, is_there, visible_dossiers
from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.handlers import assigned, handled_by
from vertrouwd.dossiers.messages import unread_messages
from vertrouwd.dossiers.models import Dossier, Task
from vertrouwd.dossiers.tasks import tasks_known_to
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.waiting import is_any_due
from vertrouwd.privacy_requests.waiting import requests_due as requests_due_of

SOON = timedelta(days=14)
ONES_OWN = ("assigned", "glass")
P = Permission
BY_DUE = by_day("due_on")
BY_DUTY = by_day("duty_due_on")


def dossiers_of(choice: Choice, person: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """The dossiers of the chosen list that pass its filters, in no order yet."""
    now = now or timezone.now()
    found = _LISTS[choice.list](person, now).filter(**choice.columns)
    return found.select_related("institution")


def order_of(choice: Choice) -> Order:
    """The order of a list of dossiers."""
    return by_moment("opened_at", descending=choice.sort == Sort.NEWEST)


def with_duty_due(
    choice: Choice, person: User, *, now: datetime | None = None
) -> QuerySet[Dossier]:
    """The dossiers of the list in which a duty asks something by a day, however far off."""
    return dossiers_of(choice, person, now=now).filter(duty_due_on__isnull=False)


def tasks_due(choice: Choice, person: User, *, now: datetime | None = None) -> QuerySet[Task]:
    """What is to be done within two weeks, or should have been done, in dossiers one may open.

    One's own tasks, those of nobody, and those in dossiers one handles.
    """
    now = now or timezone.now()
    horizon = timezone.localdate(now) + SOON
    held = handled_by(person, now=now).filter(dossier=OuterRef("dossier"))
    open_ = visible_dossiers(person, with_way=False, now=now).filter(**choice.columns)
    open_ = open_.filter(not_closed())
    due = tasks_known_to(person, now=now).filter(done_at__isnull=True, due_on__lte=horizon)
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


def how_many_behind_glass(person: User, *, now: datetime) -> int:
    """How many dossiers stand on the list of one's own for having broken the glass."""
    seen = visible_dossiers(
        person, through=("glass",), holding_reports=True, with_way=False, now=now
    )
    return seen.filter(not_closed()).count()


def without_handler(person: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """For who divides the work or is on duty: those that nobody handles and that are not closed.

    That nobody does is asked first: it leaves few of which the rest is to be looked at.
    """
    now = now or timezone.now()
    seen = dossiers_to_divide(person, now=now)
    if not person.may(P.DIVIDE_WORK):
        seen = visible_dossiers(
            person, through=("duty",), holding_reports=True, with_way=False, now=now
        )
    return _without_handler(Dossier.objects.filter(not_closed()), now) & seen


def not_closed() -> Q:
    """As the index of the work list says it."""
    return ~Q(status=Status.CLOSED)


def _seen(person: User, now: datetime, *, through: Collection[str] = WAYS) -> QuerySet[Dossier]:
    """Not those whose reports all moved elsewhere: their number resolves, they are no work."""
    return visible_dossiers(person, through=through, holding_reports=True, for_a_list=True, now=now)


def _mine(person: User, now: datetime) -> QuerySet[Dossier]:
    return _seen(person, now, through=ONES_OWN).filter(not_closed())


def _news(person: User, now: datetime) -> QuerySet[Dossier]:
    """Also where it was closed: a reporter may come back to that."""
    messages = unread_messages().values_list("report__dossier", flat=True)
    files = unseen_files().values_list("report__dossier", flat=True)
    return _seen(person, now, through=("assigned",)).filter(pk__in=messages.union(files))


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
    held = assigned(now).filter(dossier=OuterRef("pk"))
    return found.filter(~is_there(held))


_LISTS = {
    List.MINE: _mine,
    List.NEWS: _news,
    List.TEAM: _team,
    List.DUE: _team,
    List.WAITING: _waiting,
    List.UNASSIGNED: _unassigned,
    List.CLOSED: _closed,
}
