"""What there is in the queue, for a list; what a job is about is not told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from vertrouwd.jobs.kinds import kinds
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moves import ACTIVE
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


def dead_letters() -> list[Listed]:
    """What failed for the last time and waits for a person, the latest first."""
    return _listed(Job.objects.filter(state=JobState.DEAD).order_by("-ended_at", "-pk"))


def active_jobs() -> list[Listed]:
    """What waits or runs, the first due first."""
    active = Job.objects.filter(state__in=[state.value for state in ACTIVE])
    return _listed(active.order_by("due_at", "pk"))


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
        )
        for job in jobs[:MOST]
    ]
