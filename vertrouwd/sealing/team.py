"""The team key that new texts are sealed to, after a check against the pin outside the database.

What is pinned is one version; a version after it counts when each one vouched for the next. So a
rotation that was interrupted before the pin was moved, or a pin that the administrator has yet to
move, does not stop anybody from filing a report.
"""

from functools import lru_cache

from django.db import connection

from vertrouwd.sealing.keys import PublicKey
from vertrouwd.sealing.models import HolderKey, TeamKey
from vertrouwd.sealing.pin import in_groups, pin, pinned
from vertrouwd.sealing.signing import NotSigned
from vertrouwd.sealing.team_secret import check_holder, check_next
from vertrouwd.sealing.terms import KeyState

SEALING = 29243  # the number of our advisory lock on PostgreSQL


class NoTeam(Exception):
    """There is no team key: nothing can be sealed."""

    def __init__(self) -> None:
        super().__init__("There is no team key yet. `vertrouwd create-team` makes it.")


class NotPinned(Exception):
    """A team key that the pin does not vouch for; nothing is sealed to it, nothing opened."""


def live_team() -> TeamKey:
    """The team key to seal to. Raises NoTeam, NotPinned.

    Call it in the transaction that stores what is sealed to it: until that ends, the key cannot
    retire.
    """
    _keep_from_retiring()
    team_key = TeamKey.objects.select_related("recovery").filter(state=KeyState.LIVE).first()
    if team_key is None:
        raise NoTeam
    check_pinned(team_key, may_be_older=False)
    return team_key


def public_key(team_key: TeamKey) -> PublicKey:
    """Parsed once per process: that takes as long as a wrap."""
    return _parsed(bytes(team_key.public_key))


def pin_from_paper(fingerprint: str) -> None:
    """Pin what is printed on a share, in a home that came without the pin.

    Raises NoTeam, and NotPinned when the live team key does not follow from that fingerprint.
    """
    team_key = TeamKey.objects.select_related("recovery").filter(state=KeyState.LIVE).first()
    if team_key is None:
        raise NoTeam
    check_pinned(team_key, may_be_older=False, wanted=in_groups(fingerprint))
    pin(team_key.fingerprint)


def check_pinned(team_key: TeamKey, *, may_be_older: bool, wanted: str | None = None) -> None:
    """Raise NotPinned unless this key is the pinned one, or follows from it by signatures.

    With `may_be_older` also a key from which the pinned one follows: to open what was sealed
    before a rotation, never to seal. Who can rewrite the database can invent such a key, and then
    opens nothing with it.
    """
    wanted = pinned() if wanted is None else wanted
    if wanted is None:
        raise NotPinned("No fingerprint is pinned: team.fingerprint is missing in the home folder.")
    if team_key.fingerprint == wanted:
        return
    keys = list(TeamKey.objects.select_related("recovery"))
    pinned_key = next((key for key in keys if key.fingerprint == wanted), None)
    if pinned_key is None:
        raise NotPinned("The team key in the database is not the one whose fingerprint is pinned.")
    first, last = sorted((team_key.version, pinned_key.version))
    if team_key.version == first and not may_be_older:
        raise NotPinned("The team key in the database is older than the one that is pinned.")
    chain = [key for key in keys if first <= key.version <= last]
    if len(chain) != last - first + 1 or not all(map(_vouched_for, chain, chain[1:])):
        raise NotPinned("The team key in the database was not signed by the pinned one.")


def is_vouched_for(holder: HolderKey, by: TeamKey) -> bool:
    """Whether this team key signed the holder's public key."""
    try:
        check_holder(
            bytes(holder.signature), bytes(holder.public_key), signing_key=bytes(by.signing_key)
        )
    except NotSigned:
        return False
    return True


def covered(team_key: TeamKey) -> tuple[bytes, bytes, bytes]:
    """The public keys that the fingerprint and the signature of a team key cover."""
    return (
        bytes(team_key.public_key),
        bytes(team_key.signing_key),
        bytes(team_key.recovery.public_key),
    )


def nobody_is_sealing() -> bool:
    """Whether a key may retire now; if so, nobody starts to seal until this transaction ends.

    SQLite has one writer anyway. On PostgreSQL we do not stand in a queue, so that reports that
    come in never wait for us.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALING])
        return bool(cursor.fetchone()[0])


def _keep_from_retiring() -> None:
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEALING])


def _vouched_for(before: TeamKey, after: TeamKey) -> bool:
    try:
        check_next(
            bytes(after.signature),
            after.version,
            *covered(after),
            signing_key=bytes(before.signing_key),
        )
    except NotSigned:
        return False
    return True


@lru_cache(maxsize=8)
def _parsed(data: bytes) -> PublicKey:
    return PublicKey(data)
