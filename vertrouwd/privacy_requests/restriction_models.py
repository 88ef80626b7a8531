"""What follows from a decision: a dossier that is left alone, and receivers who were told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vertrouwd.dossiers.models import Dossier
from vertrouwd.privacy_requests.terms import Receiver, Telling
from vertrouwd.schools.models import choices

PERSON = settings.AUTH_USER_MODEL


class Restriction(models.Model):
    """A dossier that is only kept, and used no further than AVG 18(2) allows; until it is lifted.

    `ground` is a code of `data/grounds.toml`. It is lifted after the asker was told
    (AVG 18(3)), on `asker_told_on`.
    """

    request = models.ForeignKey(
        "privacy_requests.PrivacyRequest", on_delete=models.PROTECT, related_name="restrictions"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    ground = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asker_told_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_request_restricts_a_dossier_once",
                fields=["request", "dossier"],
                condition=Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_restriction_is_lifted_after_the_asker_was_told",
                condition=Q(
                    lifted_at__isnull=True, lifted_by__isnull=True, asker_told_on__isnull=True
                )
                | Q(
                    lifted_at__isnull=False,
                    lifted_by__isnull=False,
                    asker_told_on__isnull=False,
                    asker_told_on__gte=F("since"),
                ),
            ),
        ]

    class Privacy:
        personal = {"by", "lifted_by"}
        plain = {"request", "dossier", "since", "ground", "at", "lifted_at", "asker_told_on"}

    def __str__(self) -> str:
        return f"{self.dossier} since {self.since:%Y-%m-%d}"


class ToldReceiver(models.Model):
    """Somebody to whom the data went before heard of the correction or the restriction (AVG 19)."""

    request = models.ForeignKey(
        "privacy_requests.PrivacyRequest", on_delete=models.PROTECT, related_name="told"
    )
    receiver = models.CharField(max_length=40, choices=choices(Receiver))
    telling = models.CharField(max_length=50, choices=choices(Telling))
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = {"by"}
        plain = {"request", "receiver", "telling", "on", "at"}

    def __str__(self) -> str:
        return f"{self.request} {self.receiver}"

    @property
    def field(self) -> str:
        """Under which name its words are sealed."""
        return f"told-{self.pk}"
