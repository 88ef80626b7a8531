"""A passkey that lives in memory, for tests without a browser: it logs in here, and unlocks.

key = give_passkey(user)
"""

import json
import secrets
from dataclasses import dataclass
from hashlib import sha256

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from vertrouwd.accounts.models import User
from vertrouwd.accounts.second_step.actions import add_passkey

FLAG = AuthenticatorData.FLAG


@dataclass(frozen=True)
class Passkey:
    """One passkey: its number here, its number in the browser, and what it answers to a salt."""

    pk: int
    credential_id: bytes
    prf: bytes


def give_passkey(user: User, *, name: str = "sleutelhanger") -> Passkey:
    """Make a passkey for this person and register it."""
    credential_id = secrets.token_bytes(32)
    public_key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    kept = AuthenticatorData.create(
        sha256(b"localhost").digest(),
        FLAG.UP | FLAG.UV | FLAG.AT,
        0,
        AttestedCredentialData.create(b"\0" * 16, credential_id, public_key),
    )
    answer = {
        "id": websafe_encode(credential_id),
        "rawId": websafe_encode(credential_id),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(
                {"type": "webauthn.create", "challenge": "AA", "origin": "http://localhost"}
            ).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", kept, {})),
        },
    }  # fmt: skip
    add_passkey(name=name, credential=answer, by=user)
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).latest("pk")
    return Passkey(row.pk, credential_id, secrets.token_bytes(32))
