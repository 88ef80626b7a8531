"""What logging in leaves behind: open sessions, and invitations that wait."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q


def digest_of(session_key: str) -> str:
    """The name of a session in the database: sha256 of its key, 64 hex digits."""
    return sha256(session_key.encode()).hexdigest()


class OpenSession(models.Model):
    """One browser that somebody logged in with, or is about to. Of its key only a digest is kept,
    so that who copies the table cannot use it. Ending the session is deleting the row."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sessions",
    )
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)  # in use, counted look by look
    data = models.TextField(blank=True)

    class Meta:
        ordering = ["-last_seen_at"]

    class Privacy:
        personal = {"user", "started_at", "last_seen_at", "seconds", "data"}
        plain = {"digest"}

    def __str__(self) -> str:
        return f"session {self.pk}"


class Invitation(models.Model):
    """A code, handed over in person, with which somebody chooses a password and a second step.

    Only the digest of the code is kept; it works once, and not after `expires_at`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_invitation_ends_after_it_was_made",
                condition=Q(expires_at__gt=models.F("made_at")),
            )
        ]

    class Privacy:
        personal = {"user", "made_by"}
        plain = {"digest", "made_at", "expires_at", "used_at"}

    def __str__(self) -> str:
        return f"invitation {self.pk}"
