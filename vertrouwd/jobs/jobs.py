"""The work of the queue itself that may wait."""

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.jobs.kinds import kind
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moments import Nightly
from vertrouwd.jobs.terms import JobState

# Longer than the longest time between two moments of recurring work.
KEPT = timedelta(days=90)
AT_ONCE = 1_000  # rows in one transaction: others write between two of them


@kind("forget_jobs", gettext_lazy("Oude taken wissen"), every=Nightly(time(4, 40)))
def forget_jobs() -> int:
    """Remove jobs that ended well, or were set aside, 90 days ago. Dead letters stay."""
    old = Job.objects.filter(
        state__in=[JobState.DONE.value, JobState.SET_ASIDE.value],
        ended_at__lt=timezone.now() - KEPT,
    )
    forgotten = 0
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += Job.objects.filter(pk__in=some).delete()[0]
    return forgotten
