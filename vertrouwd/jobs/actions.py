"""What a person decides about a dead letter. Each leaves a line."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.audit.record import Actor, record
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moves import FOR_A_PERSON, MOVES
from vertrouwd.jobs.terms import JobState


class NotPossible(Exception):
    """The act is not possible as things are; the message says why, in the language of the page."""


@transaction.atomic
def retry_job(number: int, *, by: Actor, now: datetime | None = None) -> Job:
    """Let a dead letter be tried again, now, as often as the first time. Raises NotPossible."""
    now = now or timezone.now()
    job = _locked(number, JobState.WAITING)
    job.state, job.tries, job.ended_at = JobState.WAITING, 0, None
    job.asked_at = job.due_at = now
    job.set_aside_at, job.set_aside_by = None, ""
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        raise NotPossible(gettext("Hetzelfde werk wacht al of loopt al.")) from None
    record(by=by, action="retry_job", kind="job", object=str(number), detail={"kind": job.kind})
    return job


@transaction.atomic
def set_aside_job(number: int, *, by: Actor, now: datetime | None = None) -> Job:
    """This need not be done any more; who decided it and when stays. Raises NotPossible."""
    job = _locked(number, JobState.SET_ASIDE)
    job.state = JobState.SET_ASIDE
    job.set_aside_at, job.set_aside_by = now or timezone.now(), by.username
    job.save()
    record(by=by, action="set_aside_job", kind="job", object=str(number), detail={"kind": job.kind})
    return job


def _locked(number: int, state: JobState) -> Job:
    """The job with this number, when a person may bring it into this state."""
    job = Job.objects.select_for_update().filter(pk=number).first()
    if job is None:
        raise NotPossible(gettext("Deze taak is er niet."))
    old = JobState(job.state)
    if old not in FOR_A_PERSON or state not in MOVES[old]:
        raise NotPossible(gettext("Deze taak is niet meer mislukt."))
    return job
