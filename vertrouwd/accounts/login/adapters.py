"""What we ask of allauth: nobody signs up, nothing is mailed, secrets are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from vertrouwd.accounts.models import User
from vertrouwd.accounts.second_step import totp_secrets


class NoSignup(DefaultAccountAdapter):
    """An account is made by an administrator, never here; this installation sends no mail."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""


class NoSocialSignup(DefaultSocialAccountAdapter):
    """Logging in elsewhere never makes an account."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False


class SecondFactors(DefaultMFAAdapter):
    """Secrets of second factors are stored sealed; a passkey knows a person by a number."""

    def encrypt(self, text: str) -> str:
        return totp_secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return totp_secrets.open_sealed(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Vertrouwd"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Vertrouwd"}

    def _get_site_name(self) -> str:
        return "Vertrouwd"

    def _get_user_identifier(self, user: User) -> str:
        return user.username
