"""Who needs to know a dossier, as rows: assigned, on duty that day, or after breaking the glass."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vertrouwd.dossiers.terms import GlassGround, Judgement
from vertrouwd.schools.models import choices


class Assignment(models.Model):
    """A dossier that somebody handles, or handled: from when until when, and who decided so."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="assignments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    since = models.DateTimeField()
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [  # whether somebody handles a dossier, answered from the index alone
            models.Index(name="assigned_to", fields=["user", "dossier", "until", "since"])
        ]
        constraints = [
            models.UniqueConstraint(
                name="a_dossier_is_assigned_once_to_a_person",
                fields=["dossier", "user"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="an_ended_assignment_says_when_and_by_whom",
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__isnull=False, ended_by__isnull=False, until__gte=F("since")),
            ),
        ]

    class Privacy:
        personal = {"user", "assigned_by", "ended_by"}
        plain = {"dossier", "since", "until"}

    def __str__(self) -> str:
        return f"{self.dossier} since {self.since:%Y-%m-%d}"


class Handover(models.Model):
    """All dossiers of somebody who leaves went to colleagues, in one act; it can be taken back."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    leaver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_undone_handover_says_when_and_by_whom",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]

    class Privacy:
        personal = {"by", "leaver", "undone_by"}
        plain = {"at", "undone_at"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class AssignmentChange(models.Model):
    """An assignment began, or ended, with a larger act: an event of the ledger, or a handover.

    What takes that act back finds here whose access to take back.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="changes")
    began = models.BooleanField()
    event = models.ForeignKey(
        "dossiers.LedgerEvent",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="access_changes",
    )
    handover = models.ForeignKey(
        Handover, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="access_changes_with_one_act",
                condition=Q(event__isnull=True, handover__isnull=False)
                | Q(event__isnull=False, handover__isnull=True),
            )
        ]

    class Privacy:
        plain = {"assignment", "began", "event", "handover"}

    def __str__(self) -> str:
        return f"{self.assignment} {'began' if self.began else 'ended'}"


class DutyDay(models.Model):
    """Somebody who is duty officer on a day: whoever calls, this person can look the case up."""

    date = models.DateField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duty_days"
    )
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["date", "pk"]
        constraints = [models.UniqueConstraint(name="on_duty_once_a_day", fields=["date", "user"])]

    class Privacy:
        personal = {"user", "set_by"}
        plain = {"date", "set_at"}

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"


class GlassBreak(models.Model):
    """Somebody opened a dossier that is not theirs: why, until when, and what was thought of it.

    The reason in words is sealed with the texts of the dossier (`assigning.reason_field`). A second
    person judges; until then the break stands on the page of the coordinators.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="glass_breaks"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="glass_breaks"
    )
    ground = models.CharField(max_length=40, choices=choices(GlassGround))
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    judgement = models.CharField(max_length=40, choices=choices(Judgement), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_broken_glass_closes_again", condition=Q(ends_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="a_review_says_when_by_whom_and_what",
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, judgement="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(judgement="")),
            ),
            models.CheckConstraint(
                name="nobody_reviews_the_glass_they_broke",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
            ),
        ]

    class Privacy:
        personal = {"user", "reviewed_by"}
        plain = {"dossier", "ground", "opened_at", "ends_at", "reviewed_at", "judgement"}

    def __str__(self) -> str:
        return f"{self.dossier} at {self.opened_at:%Y-%m-%d %H:%M}"
