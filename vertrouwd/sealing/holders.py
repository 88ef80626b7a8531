"""Who holds the team's secret: grant it, and end a grant."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vertrouwd.audit.record import Actor, record
from vertrouwd.sealing.keys import PublicKey
from vertrouwd.sealing.models import Grant, HolderKey, TeamKey
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.overwriting import overwrite_what_goes
from vertrouwd.sealing.team import live_team
from vertrouwd.sealing.team_secret import TeamSecret
from vertrouwd.sealing.terms import KeyState


class Revoked(Exception):
    """This holder key was revoked: its owner needs a new one."""


class LastHolder(Exception):
    """Without this holder nobody could open anything but with the shares of the recovery key."""


@transaction.atomic
def grant_holder(
    holder: HolderKey, *, opened: Opened, by: Actor, now: datetime | None = None
) -> None:
    """Let this holder open all the team can open; the fingerprint was compared aloud before.

    Raises Revoked, NotPinned, and Unreadable when who grants cannot open the team's secrets.
    """
    hold_team_keys()
    live_team()
    held = HolderKey.objects.select_for_update().get(pk=holder.pk)
    if held.revoked_at is not None:
        raise Revoked("This key was revoked: its owner makes a new one at the next unlock.")
    secrets = {key: opened.secret_of(key.version) for key in current_keys()}
    grant_team(held, secrets, by=by, at=now or timezone.now())
    record(by=by, action="grant_team", kind="holder_key", object=holder.reference)


def grant_team(
    holder: HolderKey, secrets: Mapping[TeamKey, TeamSecret], *, by: Actor, at: datetime
) -> None:
    """Vouch for the holder with the newest team key, and seal these secrets to the holder."""
    newest = max(secrets, key=lambda key: key.version)
    holder.signature = secrets[newest].vouch_for_holder(bytes(holder.public_key))
    holder.signed_by = newest
    holder.save(update_fields=["signature", "signed_by"])
    public = PublicKey(bytes(holder.public_key))
    for team_key, secret in secrets.items():
        Grant.objects.update_or_create(
            team_key=team_key,
            holder=holder,
            defaults={
                "sealed_secret": secret.sealed_to(public),
                "granted_at": at,
                "granted_by": by.username,
            },
        )


@transaction.atomic
def revoke_holder(holder: HolderKey, *, by: Actor, now: datetime | None = None) -> None:
    """End the grants of this holder. A copy that was kept still opens: rotate afterwards.

    Raises LastHolder when nobody else holds the live team key, Revoked when it was done before.
    """
    hold_team_keys()
    held = HolderKey.objects.select_for_update().get(pk=holder.pk)
    if held.revoked_at is not None:
        raise Revoked("This key was revoked before.")
    others = current_holders().exclude(pk=held.pk)
    if held.grants.exists() and not others.exists():
        raise LastHolder("This is the last holder: grant the team to somebody else first.")
    overwrite_what_goes()
    held.grants.all().delete()
    held.revoked_at = now or timezone.now()
    held.save(update_fields=["revoked_at"])
    record(by=by, action="revoke_team", kind="holder_key", object=held.reference)


def current_keys() -> list[TeamKey]:
    """The team keys that still open something: the live one, and one that is being replaced."""
    return list(TeamKey.objects.select_related("recovery").exclude(state=KeyState.RETIRED))


def current_holders() -> "QuerySet[HolderKey]":
    """The holders of the live team key."""
    return HolderKey.objects.filter(
        revoked_at__isnull=True, grants__team_key__state=KeyState.LIVE
    ).order_by("pk")


def hold_team_keys() -> None:
    """Grants, revocations and the beginning of a rotation follow each other."""
    list(TeamKey.objects.select_for_update().values_list("pk", flat=True))
