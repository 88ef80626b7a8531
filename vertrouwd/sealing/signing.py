"""Signatures under public keys, so that nobody seals to a key that was slipped in; no Django.

Ed25519 (RFC 8032). A private key is kept as its 32 bytes.
"""

import secrets
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vertrouwd.sealing.binding import joined

SIGNING_BYTES = 32


class NotSigned(Exception):
    """The signature is not of this key over these bytes."""


@dataclass(frozen=True, repr=False)
class SigningKey:
    """What signs: 32 bytes, never to show."""

    seed: bytes

    @classmethod
    def generate(cls) -> "SigningKey":
        return cls(secrets.token_bytes(SIGNING_BYTES))

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def public(self) -> bytes:
        """32 bytes with which anybody can check."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, *what: bytes | str | int, purpose: str) -> bytes:
        """64 bytes; the purpose keeps a signature from being used for something else."""
        return self._private.sign(joined(b"vertrouwd signature 1", purpose, *what))


def check(signature: bytes, *what: bytes | str | int, purpose: str, public: bytes) -> None:
    """Raise NotSigned unless `public` signed just that, for that purpose."""
    signed = joined(b"vertrouwd signature 1", purpose, *what)
    try:
        Ed25519PublicKey.from_public_bytes(bytes(public)).verify(bytes(signature), signed)
    except (InvalidSignature, ValueError):
        raise NotSigned("The signature is not right.") from None
