"""What there is in the queue, for a list; what a job is about is not told."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from vertrouwd.jobs.kinds import kinds, words_of
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moves import ACTIVE
from vertrouwd.jobs.system import SYSTEM
from vertrouwd.jobs.terms import JobState

MOST = 500  # rows in one list


@dataclass(frozen=True)
class Listed:
    """A job as a list shows it, without what it was told."""

    number: int
    kind: str
    is_known: bool  # False: no kind of this version; it waits for another
    state: str
    tries: int
    asked_at: datetime
    due_at: datetime
    ended_at: datetime | None
    fault: str
    fault_place: str
    set_aside_at: datetime | None
    set_aside_by: str

    @property
    def words(self) -> str:
        """What a page calls this kind of work."""
        return words_of(self.kind)

    @property
    def place_parts(self) -> list[str]:
        """The place of the fault in parts, between which a narrow page may break the line."""
        return re.findall(r"[^._:]+[._:]?", self.fault_place)

    @property
    def is_superseded(self) -> bool:
        """Nobody set it aside: a later time of the same recurring work took its place."""
        return self.set_aside_by == SYSTEM.username


def dead_letters() -> list[Listed]:
    """What failed for the last time and waits for a person, the latest first."""
    return _listed(Job.objects.filter(state=JobState.DEAD).order_by("-ended_at", "-pk")[:MOST])


def set_aside_jobs() -> list[Listed]:
    """What need not be done, the latest first, at most 50."""
    aside = Job.objects.filter(state=JobState.SET_ASIDE)
    return _listed(aside.order_by("-set_aside_at", "-pk")[:50])


def how_many_failed() -> int:
    """The number of dead letters that wait for a person."""
    return Job.objects.filter(state=JobState.DEAD).count()


def nobody_works(*, now: datetime) -> bool:
    """Something has been due for an hour: no worker is running, or far too few."""
    waiting = Job.objects.filter(state=JobState.WAITING, due_at__lt=now - timedelta(hours=1))
    return waiting.exists()


def active_jobs() -> list[Listed]:
    """What waits or runs, the first due first."""
    active = Job.objects.filter(state__in=[state.value for state in ACTIVE])
    return _listed(active.order_by("due_at", "pk")[:MOST])


def counts() -> dict[str, int]:
    """How many jobs there are in each state."""
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in JobState}


def _listed(jobs: QuerySet[Job]) -> list[Listed]:
    known = kinds()
    return [
        Listed(
            number=job.pk,
            kind=job.kind,
            is_known=job.kind in known,
            state=job.state,
            tries=job.tries,
            asked_at=job.asked_at,
            due_at=job.due_at,
            ended_at=job.ended_at,
            fault=job.fault,
            fault_place=job.fault_place,
            set_aside_at=job.set_aside_at,
            set_aside_by=job.set_aside_by,
        )
        for job in jobs
    ]
