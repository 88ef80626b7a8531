"""Acts about the people who work here: accounts, roles, invitations. Each leaves a line."""

import re
import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.login import sessions
from vertrouwd.accounts.models import Invitation, RoleGrant, User, UserKind
from vertrouwd.accounts.policy import clashing
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.record import record

VALID_FOR = timedelta(minutes=30)
CODE_BYTES = 16
USERNAME = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
LONGEST_USERNAME = 40


class NotPossible(Exception):
    """The act is not allowed as things are; the message says why, in the language of the page."""


@transaction.atomic
def add_person(*, username: str, name: str = "", by: User) -> User:
    """A new account that cannot log in before it is invited. Raises NotPossible."""
    if len(username) > LONGEST_USERNAME or not USERNAME.fullmatch(username):
        raise NotPossible(
            gettext("Een gebruikersnaam heeft kleine letters, cijfers, punten en streepjes.")
        )
    if User.objects.filter(username=username).exists():
        raise NotPossible(gettext("Deze gebruikersnaam bestaat al."))
    person = User(username=username, name=name.strip()[:200])
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # a colleague was first, a moment ago
        raise NotPossible(gettext("Deze gebruikersnaam bestaat al.")) from None
    record(by=by, action="add_person", kind="account", object=username)
    return person


@transaction.atomic
def invite(*, user: User, by: User, now: datetime | None = None) -> str:
    """A code of 128 random bits with which somebody chooses a password, for half an hour.

    Codes given before no longer work. Only the digest of the code is kept. Raises NotPossible.
    """
    user = _held(user)  # of two who invite at once one code works
    if user.has_usable_password() or not user.is_active or user.kind != UserKind.PERSON:
        raise NotPossible(gettext("Deze persoon heeft al een wachtwoord, of doet niet meer mee."))
    now = now or timezone.now()
    Invitation.objects.filter(user=user, used_at__isnull=True, expires_at__gt=now).update(
        used_at=now
    )
    code = b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=").lower()
    Invitation.objects.create(
        user=user, digest=_digest(code), made_at=now, made_by=by, expires_at=now + VALID_FOR
    )
    record(by=by, action="invite", kind="account", object=user.username)
    return "-".join([*(code[i : i + 5] for i in range(0, 20, 5)), code[20:]])


def find_invitation(code: str, *, now: datetime | None = None) -> Invitation | None:
    """The invitation of this code, when it still works. Capitals, spaces and dashes are free."""
    digest = _digest(re.sub(r"[\s-]", "", code).lower())
    return _open_invitations(now or timezone.now()).filter(digest=digest).first()


def open_invitation(pk: object, *, now: datetime | None = None) -> Invitation | None:
    """The invitation with this number, when it still works."""
    found = _open_invitations(now or timezone.now()).filter(pk=pk) if isinstance(pk, int) else None
    return found.first() if found is not None else None


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, by: User) -> None:
    """The person chose a password; the code has done its work. Raises NotPossible."""
    now = timezone.now()
    _held(by)  # of two who come with one code at once, the second waits here and finds it used
    if not _open_invitations(now).filter(pk=invitation.pk).update(used_at=now):
        raise NotPossible(gettext("Deze uitnodiging werkt niet meer."))
    by.set_password(password)
    by.save(update_fields=["password"])
    record(by=by, action="accept_invitation", kind="account", object=by.username)


@transaction.atomic
def grant_role(*, user: User, role: Role, by: User, now: datetime | None = None) -> RoleGrant:
    """Give somebody a role. Raises NotPossible for oneself, and for roles that clash."""
    _not_oneself(user, by)
    _held(user)
    if role in user.roles:
        raise NotPossible(gettext("Deze persoon heeft deze rol al."))
    if pairs := clashing([*user.roles, role]):
        other = next(r for r in pairs[0] if r != role)
        raise NotPossible(
            gettext("De rollen %(one)s en %(other)s gaan niet samen bij één persoon.")
            % {"one": role.value, "other": other.value}
        )
    grant = RoleGrant.objects.create(
        user=user, role=role, granted_at=now or timezone.now(), granted_by=by
    )
    _record_role("grant_role", user, role, by)
    return grant


@transaction.atomic
def end_role(*, user: User, role: Role, by: User, now: datetime | None = None) -> None:
    """End a role; what the person had unlocked is locked. Raises NotPossible."""
    _not_oneself(user, by)
    if role == Role.ADMINISTRATOR:
        _not_the_last_administrator(user)
    _held(user)
    grant = RoleGrant.objects.filter(user=user, role=role, ended_at__isnull=True).first()
    if grant is None:
        raise NotPossible(gettext("Deze persoon heeft deze rol niet."))
    grant.ended_at, grant.ended_by = now or timezone.now(), by
    grant.save(update_fields=["ended_at", "ended_by"])
    _lock_all(user, by=by)
    _record_role("end_role", user, role, by)


