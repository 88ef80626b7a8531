"""What waits for somebody: their dossiers, what they were asked to judge, and the rota of today."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import RoleGrant, User
from vertrouwd.accounts.people.rights import quarter_of, to_decide
from vertrouwd.accounts.policy import Permission, permissions_of
from vertrouwd.desk.crowd import Crowd, crowd_of
from vertrouwd.desk.key_state import KeyStep, key_step
from vertrouwd.desk.today import Today, today_of
from vertrouwd.desk.worklist.lists import without_handler
from vertrouwd.desk.writing.unfinished import Unfinished, unfinished_of
from vertrouwd.dossiers.access import glass_to_review, is_on_duty
from vertrouwd.dossiers.models import DutyDay
from vertrouwd.dossiers.opinions import waiting_for
from vertrouwd.jobs.reading import how_many_failed, nobody_works
from vertrouwd.privacy_requests.access import all_requests
from vertrouwd.privacy_requests.waiting import STILL_OPEN, open_requests
from vertrouwd.sealing.opening import Opened

P = Permission


@dataclass(frozen=True)
class Requests:
    """How many requests about one's own data wait for an answer, and how many wait too long."""

    waiting: int
    late: int
    only_clocks: bool  # no content, for who watches over them


@dataclass(frozen=True)
class OfNobody:
    """How many dossiers nobody handles, and when the newest was opened."""

    dossiers: int
    newest: datetime | None


@dataclass(frozen=True)
class Work:
    """What the first page says; a number is None when it is not for this person."""

    key: KeyStep | None
    is_on_duty: bool
    divides: bool
    opinions: int  # questions of colleagues who are in a call now
    unfinished: Unfinished | None  # drafts of one's own
    today: Today | None  # in one's own dossiers
    requests: Requests | None
    reviews: int | None
    of_nobody: OfNobody | None
    has_duty_officer: bool | None
    rights: int | None  # of colleagues, to be decided on this quarter
    keeps_people: bool
    failed_jobs: int | None
    nobody_works: bool  # on what may wait
    crowd: Crowd | None  # on the public site, for who divides the work or keeps the machine
    reads_log: bool
    sees_figures_only: bool


def work_of(person: User, *, opened: Opened | None, now: datetime | None = None) -> Work:
    """What waits for this person now."""
    now = now or timezone.now()
    may = permissions_of(person.roles)
    handles, divides = P.HANDLE_CASES in may, P.DIVIDE_WORK in may
    on_duty = handles and is_on_duty(person, now=now)
    today = timezone.localdate(now)
    return Work(
        key=key_step(person, opened=opened) if handles else None,
        is_on_duty=on_duty,
        divides=divides,
        opinions=waiting_for(person, now=now).count() if handles else 0,
        unfinished=unfinished_of(person, now=now) if handles else None,
        today=today_of(person, now=now) if handles else None,
        requests=_requests(person, may, now=now),
        reviews=glass_to_review(person, now=now).count() if P.REVIEW_ACCESS in may else None,
        of_nobody=_of_nobody(person, now=now) if divides or on_duty else None,
        has_duty_officer=DutyDay.objects.filter(date=today).exists() if divides else None,
        rights=rights_to_decide(person, today).count() if P.REVIEW_RIGHTS in may else None,
        keeps_people=P.KEEP_PEOPLE in may,
        failed_jobs=how_many_failed() if P.KEEP_SETTINGS in may else None,
        nobody_works=P.KEEP_SETTINGS in may and nobody_works(now=now),
        crowd=crowd_of(now=now) if divides or P.KEEP_SETTINGS in may else None,
        reads_log=P.READ_LOG in may,
        sees_figures_only=P.SEE_FIGURES in may and not handles,
    )


def _of_nobody(person: User, *, now: datetime) -> OfNobody:
    found = without_handler(person, now=now).order_by()
    return OfNobody(**found.aggregate(dossiers=Count("pk"), newest=Max("opened_at")))


def _requests(person: User, may: frozenset[Permission], *, now: datetime) -> Requests | None:
    overseen = P.OVERSEE_REQUESTS in may
    if not overseen and P.HANDLE_CASES not in may:
        return None
    found = all_requests(person).filter(STILL_OPEN) if overseen else open_requests(person, now=now)
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate(now)))
    counted = found.order_by().aggregate(waiting=Count("pk"), late=late)
    return Requests(**counted, only_clocks=overseen)


def rights_to_decide(person: User, today: date) -> QuerySet[RoleGrant]:
    """Special rights of colleagues; one's own waits for somebody else."""
    return to_decide(quarter_of(today)).exclude(user=person)
