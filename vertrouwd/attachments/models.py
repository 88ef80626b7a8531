"""A file that a reporter sent: the sealed original stays as evidence, a cleaned copy is shown."""

from django.db import models
from django.db.models import Q

from vertrouwd.attachments.cleaning.made import Reason
from vertrouwd.attachments.terms import Cleaning, Scan
from vertrouwd.schools.models import choices
from vertrouwd.sealing.binding import new_record


class Attachment(models.Model):
    """One file of one report; its bytes lie in the folder of sealed files, its name is sealed.

    `record` names the sealed original there, `cleaned` the sealed copy (empty: there is none).
    `data_key` opens both, and the sealed texts `original` and `cleaned` under it: JSON objects with
    `name`, `type` (of the content, as found), `size` in bytes and `sha256` of the plaintext.
    """

    record = models.CharField(max_length=32, unique=True, default=new_record, editable=False)
    report = models.ForeignKey(
        "dossiers.Report", on_delete=models.PROTECT, related_name="attachments"
    )
    data_key = models.OneToOneField(
        "sealing.DataKey", on_delete=models.PROTECT, related_name="attachment"
    )
    added_at = models.DateTimeField()
    cleaning = models.CharField(max_length=30, choices=choices(Cleaning), default=Cleaning.WAITING)
    cleaned = models.CharField(max_length=32, blank=True)
    cleaned_at = models.DateTimeField(null=True, blank=True)
    scan = models.CharField(max_length=30, choices=choices(Scan), default=Scan.NOT_DONE)
    scanned_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=30, choices=choices(Reason), blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)  # somebody's request is cleaning it

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="files_not_looked_at",
                fields=["report"],
                condition=Q(cleaning=Cleaning.WAITING),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_cleaned_copy_is_there_when_it_says_so",
                condition=Q(cleaning=Cleaning.CLEANED, cleaned_at__isnull=False) & ~Q(cleaned="")
                | ~Q(cleaning=Cleaning.CLEANED) & Q(cleaned=""),
            ),
            models.CheckConstraint(
                name="what_is_not_possible_has_a_reason",
                condition=Q(cleaning=Cleaning.NOT_POSSIBLE) & ~Q(why_not="")
                | ~Q(cleaning=Cleaning.NOT_POSSIBLE) & Q(why_not=""),
            ),
        ]

    class Privacy:
        plain = {
            "record", "report", "data_key", "added_at", "cleaning", "cleaned", "cleaned_at",
            "scan", "scanned_at", "why_not", "busy_until",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the log names it."""
        return f"B-{self.pk:07}"