@transaction.atomic
def deactivate(*, user: User, by: User) -> int:
    """Somebody leaves: the account closes and all sessions end. Returns how many ended."""
    _not_oneself(user, by)
    _not_the_last_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    Invitation.objects.filter(user=user, used_at__isnull=True).update(used_at=timezone.now())
    ended = sessions.end_sessions_of(user)
    detail = {"sessions_ended": ended}
    record(by=by, action="deactivate", kind="account", object=user.username, detail=detail)
    return ended


@transaction.atomic
def reactivate(*, user: User, by: User) -> None:
    """Somebody is back, with the roles of before."""
    _not_oneself(user, by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by=by, action="reactivate", kind="account", object=user.username)


@transaction.atomic
def start_over(*, user: User, by: User) -> str:
    """Somebody lost every means to log in: all of it is removed, all sessions end.

    Returns the code of a new invitation. The keys to dossiers are another matter: those a
    colleague grants anew. Raises NotPossible.
    """
    from vertrouwd.accounts.second_step.actions import remove_all_factors

    _not_oneself(user, by)
    removed, ended = remove_all_factors(user=user, by=by), sessions.end_sessions_of(user)
    unbind_organisation(user=user, by=by)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    detail = {"factors": removed, "sessions_ended": ended}
    record(by=by, action="start_over", kind="account", object=user.username, detail=detail)
    return invite(user=user, by=by)


@transaction.atomic
def bind_organisation(*, user: User, key: str, subject: str, by: User) -> None:
    """This account is the one that the organisation's login calls `subject`. `key` names the
    issuer. All sessions end, so that nobody else comes in unnoticed beside the person whose account
    it is. Raises NotPossible when somebody else is bound to it."""
    from allauth.socialaccount.models import SocialAccount

    _not_oneself(user, by)
    if not subject or len(subject) > 191:
        raise NotPossible(gettext("Vul het kenmerk in dat de organisatie aan deze persoon geeft."))
    if SocialAccount.objects.filter(provider=key, uid=subject).exclude(user=user).exists():
        raise NotPossible(gettext("Dit kenmerk hoort al bij een ander account."))
    SocialAccount.objects.filter(user=user).delete()
    SocialAccount.objects.create(user=user, provider=key, uid=subject)
    detail = {"sessions_ended": sessions.end_sessions_of(user)}
    record(by=by, action="bind_organisation", kind="account", object=user.username, detail=detail)


@transaction.atomic
def unbind_organisation(*, user: User, by: User) -> None:
    """This account is not to be had through the organisation's login any more; its sessions end,
    one that came in by that login too."""
    from allauth.socialaccount.models import SocialAccount

    if SocialAccount.objects.filter(user=user).delete()[0]:
        detail = {"sessions_ended": sessions.end_sessions_of(user)}
        record(
            by=by, action="unbind_organisation", kind="account", object=user.username, detail=detail
        )


def administrators() -> list[User]:
    """Who keeps people and settings now."""
    found = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True)
    return [g.user for g in found.select_related("user") if g.user.is_active]


def _held(user: User) -> User:
    """The account as it is now; who acts on it at the same moment waits for this act."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _not_oneself(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise NotPossible(gettext("Dit kunt u niet bij uzelf doen. Vraag een andere beheerder."))


def _not_the_last_administrator(user: User) -> None:
    """Two at once wait for each other, so that not each ends the other."""
    rows = RoleGrant.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, ended_at__isnull=True
    )
    list(rows.order_by("pk"))
    here = {person.pk for person in administrators()}
    if user.pk in here and len(here) == 1:
        raise NotPossible(gettext("Dit is de laatste beheerder. Maak eerst een ander beheerder."))


def _record_role(action: str, user: User, role: Role, by: User) -> None:
    detail = {"role": role.name.lower()}
    record(by=by, action=action, kind="account", object=user.username, detail=detail)


def _lock_all(user: User, *, by: User) -> None:
    from vertrouwd.accounts.unlock import session_key  # which knows people

    session_key.lock(user=user, by=by)


def _open_invitations(now: datetime):
    here = Invitation.objects.filter(used_at__isnull=True, expires_at__gt=now, made_at__lte=now)
    return here.filter(user__is_active=True).select_related("user")


def _digest(code: str) -> str:
    return sha256(b"vertrouwd/invitation " + code.encode()).hexdigest()
