"""Replace the team key: a new one goes live, every data key is wrapped anew, the old one retires.

Each step is one transaction, and the row of the rotation says that there is one: whoever runs it
again goes on where it was interrupted. Reports may come in all the time. What is sealed to the old
key meanwhile is swept at the end; the old key retires only in a moment when nobody is sealing and
nothing is left under it, and then its secret is destroyed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from vertrouwd.audit.record import Actor, record, refuse
from vertrouwd.sealing.holders import current_holders, grant_team, hold_team_keys
from vertrouwd.sealing.keys import PublicKey, wrap
from vertrouwd.sealing.models import DataKey, Grant, HolderKey, Rotation, TeamKey
from vertrouwd.sealing.opening import Opened, unwrap_data_key, wrap_purpose
from vertrouwd.sealing.overwriting import overwrite_what_goes
from vertrouwd.sealing.patience import patiently
from vertrouwd.sealing.pin import pin
from vertrouwd.sealing.rotation_lock import only_rotation
from vertrouwd.sealing.team import is_vouched_for, live_team, nobody_is_sealing, public_key
from vertrouwd.sealing.team_secret import RECOVERY, TeamSecret
from vertrouwd.sealing.terms import KeyState
from vertrouwd.sealing.unreadable import Unreadable

BATCH = 500
TRIES, PAUSE = 300, 0.1  # for a moment in which nobody is sealing
Progress = Callable[[int, int], None]  # done, of how many


class NotFinished(Exception):
    """The old key could not retire yet; running it again goes on."""


@dataclass(frozen=True)
class Result:
    """What a rotation came to; `unreadable` are records whose data key does not open any more."""

    rotation: Rotation
    is_pinned: bool
    unreadable: tuple[str, ...]


def unfinished() -> Rotation | None:
    """The rotation that was begun and has not ended."""
    rows = Rotation.objects.select_related("from_key", "to_key__recovery")
    return rows.filter(finished_at__isnull=True).first()


def rotate(
    *, opened: Opened, by: Actor, now: datetime | None = None, progress: Progress | None = None
) -> Result:
    """Do all of it, or go on with what was begun.

    Raises RotationRuns when another process does it now, Unreadable when `opened` cannot open the
    team, NotPinned, NotFinished.
    """
    with only_rotation():
        rotation = unfinished() or patiently(lambda: begin(opened=opened, by=by, now=now))
        is_pinned = pin(rotation.to_key.fingerprint)
        secret = opened.secret_of(rotation.from_key.version)
        unreadable = rewrap(rotation, secret=secret, progress=progress)
        if not unreadable:
            retire(rotation, secret=secret, by=by, now=now)
        return Result(rotation, is_pinned, tuple(unreadable.values()))


@transaction.atomic
def begin(*, opened: Opened, by: Actor, now: datetime | None = None) -> Rotation:
    """Make the next team key live: vouched for by the last, sealed to recovery and all holders.

    Raises Unreadable, NotPinned; IntegrityError when a rotation was begun before.
    """
    hold_team_keys()
    old = live_team()
    vouching = opened.secret_of(old.version)
    at, secret = now or timezone.now(), TeamSecret.generate(old.version + 1)
    holders = [holder for holder in current_holders() if _is_trusted(holder, old, by)]
    TeamKey.objects.filter(pk=old.pk).update(state=KeyState.RETIRING)
    public, signing = secret.public_keys
    recovery = PublicKey(bytes(old.recovery.public_key))
    new = TeamKey.objects.create(
        version=secret.version, public_key=public, signing_key=signing, state=KeyState.LIVE,
        made_at=at, recovery=old.recovery,
        sealed_for_recovery=secret.sealed_to(recovery, purpose=RECOVERY),
        signature=vouching.vouch_for_next(secret.version, public, signing, recovery.data),
    )  # fmt: skip
    for holder in holders:
        grant_team(holder, {new: secret}, by=by, at=at)
    rotation = Rotation.objects.create(from_key=old, to_key=new, started_at=at)
    record(
        by=by, action="begin_rotation", kind="team_key", object=new.reference,
        detail={"holders": len(holders)},
    )  # fmt: skip
    return rotation


def rewrap(
    rotation: Rotation, *, secret: TeamSecret, progress: Progress | None = None
) -> dict[int, str]:
    """Wrap every data key of the old team key to the new one, in batches of one transaction each.

    Returns number -> record of those that cannot be opened; they stay as they are.
    """
    unreadable: dict[int, str] = {}
    while batch := _next_batch(rotation, unreadable):
        done, failed = _wrapped_anew(batch, secret, rotation.to_key)
        unreadable |= failed
        patiently(partial(_store, done, rotation))
        if progress:
            rotation.refresh_from_db(fields=["done"])
            progress(rotation.done, rotation.done + _left(rotation).count())
    return unreadable


def retire(
    rotation: Rotation, *, secret: TeamSecret, by: Actor, now: datetime | None = None
) -> None:
    """End it once nothing is left under the old key: its secret is destroyed everywhere here.

    Raises NotFinished when there was no moment without somebody sealing.
    """
    for _ in range(TRIES):
        rewrap(rotation, secret=secret)
        if patiently(partial(_end, rotation, by=by, at=now or timezone.now())):
            return
        time.sleep(PAUSE)
    raise NotFinished(
        "The old team key is still in use by something that stores reports. Run it again."
    )


@transaction.atomic
def _end(rotation: Rotation, *, by: Actor, at: datetime) -> bool:
    """Retire the old key if this is the moment; whether it was."""
    if not nobody_is_sealing() or _left(rotation).exists():
        return False
    overwrite_what_goes()
    Grant.objects.filter(team_key=rotation.from_key_id).delete()
    TeamKey.objects.filter(pk=rotation.from_key_id).update(
        state=KeyState.RETIRED, retired_at=at, sealed_for_recovery=None
    )
    Rotation.objects.filter(pk=rotation.pk).update(finished_at=at)
    rotation.refresh_from_db()
    record(
        by=by, action="end_rotation", kind="team_key", object=rotation.to_key.reference,
        detail={"data_keys": rotation.done},
    )  # fmt: skip
    return True


def _is_trusted(holder: HolderKey, team_key: TeamKey, by: Actor) -> bool:
    """Nothing is sealed to a key that came into the database in another way than by a grant."""
    if is_vouched_for(holder, team_key):
        return True
    refuse(
        by=by, action="grant_team", kind="holder_key", object=holder.reference, reason="not_signed"
    )
    return False


def _left(rotation: Rotation) -> "QuerySet[DataKey]":
    return DataKey.objects.filter(team_key=rotation.from_key_id, destroyed_at__isnull=True)


def _next_batch(rotation: Rotation, without: dict[int, str]) -> list[DataKey]:
    return list(_left(rotation).exclude(pk__in=list(without)).order_by("pk")[:BATCH])


def _wrapped_anew(
    batch: list[DataKey], secret: TeamSecret, to: TeamKey
) -> tuple[list[tuple[bytes, int]], dict[int, str]]:
    """(wrap, number) of each data key, and number -> record of those that do not open."""
    done, failed, public = [], {}, public_key(to)
    for data_key in batch:
        try:
            key = unwrap_data_key(data_key, secret)
        except Unreadable:
            failed[data_key.pk] = data_key.record
            continue
        purpose = wrap_purpose(data_key.purpose, data_key.number)
        wrapped = wrap(
            key, to=public, purpose=purpose, record=data_key.record, key_version=to.version
        )
        done.append((wrapped, data_key.pk))
    return done, failed


@transaction.atomic
def _store(done: list[tuple[bytes, int]], rotation: Rotation) -> None:
    """One that was destroyed meanwhile stays destroyed."""
    table = connection.ops.quote_name(DataKey._meta.db_table)
    statement = (
        f"UPDATE {table} SET wrapped = %s, team_key_id = %s "  # noqa: S608 - our own table
        "WHERE id = %s AND team_key_id = %s AND destroyed_at IS NULL"
    )
    new, old = rotation.to_key_id, rotation.from_key_id
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(wrapped, new, pk, old) for wrapped, pk in done])
    Rotation.objects.filter(pk=rotation.pk).update(done=F("done") + len(done))
