"""A conversation that is being written down: the draft, what the reporter wants and allows."""

from django.conf import settings
from django.db import models

from vertrouwd.dossiers.casework_terms import Condition, ConsentUse, DraftKind, FoundUs, Wish
from vertrouwd.dossiers.terms import Answer
from vertrouwd.schools.models import choices
from vertrouwd.sealing.binding import new_record

PERSON = settings.AUTH_USER_MODEL


class Draft(models.Model):
    """What somebody is writing, sealed to its author alone; saving it needs no unlock.

    `saved` counts the times it was saved, so that an older window does not overwrite a newer one;
    `window` is the one that saved it last, which may go on although an answer to it was lost.
    A note or a message stands in a `dossier`; `note` is the one that is changed, `report` the one
    whose reporter is written to.
    """

    record = models.CharField(max_length=32, unique=True, default=new_record, editable=False)
    author = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="drafts")
    holder = models.ForeignKey("sealing.HolderKey", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=choices(DraftKind))
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.ForeignKey(
        "dossiers.Note", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    report = models.ForeignKey(
        "dossiers.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved = models.PositiveIntegerField(default=1)
    window = models.CharField(max_length=32, blank=True)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"author", "sealed"}
        plain = {
            "record", "holder", "kind", "dossier", "note", "report", "begun_at", "saved_at",
            "saved", "window",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M} {self.kind}"


class Conversation(models.Model):
    """What belongs to a report besides its coded answers: a call, or a form of the public site.

    `digest` is that of the form an inspector wrote it down on: sending it twice makes one report.
    Of a public form it is one of the record, which says nothing; what guards that one goes after a
    day (`intake.SentForm`). `noted_by` is then the system.
    """

    report = models.OneToOneField(
        "dossiers.Report", on_delete=models.PROTECT, related_name="conversation"
    )
    noted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    is_anonymous = models.BooleanField()
    is_acute = models.BooleanField(default=False)
    found_us = models.CharField(max_length=40, choices=choices(FoundUs))
    condition = models.CharField(max_length=60, choices=choices(Condition))
    call_back_from = models.DateTimeField(null=True, blank=True)  # safe from then
    call_back_until = models.DateTimeField(null=True, blank=True)
    has_code = models.BooleanField(default=False)  # the reporter was given one for the mailbox
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # by the reporter, in the mailbox

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_safe_time_has_a_begin_and_an_end",
                condition=models.Q(call_back_from__isnull=True, call_back_until__isnull=True)
                | models.Q(call_back_until__gt=models.F("call_back_from")),
            )
        ]

    class Privacy:
        personal = {"noted_by"}
        plain = {
            "report", "began_at", "digest", "is_anonymous", "is_acute", "found_us", "condition",
            "call_back_from", "call_back_until", "has_code",
            "withdrawn_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class Opinion(models.Model):
    """A question to a colleague in the middle of a call, and the answer; both are sealed.

    `form` is what the draft of the call is bound to, `asked_in` tells two clicks on one button from
    two questions. Without `asked_of` anybody on duty may answer. `dossier` is there once the call
    was noted; the answer then stands there as a note.
    """

    record = models.CharField(max_length=32, unique=True, default=new_record, editable=False)
    form = models.CharField(max_length=32, db_index=True)
    asked_in = models.CharField(max_length=32, unique=True)
    asked_at = models.DateTimeField(db_index=True)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    institution = models.ForeignKey(
        "schools.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answered_question_says_when_and_by_whom",
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
            )
        ]

    class Privacy:
        personal = {"asked_by", "asked_of", "answered_by"}
        plain = {
            "record", "form", "asked_in", "asked_at", "institution", "dossier", "answered_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class ReporterWish(models.Model):
    """One thing that the reporter wants."""

    report = models.ForeignKey("dossiers.Report", on_delete=models.PROTECT, related_name="wishes")
    wish = models.CharField(max_length=60, choices=choices(Wish))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="a_wish_stands_once", fields=["report", "wish"])
        ]

    class Privacy:
        plain = {"report", "wish"}

    def __str__(self) -> str:
        return self.wish


class Consent(models.Model):
    """What the reporter allowed for one use, and when; the last one for a use holds."""

    report = models.ForeignKey("dossiers.Report", on_delete=models.PROTECT, related_name="consents")
    use = models.CharField(max_length=60, choices=choices(ConsentUse))
    given = models.CharField(max_length=10, choices=choices(Answer))
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"by"}
        plain = {"report", "use", "given", "at"}

    def __str__(self) -> str:
        return f"{self.use}: {self.given}"
