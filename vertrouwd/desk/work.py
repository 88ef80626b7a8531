"""What waits for somebody: their dossiers, what they were asked to judge, and the rota of today."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.people.rights import quarter_of, to_decide
from vertrouwd.accounts.policy import Permission, permissions_of
from vertrouwd.desk.key_state import KeyStep, key_step
from vertrouwd.dossiers.access import dossiers_to_divide, glass_to_review, visible_dossiers
from vertrouwd.dossiers.models import Assignment, Dossier, DutyDay
from vertrouwd.jobs.reading import how_many_failed, nobody_works
from vertrouwd.sealing.opening import Opened

P = Permission


@dataclass(frozen=True)
class Work:
    """What the first page says; a number is None when it is not for this person."""

    key: KeyStep | None
    is_on_duty: bool
    dossiers: int | None  # assigned, or open after breaking the glass
    reviews: int | None
    without_handler: int | None
    has_duty_officer: bool | None
    rights: int | None  # special rights still to be decided on this quarter
    keeps_people: bool
    failed_jobs: int | None
    nobody_works: bool  # on what may wait
    reads_log: bool
    sees_figures_only: bool


def work_of(person: User, *, opened: Opened | None, now: datetime | None = None) -> Work:
    """What waits for this person now."""
    now = now or timezone.now()
    may = permissions_of(person.roles)
    handles, divides = P.HANDLE_CASES in may, P.DIVIDE_WORK in may
    today = timezone.localdate(now)
    return Work(
        key=key_step(person, opened=opened) if handles else None,
        is_on_duty=handles and on_duty(person, now=now),
        dossiers=own_dossiers(person, now=now).count() if handles else None,
        reviews=glass_to_review(person, now=now).count() if P.REVIEW_ACCESS in may else None,
        without_handler=without_handler(person, now=now).count() if divides else None,
        has_duty_officer=DutyDay.objects.filter(date=today).exists() if divides else None,
        rights=to_decide(quarter_of(today)).count() if P.REVIEW_RIGHTS in may else None,
        keeps_people=P.KEEP_PEOPLE in may,
        failed_jobs=how_many_failed() if P.KEEP_SETTINGS in may else None,
        nobody_works=P.KEEP_SETTINGS in may and nobody_works(now=now),
        reads_log=P.READ_LOG in may,
        sees_figures_only=P.SEE_FIGURES in may and not handles,
    )


def on_duty(person: User, *, now: datetime | None = None) -> bool:
    """Whether this person is duty officer today."""
    today = timezone.localdate(now or timezone.now())
    return DutyDay.objects.filter(user=person, date=today).exists()


def own_dossiers(person: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """Those one is assigned to or broke the glass of, the newest first, each with `number`."""
    return _for_a_list(visible_dossiers(person, through=("assigned", "glass"), now=now))


def duty_dossiers(person: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """For the duty officer: those that nobody handles yet, the newest first."""
    found = visible_dossiers(person, through=("duty",), now=now)
    return _for_a_list(found.exclude(_is_handled(now or timezone.now())))


def without_handler(person: User, *, now: datetime | None = None) -> QuerySet[Dossier]:
    """For who divides the work: those that nobody handles."""
    now = now or timezone.now()
    return dossiers_to_divide(person, now=now).exclude(_is_handled(now))


def _is_handled(now: datetime) -> Exists:
    held = Assignment.objects.filter(dossier=OuterRef("pk"), since__lte=now)
    return Exists(held.exclude(until__lte=now))


def _for_a_list(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    counted = found.annotate(number=Count("reports")).filter(number__gt=0)
    return counted.select_related("institution").order_by("-opened_at", "-pk")
