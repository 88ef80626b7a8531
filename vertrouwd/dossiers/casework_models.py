"""The work on a dossier as rows: its life, notes, tasks and messages; the words are sealed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vertrouwd.dossiers.casework_terms import (
    WORD_LEFT,
    MessageFrom,
    NoteKind,
    Outcome,
    ReopenReason,
    Status,
    TaskKind,
)
from vertrouwd.schools.models import choices

PERSON = settings.AUTH_USER_MODEL


class StatusChange(models.Model):
    """A dossier was closed with an outcome, waits, or is open again: when, by whom and why."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="status_changes"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(  # the join that opened it again, or the undo that closed it
        "dossiers.LedgerEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    before = models.CharField(max_length=20, choices=choices(Status))
    after = models.CharField(max_length=20, choices=choices(Status))
    outcome = models.CharField(max_length=60, choices=choices(Outcome), blank=True)
    reason = models.CharField(max_length=60, choices=choices(ReopenReason), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_dossier_closes_with_an_outcome",
                condition=(Q(after=Status.CLOSED) & ~Q(outcome=""))
                | (~Q(after=Status.CLOSED) & Q(outcome="")),
            ),
            models.CheckConstraint(
                name="a_dossier_opens_again_for_a_reason",
                condition=(Q(before=Status.CLOSED) & ~Q(reason=""))
                | (~Q(before=Status.CLOSED) & Q(reason="")),
            ),
        ]

    class Privacy:
        personal = {"by"}
        plain = {"dossier", "at", "event", "before", "after", "outcome", "reason"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.after}"


class Note(models.Model):
    """Something an inspector wrote down; its words are sealed with the notes of the dossier.

    An edit is a further revision of the sealed text; `revision` is the last one, so that who edits
    an older one is told.
    """

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=40, choices=choices(NoteKind))
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_edited_note_says_when_and_by_whom",
                condition=Q(revision=1, edited_at__isnull=True, edited_by__isnull=True)
                | Q(revision__gt=1, edited_at__isnull=False, edited_by__isnull=False),
            )
        ]

    class Privacy:
        personal = {"by", "edited_by"}
        plain = {"dossier", "kind", "at", "revision", "edited_at"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"

    @property
    def field(self) -> str:
        """Under which name its words are sealed."""
        return f"note-{self.pk}"


class Task(models.Model):
    """Something that remains to be done for a dossier, by a day, by somebody or by whoever can.

    `other` is the dossier with which it may be one case; its number is shown to nobody but who may
    open that one too.
    """

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=40, choices=choices(TaskKind))
    other = models.ForeignKey(
        "dossiers.Dossier", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(db_index=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                name="tasks_to_be_done", fields=["due_on", "id"], condition=Q(done_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_done_task_says_when_and_by_whom",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_task_names_another_dossier_that_may_be_the_same_case",
                condition=Q(other__isnull=True)
                | (Q(kind=TaskKind.SAME_CASE) & ~Q(other=F("dossier"))),
            ),
        ]

    class Privacy:
        personal = {"made_by", "owner", "done_by"}
        plain = {"dossier", "kind", "other", "due_on", "made_at", "done_at"}

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d} {self.kind}"

    @property
    def is_word_left(self) -> bool:
        """A colleague saw something here that only somebody else may act on."""
        return self.kind in WORD_LEFT

    @property
    def field(self) -> str:
        """Under which name its words are sealed."""
        return f"task-{self.pk}"


class Message(models.Model):
    """One message in the mailbox of a report; its words are sealed under the thread key.

    Each reporter has an own mailbox, and never learns of the others in the dossier.
    """

    report = models.ForeignKey("dossiers.Report", on_delete=models.PROTECT, related_name="messages")
    sender = models.CharField(max_length=30, choices=choices(MessageFrom))
    at = models.DateTimeField()
    by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)  # by the other side

    class Meta:
        ordering = ["pk"]
        indexes = [  # of all that was ever written little is news
            models.Index(
                name="messages_not_read",
                fields=["report"],
                condition=Q(sender=MessageFrom.REPORTER, read_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_message_of_an_inspector_says_whose",
                condition=Q(sender=MessageFrom.INSPECTOR, by__isnull=False)
                | Q(sender=MessageFrom.REPORTER, by__isnull=True),
            )
        ]

    class Privacy:
        personal = {"by"}
        plain = {"report", "sender", "at", "read_at"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.sender}"

    @property
    def is_news(self) -> bool:
        """A reporter wrote it, and nobody who works on it has read it yet."""
        return self.sender == MessageFrom.REPORTER and self.read_at is None

    @property
    def field(self) -> str:
        """Under which name its words are sealed."""
        return f"message-{self.pk}"


class SavedFilter(models.Model):
    """A choice of the work list that somebody keeps; it is called after what was chosen.

    It has no name of its own: nothing that was typed stands here.
    """

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="saved_filters")
    query = models.CharField(max_length=400)  # coded choices only, never what was searched for
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_choice_is_kept_once", fields=["user", "query"])
        ]

    class Privacy:
        personal = {"user"}
        plain = {"query", "made_at"}

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
