"""The people who work here, as an administrator finds them; each look is in the log."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404

from vertrouwd.accounts.models import RoleGrant, User, UserKind
from vertrouwd.accounts.people.actions import add_person, invite
from vertrouwd.audit.record import LIST, LOOK, look, refuse


@dataclass(frozen=True)
class Person:
    """One person in the list."""

    user: User
    roles: tuple[str, ...]

    @property
    def state(self) -> str:
        """`closed`, `invited` (has no password yet) or `open`."""
        if not self.user.is_active:
            return "closed"
        return "open" if self.user.has_usable_password() else "invited"


def list_people(*, by: User) -> list[Person]:
    """Everybody, in the order of the alphabet."""
    current = RoleGrant.objects.filter(ended_at__isnull=True).order_by("role")
    rows = User.objects.filter(kind=UserKind.PERSON).order_by("username")
    rows = rows.prefetch_related(Prefetch("role_grants", current, to_attr="current"))
    found = [Person(row, tuple(grant.role for grant in row.current)) for row in rows]
    look(by=by, kind="account", action=LIST, count=len(found))
    return found


def find_person(number: int, *, by: User) -> User:
    """One person. Raises Http404; the system is nobody."""
    found = User.objects.filter(pk=number, kind=UserKind.PERSON).first()
    if found is None:
        refuse(by=by, action=LOOK, kind="account")
        raise Http404
    return found


def look_at(number: int, *, by: User) -> User:
    """One person, with a line in the log. Raises Http404."""
    found = find_person(number, by=by)
    look(by=by, kind="account", object=found.username)
    return found


def second_steps_of(user: User) -> list[str]:
    """The kinds of second steps that somebody has; not which."""
    kinds = Authenticator.objects.filter(user=user, type__in=["totp", "webauthn"])
    return sorted(set(kinds.values_list("type", flat=True)))


def is_bound(user: User, key: str) -> bool:
    """Whether this account can be had through the organisation's login of this key."""
    return SocialAccount.objects.filter(user=user, provider=key).exists()


@transaction.atomic
def add_and_invite(*, username: str, name: str, by: User) -> tuple[User, str]:
    """A new account and the code of its invitation. Raises NotPossible."""
    person = add_person(username=username, name=name, by=by)
    return person, invite(user=person, by=by)
