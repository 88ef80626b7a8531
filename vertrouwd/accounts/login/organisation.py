"""The login of the organisation itself (OpenID Connect), when one is configured; knows no Django.

What counts as two steps over there: RFC 8176 names the methods (`amr`), the provider the level
(`acr`).
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from vertrouwd.secret_file import read_secret

TWO_STEPS_BY_METHOD = frozenset({"mfa", "otp", "hwk", "swk", "sc"})  # RFC 8176
TWO_STEPS_BY_LEVEL = frozenset({
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "https://refeds.org/profile/mfa",
    "http://eidas.europa.eu/LoA/substantial",
    "http://eidas.europa.eu/LoA/high",
})  # fmt: skip
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Organisation:
    """Where the organisation's people log in, and as whom we ask."""

    name: str
    issuer: str
    client_id: str
    client_secret: str

    @property
    def key(self) -> str:
        """What a bound account is stored under: another issuer never inherits the accounts."""
        return "oidc-" + sha256(self.issuer.encode()).hexdigest()[:24]


def organisation(environment: Mapping[str, str] = os.environ) -> Organisation | None:
    """The organisation that VERTROUWD_OIDC_ISSUER and the settings beside it describe, or None.

    Raises ValueError with what is missing or not safe.
    """
    issuer = environment.get("VERTROUWD_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    address = urlsplit(issuer)
    is_safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in LOCAL)
    if not is_safe or address.query or address.fragment:
        raise ValueError("VERTROUWD_OIDC_ISSUER is no https address without query.")
    client_id = environment.get("VERTROUWD_OIDC_CLIENT_ID", "")
    if not client_id:
        raise ValueError("VERTROUWD_OIDC_ISSUER is set; VERTROUWD_OIDC_CLIENT_ID is missing.")
    return Organisation(
        name=environment.get("VERTROUWD_OIDC_NAME", "") or "uw organisatie",
        issuer=issuer,
        client_id=client_id,
        client_secret=_secret_in(environment.get("VERTROUWD_OIDC_CLIENT_SECRET_FILE", "")),
    )


def took_two_steps(claims: Mapping[str, object]) -> bool:
    """Whether the provider says that more than a password was asked."""
    methods = claims.get("amr")
    named = set(methods) if isinstance(methods, Iterable) and not isinstance(methods, str) else ()
    return bool(TWO_STEPS_BY_METHOD.intersection(named)) or (
        claims.get("acr") in TWO_STEPS_BY_LEVEL
    )


def _secret_in(name: str) -> str:
    if not name:
        raise ValueError("VERTROUWD_OIDC_ISSUER is set; VERTROUWD_OIDC_CLIENT_SECRET_FILE is not.")
    return read_secret(name, setting="VERTROUWD_OIDC_CLIENT_SECRET_FILE")
