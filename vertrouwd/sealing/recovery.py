"""Open the team with shares of the recovery key, when nobody can unlock any more."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from vertrouwd.audit.record import Actor, record
from vertrouwd.sealing.holders import Revoked, current_keys, grant_team, hold_team_keys
from vertrouwd.sealing.keys import PublicKey, SecretKey
from vertrouwd.sealing.models import HolderKey, RecoveryKey, TeamKey
from vertrouwd.sealing.shares import Share, WrongShare, combine
from vertrouwd.sealing.team import NoTeam, covered, live_team
from vertrouwd.sealing.team_secret import RECOVERY, TeamSecret
from vertrouwd.sealing.unreadable import Unreadable


def recovered_key(shares: Sequence[Share]) -> SecretKey:
    """The recovery key of this installation. Raises WrongShare."""
    row = RecoveryKey.objects.filter(set_id=shares[0].set_id).first() if shares else None
    if row is None:
        raise WrongShare("This share is of no recovery key of this installation.")
    return combine(shares, public=PublicKey(bytes(row.public_key)))


def recovery_in_use() -> RecoveryKey:
    """The key whose shares are asked for: which set, and how many of it. Raises NoTeam."""
    row = RecoveryKey.objects.order_by("pk").last()
    if row is None:
        raise NoTeam
    return row


@transaction.atomic
def rehearse(shares: Sequence[Share], *, by: Actor) -> None:
    """See that these papers are readable and give the recovery key; nothing is opened.

    Raises WrongShare.
    """
    recovered_key(shares)
    record(by=by, action="rehearse_recovery", kind="recovery_key", detail={"shares": len(shares)})


@transaction.atomic
def open_for(
    holder: HolderKey, *, recovery: SecretKey, by: Actor, now: datetime | None = None
) -> None:
    """Grant the team to this holder, whose fingerprint was compared aloud before.

    Raises NoTeam, NotPinned, Revoked, and Unreadable when the team's secret does not open.
    """
    hold_team_keys()
    live_team()
    held = HolderKey.objects.select_for_update().get(pk=holder.pk)
    if held.revoked_at is not None:
        raise Revoked("This key was revoked: its owner needs a new one.")
    secrets = {key: _opened(key, recovery) for key in current_keys()}
    grant_team(held, secrets, by=by, at=now or timezone.now())
    record(by=by, action="recover_team", kind="holder_key", object=holder.reference)


def _opened(team_key: TeamKey, recovery: SecretKey) -> TeamSecret:
    if team_key.sealed_for_recovery is None:
        raise Unreadable
    secret = TeamSecret.opened(
        bytes(team_key.sealed_for_recovery),
        with_key=recovery,
        version=team_key.version,
        purpose=RECOVERY,
    )
    if secret.public_keys != covered(team_key)[:2]:
        raise Unreadable
    return secret
