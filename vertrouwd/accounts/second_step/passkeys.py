"""Passkeys (WebAuthn): registering one, and logging in with one.

A passkey here is discoverable and checks who holds it (PIN, finger, face): it is two steps by
itself. The ceremonies are allauth's and fido2's; their state waits in the session.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from vertrouwd.accounts.models import User, UserKind

LONGEST = 20_000  # characters of an answer
WRONG = (ValueError, TypeError, KeyError, AttributeError, ValidationError)


class NotAccepted(Exception):
    """The answer of the browser is not what was asked."""


def login_options() -> dict[str, Any]:
    """What the browser is asked to log in with: any passkey of this site."""
    return auth.begin_authentication()


def user_of(credential: object) -> User:
    """Whose passkey answered. Raises NotAccepted, also for somebody who left."""
    try:
        if not isinstance(credential, dict):
            raise NotAccepted
        auth.parse_authentication_response(credential)
        user = auth.extract_user_from_response(credential)
        authenticator = auth.complete_authentication(user, credential)
    except WRONG:
        raise NotAccepted from None
    if not user.is_active or user.kind != UserKind.PERSON:
        raise NotAccepted
    authenticator.record_usage()
    return user


def registration_options(user: User) -> dict[str, Any]:
    """What the browser is asked to make: a discoverable passkey that checks its holder."""
    return auth.begin_registration(user, passwordless=True)


def checked_registration(credential: object) -> dict[str, Any]:
    """The new passkey, when it is the one that was asked. Raises NotAccepted."""
    try:
        if not isinstance(credential, dict):
            raise NotAccepted
        auth.parse_registration_response(credential)
        if not auth.complete_registration(credential).is_user_verified():
            raise NotAccepted
    except WRONG:
        raise NotAccepted from None
    return credential


def credential_id_of(row: Authenticator) -> bytes:
    """The number under which the browser knows this passkey."""
    return bytes(row.wrap().authenticator_data.credential_data.credential_id)
