"""Key pairs that data keys are wrapped to; knows no Django.

HPKE (RFC 9180) with the hybrid X25519 + ML-KEM-768 (FIPS 203): who records today what travels or
lies here must break both. The library has no form for a hybrid private key, so its seed is kept:
64 bytes of ML-KEM and 32 of X25519.
"""

import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from vertrouwd.sealing.binding import joined
from vertrouwd.sealing.fingerprints import fingerprint
from vertrouwd.sealing.suite import SUITE, body_of
from vertrouwd.sealing.unreadable import Unreadable

MLKEM_SEED_BYTES, X25519_BYTES = 64, 32
SEED_BYTES = MLKEM_SEED_BYTES + X25519_BYTES
MLKEM_PUBLIC_BYTES = 1184
PUBLIC_BYTES = MLKEM_PUBLIC_BYTES + X25519_BYTES
HPKE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True)
class PublicKey:
    """What anybody may seal to: 1184 bytes of ML-KEM-768 and 32 of X25519."""

    data: bytes

    def __post_init__(self) -> None:
        if len(self.data) != PUBLIC_BYTES:
            raise ValueError(f"A public key has {PUBLIC_BYTES} bytes, not {len(self.data)}.")

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.data)

    @cached_property
    def hybrid(self) -> hpke.MLKEM768X25519PublicKey:
        return hpke.MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.data[:MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(self.data[MLKEM_PUBLIC_BYTES:]),
        )


@dataclass(frozen=True, repr=False)
class SecretKey:
    """What opens: its seed of 96 bytes is all there is to keep, and never to show."""

    seed: bytes

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise ValueError(f"A seed has {SEED_BYTES} bytes, not {len(self.seed)}.")

    @classmethod
    def generate(cls) -> "SecretKey":
        return cls(secrets.token_bytes(SEED_BYTES))

    @cached_property
    def _parts(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        return (
            MLKEM768PrivateKey.from_seed_bytes(self.seed[:MLKEM_SEED_BYTES]),
            X25519PrivateKey.from_private_bytes(self.seed[MLKEM_SEED_BYTES:]),
        )

    @cached_property
    def public(self) -> PublicKey:
        mlkem, x25519 = self._parts
        return PublicKey(
            mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        )

    @cached_property
    def hybrid(self) -> hpke.MLKEM768X25519PrivateKey:
        return hpke.MLKEM768X25519PrivateKey(*self._parts)

    def __repr__(self) -> str:
        return f"SecretKey of {self.public.fingerprint}"


def wrap(secret: bytes, *, to: PublicKey, purpose: str, record: str, key_version: int) -> bytes:
    """A secret (a data key, a seed) that only the holder of `to` can unwrap.

    Purpose, record and version of the key are bound as HPKE's `info`: a wrap that was moved to
    another record does not open. Suite byte, encapsulated key, ciphertext and tag.
    """
    info = _info(purpose, record, key_version)
    return bytes([SUITE]) + HPKE.encrypt(secret, to.hybrid, info=info)


def unwrap(wrapped: bytes, *, key: SecretKey, purpose: str, record: str, key_version: int) -> bytes:
    """The secret that was wrapped. Raises Unreadable."""
    info = _info(purpose, record, key_version)
    try:
        with _undisturbed():
            return HPKE.decrypt(body_of(bytes(wrapped)), key.hybrid, info=info)
    except (InvalidTag, ValueError):
        raise Unreadable from None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C comes a moment later: inside, the library makes a wrong key of it, and a rotation that
    was stopped would say that sound reports do not open."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        # A Ctrl-C of just before is raised by this very call, when nothing gets through any more.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _info(purpose: str, record: str, key_version: int) -> bytes:
    return joined(b"vertrouwd wrap", SUITE, purpose, record, key_version)
