"""What a coded answer was before it was corrected."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from vertrouwd.dossiers.terms import CorrectionReason
from vertrouwd.schools.models import choices


class Correction(models.Model):
    """One coded answer of a report, or of a dossier, that was corrected; rows are only ever added.

    `before` and `after` are the answer as text: a code, a day (2023-04-17), an age, the number of
    an institution; empty for none. Corrected back is one more row.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(
        "dossiers.Report",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    field = models.CharField(max_length=30)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=60, choices=choices(CorrectionReason))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_correction_is_of_a_report_or_of_a_dossier",
                condition=Q(report__isnull=False, dossier__isnull=True)
                | Q(report__isnull=True, dossier__isnull=False),
            ),
            models.CheckConstraint(
                name="a_correction_changes_something", condition=~Q(before=models.F("after"))
            ),
        ]

    class Privacy:
        personal = {"by"}
        plain = {"at", "report", "dossier", "field", "before", "after", "reason"}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.field}"
