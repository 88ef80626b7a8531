"""The passkeys of a person, as logging in keeps them: which of them can also unlock."""

from typing import Any

from vertrouwd.accounts.models import User


def passkeys_of(user: User) -> dict[bytes, str]:
    """Credential id -> the name its owner gave it."""
    from allauth.mfa.models import Authenticator

    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return {_credential(one): str(one.wrap().name) for one in kept.order_by("pk")}


def _credential(authenticator: Any) -> bytes:
    return bytes(authenticator.wrap().authenticator_data.credential_data.credential_id)
