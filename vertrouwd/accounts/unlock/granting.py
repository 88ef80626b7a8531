"""Who may open what the team can open: an inspector grants it to a colleague, or it is ended.

The check that counts is between two people: the newcomer reads the fingerprint of the new key
aloud, and who grants types parts of it. A key that somebody slipped into the database reads
differently.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vertrouwd.accounts.login.sessions import end_sessions_of
from vertrouwd.accounts.models import Holding, User, UserKind
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.unlock.session_key import lock
from vertrouwd.audit.record import refuse
from vertrouwd.sealing.holders import (
    LastHolder,
    Revoked,
    current_holders,
    grant_holder,
    revoke_holder,
)
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.recovery import open_for, recovered_key
from vertrouwd.sealing.shares import Share

GROUPS = 10  # of five digits, in a fingerprint
ALOUD = (0, 1, 8, 9)  # the groups that are read aloud and typed


class Refused(Exception):
    """The act is not possible now; the message says why, in words for the person who tried."""


class OtherFingerprint(Refused):
    """What was read aloud or typed is not the fingerprint of the key in the database."""

    def __init__(self) -> None:
        super().__init__(
            "These digits are not those of the key in the database. Nothing was granted. "
            "If they were read and typed well, somebody may have exchanged the key."
        )


def key_to_grant(user: User) -> HolderKey:
    """The key of somebody who is to open cases. Raises Refused, which says what comes first."""
    if not user.may(Permission.HANDLE_CASES):
        raise Refused(f"{user.username} has no role that opens cases: give that role first.")
    holder = HolderKey.objects.filter(holding__user=user, revoked_at__isnull=True).first()
    if holder is None:
        raise Refused(
            f"{user.username} has no key yet: they log in, and make it on the page /sleutel."
        )
    return holder


def checked_key(user: User, *, aloud: str, by: User) -> HolderKey:
    """The key of somebody, when what they read aloud is its fingerprint.

    Raises OtherFingerprint when it is not, Refused when there is no key to grant.
    """
    holder = key_to_grant(user)
    if not is_read_aloud(aloud, fingerprint=holder.fingerprint):
        _refuse(by, "other_fingerprint", holder)
        raise OtherFingerprint
    return holder


def is_read_aloud(typed: str, *, fingerprint: str) -> bool:
    """Whether this holds the first two and the last two groups, or all ten of them."""
    digits = "".join(sign for sign in typed if sign.isdecimal())
    groups = fingerprint.split()
    return digits in {"".join(groups[at] for at in ALOUD), "".join(groups)}


@transaction.atomic
def grant(
    user: User, *, aloud: str, opened: Opened, by: User, now: datetime | None = None
) -> HolderKey:
    """Let a colleague open all the team can open. `aloud` is what was typed of the fingerprint.

    Raises Refused, and Unreadable when `opened` is not of somebody who holds the team.
    """
    if not by.may(Permission.GRANT_KEYS):
        _refuse(by, "no_permission")
        raise Refused(f"{by.username} may not grant keys.")
    holder = checked_key(user, aloud=aloud, by=by)
    try:
        grant_holder(holder, opened=opened, by=by, now=now)
    except Revoked as reason:
        raise Refused(str(reason)) from None
    return holder


@transaction.atomic
def recover(
    user: User, *, aloud: str, shares: Sequence[Share], by: User, now: datetime | None = None
) -> HolderKey:
    """Grant the team to somebody with shares of the recovery key, when nobody can grant it.

    Raises Refused, WrongShare, NoTeam, NotPinned, and Unreadable.
    """
    holder = checked_key(user, aloud=aloud, by=by)
    recovery = recovered_key(shares)
    try:
        open_for(holder, recovery=recovery, by=by, now=now)
    except Revoked as reason:
        raise Refused(str(reason)) from None
    return holder


@transaction.atomic
def revoke(user: User, *, by: User, now: datetime | None = None) -> HolderKey:
    """End what somebody could open, and their sessions. Their copies open until the next rotation.

    Raises Refused, also for the last one who holds the team.
    """
    may = by.may(Permission.GRANT_KEYS) or by.may(Permission.KEEP_PEOPLE)
    if not (may or by.kind == UserKind.SYSTEM):
        _refuse(by, "no_permission")
        raise Refused(f"{by.username} may not end what others can open.")
    holder = HolderKey.objects.filter(holding__user=user, revoked_at__isnull=True).first()
    if holder is None:
        raise Refused(f"{user.username} has no key that could be revoked.")
    try:
        revoke_holder(holder, by=by, now=now)
    except (LastHolder, Revoked) as reason:
        raise Refused(str(reason)) from None
    lock(user=user, by=by, now=now)
    end_sessions_of(user)
    return holder


def names_of_holders() -> list[tuple[str, str]]:
    """(username, fingerprint) of everybody who can open the team's texts."""
    holders = current_holders().select_related("holding__user")
    return [
        (holder.holding.user.username if hasattr(holder, "holding") else "nobody's",
         holder.fingerprint)
        for holder in holders
    ]  # fmt: skip


def names_of_who_left() -> list[str]:
    """Who can open the team's texts, though the account is closed or has no role that opens cases.

    The next team key would be sealed to them as well.
    """
    held = Holding.objects.filter(holder__in=current_holders()).select_related("user")
    people = [one.user for one in held.order_by("user__username")]
    return [person.username for person in people if not person.may(Permission.HANDLE_CASES)]


def _refuse(by: User, reason: str, holder: HolderKey | None = None) -> None:
    name = holder.reference if holder else ""
    refuse(by=by, action="grant_team", kind="holder_key", object=name, reason=reason)
