"""How the secret of a holder lies here: under a passphrase or passkey, and for one session."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vertrouwd.accounts.terms import SlotKind
from vertrouwd.sealing.models import HolderKey


class UnlockSlot(models.Model):
    """One way to open the secret of a holder key: a passphrase, or a passkey with PRF.

    The seed of 96 bytes is sealed under a key that follows from phrase or passkey and the pepper.
    `pepper_mark` tells a wrong phrase from a pepper that was lost; it says nothing about either.
    `version` is that of the derivation; the cost of argon2id stands in the salt.
    """

    holder = models.ForeignKey(HolderKey, on_delete=models.PROTECT, related_name="unlock_slots")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in SlotKind])
    version = models.PositiveSmallIntegerField(default=1)
    salt = models.BinaryField()
    credential = models.BinaryField(blank=True, default=b"")
    sealed_seed = models.BinaryField()
    pepper_mark = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_holder_key_has_one_passphrase",
                fields=["holder"],
                condition=Q(kind=SlotKind.PASSPHRASE),
            ),
        ]

    class Privacy:
        plain = {
            "holder", "kind", "version", "salt", "credential", "sealed_seed", "pepper_mark",
            "made_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} of {self.holder_id}"


class Unlocked(models.Model):
    """One session in which somebody has unlocked: the seed under a key that only its cookie holds.

    Gone when it is locked; of no use after `expires_at`, or when nothing was asked for a while.
    The session is named by its digest. Not in any backup.
    """

    session_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unlocked_sessions"
    )
    holder = models.ForeignKey(HolderKey, on_delete=models.CASCADE, related_name="+")
    sealed_seed = models.BinaryField()
    unlocked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_unlocked_session_ends_after_it_began",
                condition=Q(expires_at__gt=F("unlocked_at")),
            )
        ]

    class Privacy:
        personal = {"user"}
        plain = {
            "session_digest", "holder", "sealed_seed", "unlocked_at", "expires_at", "last_seen_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"unlocked until {self.expires_at:%Y-%m-%d %H:%M}"
