"""What the log says of an attempt to log in, and how long the next one must wait."""

import math
from datetime import timedelta

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from vertrouwd.accounts.login import lockout
from vertrouwd.accounts.models import User
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.audit.record import refuse

UNKNOWN = "unknown"  # what was typed may be a password: it is not repeated


def password_locked_for(request: HttpRequest, username: str) -> timedelta:
    """How long the password of that name is not looked at; an attempt meanwhile is logged."""
    locked = lockout.locked_for(request, username)
    if locked:
        _refuse(username, reason="locked")
    return locked


def password_was_wrong(request: HttpRequest, username: str) -> timedelta:
    """Log it; returns how long the next attempt must wait. Counting was done by axes."""
    _refuse(username, reason="wrong_password")
    locked = lockout.locked_for(request, username)
    if locked:
        _refuse(username, reason="lock_begins")
    return locked


def code_locked_for(request: HttpRequest, user: User) -> timedelta:
    """How long no code of this person is looked at."""
    return lockout.code_locked_for(request, user.username)


def code_was_wrong(request: HttpRequest, user: User) -> timedelta:
    """Count and log it; returns how long the next attempt must wait."""
    lockout.count_wrong_code(request, user.username)
    _refuse(user.username, reason="wrong_code")
    locked = lockout.code_locked_for(request, user.username)
    if locked:
        _refuse(user.username, reason="lock_begins")
    return locked


def code_was_right(request: HttpRequest, user: User) -> None:
    """Counting starts again."""
    lockout.forget_wrong_codes(request, user.username)


def own_password_is(request: SignedInRequest, form: forms.Form, *, field: str = "password") -> bool:
    """Whether who is logged in gave the right password; a wrong one counts, and the form says so.

    Counted as a wrong code is: for the person.
    """
    user = request.user
    locked = lockout.code_locked_for(request, user.username)
    if locked:
        text = gettext("Te vaak verkeerd ingevuld. Probeer het over %(n)s minuten opnieuw.")
        form.add_error(field, text % {"n": minutes(locked)})
        return False
    if user.check_password(form.cleaned_data[field]):
        lockout.forget_wrong_codes(request, user.username)
        return True
    lockout.count_wrong_code(request, user.username)
    refuse(by=user, action="confirm_password", kind="account", reason="wrong_password")
    form.add_error(field, gettext("Dit wachtwoord klopt niet."))
    return False


def passkey_was_wrong() -> None:
    """Log it; a passkey is never locked, there is nothing to guess."""
    refuse(by=None, action="log_in", kind="session", object=UNKNOWN, reason="wrong_passkey")


def invitation_was_wrong() -> None:
    """Log it; what was typed is not repeated. With 128 random bits there is nothing to guess."""
    refuse(by=None, action="accept_invitation", kind="account", reason="wrong_code")


def organisation_refused(reason: str) -> None:
    """Log that the login of the organisation ended without one here; `reason` is a code."""
    refuse(by=None, action="log_in", kind="session", object=UNKNOWN, reason=reason)


def minutes(locked: timedelta) -> int:
    """In whole minutes, for people; 0 when nothing is locked."""
    return math.ceil(locked.total_seconds() / 60)


def _refuse(username: str, *, reason: str) -> None:
    is_known = User.objects.filter(username=username).exists()
    name = username if is_known else UNKNOWN
    refuse(by=None, action="log_in", kind="session", object=name, reason=reason)
