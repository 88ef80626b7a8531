"""The quarterly look at special rights, as rows."""

from django.conf import settings
from django.db import models

from vertrouwd.accounts.terms import RightsDecision


class RightsReview(models.Model):
    """What a second person decided in a quarter on a special right that somebody has."""

    grant = models.ForeignKey(
        "accounts.RoleGrant", on_delete=models.PROTECT, related_name="reviews"
    )
    quarter = models.CharField(max_length=7)  # 2026-K4
    decision = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in RightsDecision]
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_right_is_decided_on_once_a_quarter", fields=["grant", "quarter"]
            )
        ]

    class Privacy:
        personal = {"decided_by"}
        plain = {"grant", "quarter", "decision", "decided_at"}

    def __str__(self) -> str:
        return f"{self.quarter} {self.decision}"
