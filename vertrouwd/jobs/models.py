"""The table of work that may wait; never a narrative, a name or a key, not even in a failure."""

from django.db import models
from django.db.models import Q

from vertrouwd.jobs.terms import JobState

S = JobState


class Job(models.Model):
    """One piece of work that may wait, from when it was asked for until it was done or given up.

    `key` names what is to be done: while a job of a kind waits or runs there is no second one with
    the same key. `moment` is when recurring work was due: one job for each.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in S])
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    moment = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_owner = models.CharField(max_length=40, blank=True)
    lease_ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=60, blank=True)  # a code or a number
    came_back_at = models.DateTimeField(null=True, blank=True)  # failed, or given back
    # of the last failure: what kind, and where in the code
    fault = models.CharField(max_length=120, blank=True)
    fault_place = models.CharField(max_length=200, blank=True)
    set_aside_by = models.CharField(max_length=150, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="job_by_time"),
            models.Index(fields=["state", "ended_at"], name="job_by_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="the_same_work_waits_once",
                fields=["kind", "key"],
                condition=Q(state__in=[S.WAITING.value, S.RUNNING.value]),
            ),
            models.UniqueConstraint(name="a_due_moment_has_one_job", fields=["kind", "moment"]),
            models.CheckConstraint(
                name="a_job_that_runs_has_a_lease_and_no_other_has",
                condition=Q(state=S.RUNNING.value, lease_ends_at__isnull=False) & ~Q(lease_owner="")
                | ~Q(state=S.RUNNING.value) & Q(lease_ends_at__isnull=True, lease_owner=""),
            ),
            models.CheckConstraint(
                name="a_job_that_ended_says_when",
                condition=Q(state__in=[S.WAITING.value, S.RUNNING.value], ended_at__isnull=True)
                | Q(state__in=[S.DONE.value, S.DEAD.value, S.SET_ASIDE.value])
                & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_dead_letter_says_what_failed",
                condition=~Q(state=S.DEAD.value) | ~Q(fault="") & Q(came_back_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_set_aside_says_when_and_by_whom",
                condition=Q(state=S.SET_ASIDE.value, set_aside_at__isnull=False)
                & ~Q(set_aside_by="")
                | ~Q(state=S.SET_ASIDE.value) & Q(set_aside_at__isnull=True, set_aside_by=""),
            ),
        ]

    class Privacy:
        personal = {"set_aside_by"}
        plain = {
            "kind", "key", "arguments", "state", "asked_at", "due_at", "moment", "tries",
            "lease_owner", "lease_ends_at", "ended_at", "result", "fault", "fault_place",
            "came_back_at", "set_aside_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"
