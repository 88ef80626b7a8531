"""Who works on what: a job is taken on a lease, and ends or comes back with it.

Each step is one transaction, and each but the first holds only for who has the lease: a worker that
was thought dead and comes back changes nothing any more. Leases are counted by the clock, and are
long beside what keeping time over the network corrects.
"""

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from vertrouwd.jobs.kinds import Kind
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moves import check_move
from vertrouwd.jobs.system import SYSTEM
from vertrouwd.jobs.terms import JobState

LEASE = timedelta(seconds=120)
RENEW_EVERY = timedelta(seconds=20)
REST = timedelta(seconds=10)  # before what was given back is taken: who had it may still be ending
LEASE_ENDED = "LeaseEnded"  # the fault of a worker that was killed, or hung
S = JobState


@dataclass(frozen=True)
class Fault:
    """What went wrong: the kind of exception, and where in the code; never its words."""

    kind: str
    place: str = ""
    is_final: bool = False  # another try would not help


def take(kinds: dict[str, Kind], *, owner: str, now: datetime) -> Job | None:
    """The job that is due first, on a lease of this worker; None when nothing is due.

    Two workers never get the same one. Kinds that this version does not know are left to others.
    """
    with transaction.atomic():  # on SQLite this is the lock: one writer (IMMEDIATE)
        due = _due(kinds, now).select_for_update(skip_locked=True)
        job = due.order_by("due_at", "pk").first()
        if job is None:
            return None
        _move(job, S.RUNNING, tries=job.tries + 1, lease_owner=owner, lease_ends_at=now + LEASE)
    return job


def is_any_due(kinds: Collection[str], *, now: datetime) -> bool:
    """Asked before `take` by who waits for work, so that no lock is taken to find nothing."""
    return _due(kinds, now).exists()


def take_back_lost(kinds: dict[str, Kind], *, now: datetime) -> None:
    """What a worker had that was killed, or hung, failed; another takes it when its pause is over.

    Its lease ended, or lies in a future that a clock put back has undone.
    """
    running = Job.objects.filter(state=S.RUNNING, kind__in=list(kinds))
    lost = running.filter(Q(lease_ends_at__lte=now) | Q(lease_ends_at__gt=now + 2 * LEASE))
    if not lost.exists():
        return
    with transaction.atomic():
        for job in lost.select_for_update(skip_locked=True):
            fail(job, kinds[job.kind], Fault(LEASE_ENDED), now=now)


def renew(job: Job, *, now: datetime) -> bool:
    """Hold the lease longer; False when it is not this worker's any more."""
    return job.state == S.RUNNING and bool(_held(job).update(lease_ends_at=now + LEASE))


def finish(job: Job, *, result: str, now: datetime) -> bool:
    """It is done; False when the lease was lost, and another does it again."""
    with transaction.atomic():
        if not _move(job, S.DONE, result=result, ended_at=now):
            return False
        _set_aside_older(job, now)
    return True


def fail(job: Job, kind: Kind, fault: Fault, *, now: datetime) -> bool:
    """It failed: it waits for another try, or becomes a dead letter. False: the lease was lost."""
    told = {"fault": fault.kind[:120], "fault_place": fault.place[:200], "came_back_at": now}
    if fault.is_final or job.tries >= kind.tries:
        with transaction.atomic():
            moved = _move(job, S.DEAD, ended_at=now, **told)
            if moved:
                _set_aside_older(job, now)
            return moved
    pause = kind.backoff.pause(job.tries, random.random())
    return _move(job, S.WAITING, due_at=now + pause, **told)


def give_back(job: Job, *, now: datetime) -> bool:
    """Whoever had it ends before it is done: that was no try. False: the lease was lost."""
    return _move(job, S.WAITING, tries=job.tries - 1, due_at=now + REST, came_back_at=now)


def undo_clock_that_ran_ahead(kinds: Collection[str], *, now: datetime) -> int:
    """Let what waits for a time that such a clock named be due now; how many jobs that were.

    Otherwise it would wait until that time comes. A time that the asker named is left.
    """
    soon = now + LEASE
    waiting = Job.objects.filter(state=S.WAITING, kind__in=list(kinds), due_at__gt=soon)
    at_once = Q(asked_at__gt=soon, due_at__lte=F("asked_at"))
    return waiting.filter(Q(came_back_at__gt=soon) | at_once).update(due_at=now)


def _due(kinds: Collection[str], now: datetime) -> QuerySet[Job]:
    """What waits and whose time has come."""
    return Job.objects.filter(state=S.WAITING, kind__in=list(kinds), due_at__lte=now)


def _move(job: Job, state: JobState, **changes: object) -> bool:
    """Bring it into another state, when it still is as it was read."""
    check_move(S(job.state), state)
    lease = {} if state == S.RUNNING else {"lease_owner": "", "lease_ends_at": None}
    told = {"state": state, **lease, **changes}
    if not _held(job).update(**told):
        return False
    for name, value in told.items():
        setattr(job, name, value)
    return True


def _held(job: Job) -> QuerySet[Job]:
    """This row, as long as it is in the hands in which it was read."""
    return Job.objects.filter(
        pk=job.pk, state=job.state, lease_owner=job.lease_owner, tries=job.tries
    )


def _set_aside_older(job: Job, now: datetime) -> None:
    """Of work that recurs one dead letter is enough, and none when it went well after all."""
    if job.moment is None:
        return
    older = Job.objects.filter(kind=job.kind, state=S.DEAD, moment__isnull=False)
    older.exclude(pk=job.pk).update(
        state=S.SET_ASIDE, set_aside_by=SYSTEM.username, set_aside_at=now, ended_at=now
    )
