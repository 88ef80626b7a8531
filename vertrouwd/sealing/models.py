"""Who can open what, as rows: public keys, wrapped keys and sealed texts; nothing here opens.

Every secret is sealed to somebody's key before it comes here. Public keys are only used after a
check against the pin outside the database (`team.py`).
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from vertrouwd.sealing.fingerprints import fingerprint
from vertrouwd.sealing.terms import KeyState, Purpose


class RecoveryKey(models.Model):
    """The key that every team secret is also sealed to; it exists as shares, held by people.

    `set_id` stands on each share, so that shares of two ceremonies are not mixed. Of `shares`
    shares, `threshold` are enough.
    """

    set_id = models.CharField(max_length=32, unique=True)
    public_key = models.BinaryField()
    threshold = models.PositiveSmallIntegerField()
    shares = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_recovery_key_needs_some_of_its_shares",
                condition=Q(threshold__gte=2) & Q(shares__gte=F("threshold")),
            )
        ]

    class Privacy:
        plain = {"set_id", "public_key", "threshold", "shares", "made_at"}

    def __str__(self) -> str:
        return f"recovery key {self.set_id}, {self.threshold} of {self.shares}"


class TeamKey(models.Model):
    """What data keys are wrapped to, and what signs the keys of its holders.

    `signature` is by the signing key of the version before, over everything the fingerprint
    covers; empty for the first, which only the pin vouches for. `sealed_for_recovery` is the team
    secret under the recovery key; null when the secret was destroyed.
    """

    version = models.PositiveIntegerField(unique=True)
    public_key = models.BinaryField()
    signing_key = models.BinaryField()
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in KeyState])
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    recovery = models.ForeignKey(RecoveryKey, on_delete=models.PROTECT, related_name="team_keys")
    sealed_for_recovery = models.BinaryField(null=True, blank=True)
    signature = models.BinaryField(blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                name="one_team_key_is_live_and_one_retires",
                fields=["state"],
                condition=~Q(state=KeyState.RETIRED),
            ),
            models.CheckConstraint(
                name="a_retired_team_key_says_when_and_has_no_secret",
                condition=Q(
                    state=KeyState.RETIRED,
                    retired_at__isnull=False,
                    sealed_for_recovery__isnull=True,
                )
                | (
                    ~Q(state=KeyState.RETIRED)
                    & Q(retired_at__isnull=True, sealed_for_recovery__isnull=False)
                ),
            ),
        ]

    class Privacy:
        plain = {
            "version", "public_key", "signing_key", "state", "made_at", "retired_at", "recovery",
            "sealed_for_recovery", "signature",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the log names it."""
        return f"TEAM-{self.version}"

    @property
    def fingerprint(self) -> str:
        """Over both public keys and that of the recovery: what is pinned outside the database."""
        return fingerprint(
            bytes(self.public_key), bytes(self.signing_key), bytes(self.recovery.public_key)
        )


class HolderKey(models.Model):
    """The public key of one inspector, whose secret is only with that person's unlock.

    It counts when a team key signed it: that happens when the newcomer's fingerprint was compared
    aloud. Whose it is stands in `accounts.Holding`.
    """

    public_key = models.BinaryField()
    signature = models.BinaryField(blank=True)
    signed_by = models.ForeignKey(
        TeamKey, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_holders"
    )
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        plain = {"public_key", "signature", "signed_by", "made_at", "revoked_at"}

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the log names it."""
        return f"H-{self.pk:06}"

    @property
    def fingerprint(self) -> str:
        """Ten groups of five digits, to be compared aloud."""
        return fingerprint(bytes(self.public_key))


class Grant(models.Model):
    """The secret of one team key, sealed to one holder: with it that person opens everything."""

    team_key = models.ForeignKey(TeamKey, on_delete=models.PROTECT, related_name="grants")
    holder = models.ForeignKey(HolderKey, on_delete=models.PROTECT, related_name="grants")
    sealed_secret = models.BinaryField()
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_team_key_is_granted_once", fields=["team_key", "holder"]
            )
        ]

    class Privacy:
        personal = {"granted_by"}
        plain = {"team_key", "holder", "sealed_secret", "granted_at"}

    def __str__(self) -> str:
        return f"{self.team_key} to {self.holder}"


class DataKey(models.Model):
    """The key of one purpose of one record, wrapped to the team, and for a thread to the reporter.

    `number` tells attachments of one record apart, and a second key of a purpose that was made
    where the first could not be opened. A destroyed key keeps its row and loses its wraps: what
    it sealed can never be opened again.
    """

    record = models.CharField(max_length=32)
    purpose = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Purpose])
    number = models.PositiveIntegerField(default=0)
    team_key = models.ForeignKey(TeamKey, on_delete=models.PROTECT, related_name="data_keys")
    wrapped = models.BinaryField(null=True, blank=True)
    reporter_salt = models.BinaryField(null=True, blank=True)
    reporter_wrapped = models.BinaryField(null=True, blank=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_purpose_of_a_record_has_each_key_once",
                fields=["record", "purpose", "number"],
            ),
            models.CheckConstraint(
                name="a_destroyed_data_key_has_no_wraps",
                condition=Q(destroyed_at__isnull=True, wrapped__isnull=False)
                | Q(
                    destroyed_at__isnull=False,
                    wrapped__isnull=True,
                    reporter_wrapped__isnull=True,
                    reporter_salt__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="a_wrap_for_the_reporter_has_its_salt",
                condition=Q(reporter_salt__isnull=True, reporter_wrapped__isnull=True)
                | Q(reporter_salt__isnull=False, reporter_wrapped__isnull=False),
            ),
        ]

    class Privacy:
        plain = {
            "record", "purpose", "number", "team_key", "wrapped", "reporter_salt",
            "reporter_wrapped", "made_at", "destroyed_at",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"data key of {self.record}, {self.purpose} {self.number}"


class SealedText(models.Model):
    """One revision of one field, sealed under its data key; the number of bytes is in steps."""

    data_key = models.ForeignKey(DataKey, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=1)
    ciphertext = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_field_has_each_revision_once", fields=["data_key", "field", "revision"]
            )
        ]

    class Privacy:
        personal = {"ciphertext"}
        plain = {"data_key", "field", "revision", "made_at"}

    def __str__(self) -> str:
        return f"{self.field} {self.revision} under {self.data_key_id}"


class Rotation(models.Model):
    """One walk from an old team key to a new one; `done` data keys were wrapped again."""

    from_key = models.ForeignKey(TeamKey, on_delete=models.PROTECT, related_name="+")
    to_key = models.ForeignKey(TeamKey, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                IsNull(F("finished_at"), True),
                name="one_rotation_at_a_time",
                condition=Q(finished_at__isnull=True),
            )
        ]

    class Privacy:
        plain = {"from_key", "to_key", "started_at", "finished_at", "done"}

    def __str__(self) -> str:
        return f"rotation {self.pk}"
