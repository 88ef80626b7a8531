"""Ask for work that may wait, in the transaction of the act that needs it."""

from datetime import datetime

from django.utils import timezone

from vertrouwd.jobs.arguments import encode, key_of
from vertrouwd.jobs.kinds import Kind
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.terms import JobState


def enqueue(
    kind: Kind,
    *,
    not_before: datetime | None = None,
    now: datetime | None = None,
    **arguments: object,
) -> None:
    """There is a job of this kind now: this one, or one told the same that waits or runs already.

    It joins the transaction of the caller: when that is rolled back there is no job. Work that is
    running may have read what has changed since; who must have it done again puts the number of the
    change in the arguments. Nothing is read, so a role of the database that may only insert can
    ask. Raises NotForAJob.
    """
    now = now or timezone.now()
    told = encode(kind.parameters, arguments)
    add(
        Job(
            kind=kind.name,
            key=key_of(told),
            arguments=told,
            asked_at=now,
            due_at=not_before or now,
        )
    )


def add(job: Job) -> None:
    """Put it in the table as waiting, unless it would double one that is there."""
    job.state = JobState.WAITING
    Job.objects.bulk_create([job], ignore_conflicts=True)
