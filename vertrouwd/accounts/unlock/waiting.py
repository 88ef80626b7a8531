"""What the page for letting colleagues in shows: who waits, who was let in."""

from dataclasses import dataclass

from django.db.models import QuerySet

from vertrouwd.accounts.models import Holding, User
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.unlock.granting import ALOUD, GROUPS
from vertrouwd.sealing.holders import current_holders


@dataclass(frozen=True)
class Colleague:
    """Somebody with a key. Of its fingerprint the groups that are typed are left out: who grants
    hears them, and does not read them off the screen."""

    user: User
    groups: tuple[str, ...]  # ten; empty where one types


def waiting(*, besides: User) -> list[Colleague]:
    """Who made a key, may handle cases, and waits for a colleague."""
    granted = current_holders().values("pk")
    holdings = _holdings(besides).exclude(holder__in=granted)
    return [
        Colleague(one.user, _heard(one.holder.fingerprint))
        for one in holdings
        if one.user.may(Permission.HANDLE_CASES)
    ]


def let_in(*, besides: User) -> list[User]:
    """The colleagues who can open what the team can open."""
    return [one.user for one in _holdings(besides).filter(holder__in=current_holders())]


def colleague(number: str, *, besides: User) -> User | None:
    """The colleague whose key a form names."""
    found = _holdings(besides).filter(holder__pk=int(number) if number.isdecimal() else 0).first()
    return found.user if found else None


def _holdings(besides: User) -> QuerySet[Holding]:
    held = Holding.objects.select_related("user", "holder").filter(holder__revoked_at__isnull=True)
    return held.exclude(user=besides).order_by("user__name", "pk")


def _heard(fingerprint: str) -> tuple[str, ...]:
    groups = fingerprint.split()
    return tuple("" if at in ALOUD else groups[at] for at in range(GROUPS))
