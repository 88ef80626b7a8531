"""What reporters were advised, what they chose and what came of it, as rows that are only added.

A row that proves wrong is corrected by a further one; both stay. Every row belongs to one report,
and goes with it when dossiers are joined or separated. Words are sealed with the notes of that
report.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from vertrouwd.advice.terms import Assistance, CameOf, Outward, Police, Way
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.terms import Answer
from vertrouwd.schools.models import choices

PERSON = settings.AUTH_USER_MODEL
PRIVATE = {"by"}
PLAIN = {"report", "at", "corrects", "is_taken_back"}


class Entry(models.Model):
    """Something that was done for one reporter; `corrects` names the row it takes the place of.

    `is_taken_back`: the earlier row was a mistake, and nothing takes its place.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    is_taken_back = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_takes_back_an_earlier_one",
                condition=Q(is_taken_back=False) | Q(corrects__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Advice(Entry):
    """Which options were put before a reporter and talked through, and which bodies were named."""

    options = models.JSONField(default=list)  # values of Option
    bodies = models.JSONField(default=list)  # codes of data/bodies.toml

    class Privacy:
        personal = PRIVATE
        plain = PLAIN | {"options", "bodies"}

    @property
    def field(self) -> str:
        """Under which name its words are sealed."""
        return f"advice-{self.pk}"


class Choice(Entry):
    """What a reporter chose to do."""

    options = models.JSONField(default=list)  # values of Option; empty: not known yet

    class Privacy:
        personal = PRIVATE
        plain = PLAIN | {"options"}


class Referral(Entry):
    """A reporter was referred to a body: by which way, and with what consent.

    Nothing is passed on without consent.
    """

    body = models.CharField(max_length=40)  # a code of data/bodies.toml
    way = models.CharField(max_length=40, choices=choices(Way))
    consent = models.CharField(max_length=10, choices=choices(Answer))

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                name="nothing_is_passed_on_without_consent",
                condition=~Q(way=Way.PASSED_ON) | Q(consent=Answer.YES),
            ),
        ]

    class Privacy:
        personal = PRIVATE
        plain = PLAIN | {"body", "way", "consent"}


class Result(Entry):
    """What came of it: at the body, with the police, and when the reporter was told (feedback)."""

    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="results"
    )
    came_of = models.CharField(max_length=40, choices=choices(CameOf))
    police = models.CharField(max_length=40, choices=choices(Police))
    feedback_on = models.DateField(null=True, blank=True)

    class Privacy:
        personal = PRIVATE
        plain = PLAIN | {"referral", "came_of", "police", "feedback_on"}


class Permission(models.Model):
    """A reporter was asked whether we may do one thing, and answered; the last answer holds."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    outward = models.CharField(max_length=40, choices=choices(Outward))
    answer = models.CharField(max_length=10, choices=choices(Answer))

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = PRIVATE
        plain = {"report", "at", "outward", "answer"}

    def __str__(self) -> str:
        return f"{self.outward}: {self.answer}"


class AssistStep(Entry):
    """A step of the track «assist towards a solution», on its day."""

    step = models.CharField(max_length=40, choices=choices(Assistance))
    on = models.DateField()
    demanded_by = models.CharField(max_length=100, blank=True)  # against what the reporter allowed

    class Privacy:
        personal = PRIVATE
        plain = PLAIN | {"step", "on", "demanded_by"}

    @property
    def field(self) -> str:
        """Under which name its words are sealed."""
        return f"assist-{self.pk}"


class Confirmation(Entry):
    """The board was given in writing that it consulted us on a day: no name, no fact of the case.

    `duty` is the legal duty it met, `geen` when there was none, empty when that is not decided.
    """

    on = models.DateField()
    duty = models.CharField(max_length=20, blank=True)
    article = models.CharField(max_length=100, blank=True)

    class Privacy:
        personal = PRIVATE
        plain = PLAIN | {"on", "duty", "article"}
