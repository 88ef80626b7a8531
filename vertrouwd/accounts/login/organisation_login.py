"""Logging in through the organisation (OpenID Connect Core 1.0, code flow with PKCE).

The talk with the provider is allauth's (state, code, keys); what we believe of it is decided here:
its issuer is the configured one, the token is signed, for us, of now, and answers our own question
(nonce). Nothing of it is stored: neither token nor name nor address.
"""

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import requests
from allauth.core.internal.deferred import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.http import HttpRequest

from vertrouwd.accounts.login.organisation import Organisation, took_two_steps
from vertrouwd.accounts.models import User, UserKind

BACK = "/inloggen/organisatie/terug"
SIGNED_WITH = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})


class Unavailable(Exception):
    """The provider does not answer, or not as OpenID Connect says."""


class NotBelieved(Exception):
    """What came back does not belong to a question of ours, or not to this provider.

    `reason` is a code for the log.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotKnown(Exception):
    """The provider vouches for somebody who is bound to no account here."""


@dataclass(frozen=True)
class Vouched:
    """For whom the provider vouches, whether with two steps, and where they wanted to go."""

    user: User
    two_steps: bool
    go_to: str


def question(request: HttpRequest, where: Organisation, *, go_to: str) -> str:
    """The address at the provider to send the browser to. Raises Unavailable, NotBelieved."""
    configuration = _configuration(where)
    pkce = generate_code_challenge()
    nonce = secrets.token_urlsafe(24)
    state = {"nonce": nonce, "verifier": pkce.pop("code_verifier"), "next": go_to}
    asked = {
        "client_id": where.client_id,
        "redirect_uri": request.build_absolute_uri(BACK),
        "response_type": "code",
        "scope": "openid",
        "state": statekit.stash_state(request, provider_id=where.key, state=state),
        "nonce": nonce,
        **pkce,
    }
    return f"{configuration['authorization_endpoint']}?{urlencode(asked)}"


def answer(request: HttpRequest, where: Organisation) -> Vouched:
    """Who came back from the provider. Raises Unavailable, NotBelieved, NotKnown."""
    state = statekit.unstash_state(
        request, provider_id=where.key, state_id=request.GET.get("state", "")
    )
    if state is None:
        raise NotBelieved("wrong_state")
    if "code" not in request.GET:
        raise NotBelieved("no_code")
    claims = _claims(request, where, verifier=state["verifier"])
    if not secrets.compare_digest(str(claims.get("nonce", "")), state["nonce"]):
        raise NotBelieved("wrong_nonce")
    bound = SocialAccount.objects.filter(provider=where.key, uid=str(claims.get("sub", "")))
    account = bound.select_related("user").first()
    if account is None or not account.user.is_active or account.user.kind != UserKind.PERSON:
        raise NotKnown
    return Vouched(account.user, took_two_steps(claims), state["next"])


def _claims(request: HttpRequest, where: Organisation, *, verifier: str) -> dict[str, Any]:
    configuration = _configuration(where)
    methods = configuration.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    client = OAuth2Client(
        request,
        where.client_id,
        where.client_secret,
        "POST",
        configuration["token_endpoint"],
        request.build_absolute_uri(BACK),
        basic_auth="client_secret_post" not in methods,
    )
    try:
        tokens = client.get_access_token(request.GET["code"], pkce_code_verifier=verifier)
        token = tokens["id_token"]
        if jwt.get_unverified_header(token).get("alg") not in SIGNED_WITH:
            raise NotBelieved("not_signed")
        return jwtkit.verify_and_decode(
            credential=token,
            keys_url=configuration["jwks_uri"],
            issuer=where.issuer,
            audience=where.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
    except requests.RequestException:
        raise Unavailable from None
    except (OAuth2Error, jwt.PyJWTError, KeyError, TypeError, ValueError):
        raise NotBelieved("wrong_token") from None


def _configuration(where: Organisation) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0)."""
    try:
        with get_adapter().get_requests_session() as session:
            response = session.get(f"{where.issuer}/.well-known/openid-configuration")
            response.raise_for_status()
            configuration = response.json()
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri", "issuer")
        if not all(isinstance(configuration[name], str) for name in needed):
            raise Unavailable
    except (requests.RequestException, ValueError, KeyError, TypeError):
        raise Unavailable from None
    if configuration["issuer"].rstrip("/") != where.issuer:
        raise NotBelieved("wrong_issuer")
    return configuration
