"""What the law was found to ask of a dossier, and what was done about it, as rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from vertrouwd.dossiers.models import Dossier
from vertrouwd.duties.terms import AssessReason, Duty, Step, Weighing
from vertrouwd.schools.models import choices

PERSON = settings.AUTH_USER_MODEL


class DutyAssessment(models.Model):
    """The duties of a dossier as they were assessed at one moment, on the facts of that moment.

    A later one takes its place and never overwrites it, so that a dossier keeps which rule set was
    applied, also when the sets change. `facts` is the coded object of the contract
    (docs/contracts/assess-duties.md), `missing` the keys that held something up. `known_on` is the
    day on which, in this dossier, the institution knew; what was joined into it may know an earlier
    one (`clocks.py`). `rule_set` is empty when none held, or which one depends on
    what is missing. `said` are the facts that somebody gave with this one: all that was told in a
    call, or the one that was changed; where the duties were only assessed again it is empty.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    known_on = models.DateField()
    rule_set = models.CharField(max_length=60, blank=True)
    facts = models.JSONField()
    advice_only = models.BooleanField()
    missing = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    reason = models.CharField(
        max_length=40, choices=choices(AssessReason), default=AssessReason.REPORTED
    )
    said = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"by"}
        plain = {
            "dossier", "at", "known_on", "rule_set", "facts", "advice_only", "missing", "notes",
            "reason", "said",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.rule_set or '-'}"


class OwedDuty(models.Model):
    """A duty of an assessment: whose, towards whom, since when, why and by which article."""

    assessment = models.ForeignKey(DutyAssessment, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=20, choices=choices(Duty))
    owed_by = models.CharField(max_length=40)
    owed_to = models.CharField(max_length=40)
    since = models.DateField(db_index=True)
    because = models.TextField()  # composed from codes, never typed
    source = models.CharField(max_length=100)
    verified = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_duty_is_owed_once_in_an_assessment", fields=["assessment", "duty"]
            )
        ]

    class Privacy:
        plain = {
            "assessment", "duty", "owed_by", "owed_to", "since", "because", "source", "verified",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.duty} ({self.owed_by})"


class TrackStep(models.Model):
    """A step of the road the law asks, done on a day and recorded by somebody.

    A weighing carries its outcome, and the view of the board or provider beside it: a board that
    disagrees lifts nothing. The grounds of both are sealed with the texts of the dossier, as is
    what was done on a rung of the ladder. A step that was recorded by mistake is withdrawn and
    stays to be seen.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="track")
    step = models.CharField(max_length=40, choices=choices(Step))
    on = models.DateField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    weighing = models.CharField(max_length=20, choices=choices(Weighing), blank=True)
    view_of_board = models.CharField(max_length=20, choices=choices(Weighing), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_step_stands_once_in_a_dossier",
                fields=["dossier", "step"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_weighing_says_its_outcome",
                condition=(Q(step=Step.WEIGHED) & ~Q(weighing=""))
                | (~Q(step=Step.WEIGHED) & Q(weighing="", view_of_board="")),
            ),
            models.CheckConstraint(
                name="a_withdrawn_step_says_when_and_by_whom",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    class Privacy:
        personal = {"by", "withdrawn_by"}
        plain = {
            "dossier", "step", "on", "recorded_at", "weighing", "view_of_board", "withdrawn_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.step}"

    @property
    def field(self) -> str:
        """Under which name its words are sealed: the grounds of a weighing, what was done."""
        return f"weighing-{self.pk}" if self.step == Step.WEIGHED else f"step-{self.pk}"

    @property
    def field_of_board(self) -> str:
        """Under which name the grounds of the board or provider are sealed."""
        return f"weighing-{self.pk}-board"
