"""The first team key and the recovery key: everything is in memory until the shares were tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from vertrouwd.audit.record import Actor, record
from vertrouwd.sealing.fingerprints import fingerprint
from vertrouwd.sealing.holders import grant_team
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey, RecoveryKey, TeamKey
from vertrouwd.sealing.pin import is_set_in_environment, pin
from vertrouwd.sealing.shares import Share, combine, new_set_id, split
from vertrouwd.sealing.team_secret import RECOVERY, TeamSecret
from vertrouwd.sealing.terms import KeyState

THRESHOLD, SHARES = 3, 5


class TeamExists(Exception):
    """There is a team key already; it is followed by rotation, never made again."""

    def __init__(self) -> None:
        super().__init__(
            "There is a team key already. `vertrouwd rotate-keys` replaces it, "
            "`vertrouwd recover-team` opens it with shares."
        )


@dataclass(frozen=True, repr=False)
class Draft:
    """A team that is not stored yet: its secret, and the recovery key in shares."""

    secret: TeamSecret
    recovery: SecretKey
    shares: Sequence[Share]

    @property
    def set_id(self) -> str:
        return self.shares[0].set_id

    @property
    def threshold(self) -> int:
        return self.shares[0].threshold

    @property
    def fingerprint(self) -> str:
        """What will be pinned."""
        return fingerprint(*self.secret.public_keys, self.recovery.public.data)

    def try_shares(self, shares: Sequence[Share]) -> None:
        """Let retyped shares give the recovery key back. Raises WrongShare."""
        combine(shares, public=self.recovery.public)


def draft_team(*, threshold: int = THRESHOLD, shares: int = SHARES) -> Draft:
    """New keys, in memory only."""
    recovery = SecretKey.generate()
    parts = split(recovery.seed, set_id=new_set_id(), threshold=threshold, shares=shares)
    return Draft(TeamSecret.generate(1), recovery, parts)


@transaction.atomic
def found_team(
    draft: Draft, *, holders: Sequence[HolderKey], by: Actor, now: datetime | None = None
) -> TeamKey:
    """Store the team, grant it to its first holders and pin its fingerprint.

    Raises TeamExists, and ValueError without a holder or when the environment pins another team.
    """
    if TeamKey.objects.exists():
        raise TeamExists
    if not holders:
        raise ValueError("A team starts with at least one holder, or nobody could open anything.")
    if is_set_in_environment():
        raise ValueError(
            "VERTROUWD_TEAM_FINGERPRINT pins another team: leave it out until this one is made."
        )
    at = now or timezone.now()
    recovery = RecoveryKey.objects.create(
        set_id=draft.set_id, public_key=draft.recovery.public.data, threshold=draft.threshold,
        shares=len(draft.shares), made_at=at,
    )  # fmt: skip
    public_key, signing_key = draft.secret.public_keys
    team_key = TeamKey.objects.create(
        version=draft.secret.version, public_key=public_key, signing_key=signing_key,
        state=KeyState.LIVE, made_at=at, recovery=recovery, signature=b"",
        sealed_for_recovery=draft.secret.sealed_to(draft.recovery.public, purpose=RECOVERY),
    )  # fmt: skip
    for holder in holders:
        grant_team(holder, {team_key: draft.secret}, by=by, at=at)
    record(by=by, action="create_team", kind="team_key", object=team_key.reference)
    # Before it is stored: a pin without a team stops nobody, a team without a pin everybody.
    pin(team_key.fingerprint)
    return team_key


def make_team(
    *, holders: Sequence[HolderKey], by: Actor, now: datetime | None = None
) -> tuple[TeamKey, TeamSecret, Sequence[Share]]:
    """A team without a ceremony, for demonstrations and tests. Raises as `found_team`."""
    draft = draft_team()
    return found_team(draft, holders=holders, by=by, now=now), draft.secret, draft.shares
