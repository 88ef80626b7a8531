"""The addresses of the provider of the tests, and its tokens; loaded in its own process."""

import re
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.views import LoginView
from django.urls import include, path
from oauth2_provider.oauth2_validators import OAuth2Validator

from tests.servers.identity_provider import claims_of

BACK = re.compile(r"http://localhost:[0-9]+/inloggen/organisatie/terug")

urlpatterns = [
    path("login", LoginView.as_view()),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


class AsTheyAreCalled(OAuth2Validator):
    """The token of each person is as their user name says."""

    def validate_redirect_uri(
        self, client_id: str, redirect_uri: str, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """On any port: the tests take a free one."""
        return bool(BACK.fullmatch(redirect_uri))

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return {"sub": request.user.username}

    def get_id_token_dictionary(
        self, token: Any, token_handler: Any, request: Any
    ) -> tuple[dict[str, Any], Any]:
        claims, until = super().get_id_token_dictionary(token, token_handler, request)
        return {**claims, **claims_of(request.user.username, time.time())}, until

    def finalize_id_token(self, id_token: Any, token: Any, token_handler: Any, request: Any) -> str:
        made = super().finalize_id_token(id_token, token, token_handler, request)
        claims = jwt.decode(made, options={"verify_signature": False})
        headers = {"kid": jwt.get_unverified_header(made)["kid"]}
        if request.user.username == "other-key":
            other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            return jwt.encode(claims, other, algorithm="RS256", headers=headers)
        if request.user.username == "not-signed":
            return jwt.encode(claims, None, algorithm="none", headers=headers)
        return str(made)
