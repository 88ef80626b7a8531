"""The ciphers, in one place: seal and open with a data key; knows no Django.

AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits; one data key seals few texts, far
below the 2^32 that such nonces allow. The first byte names the suite, so that a later one can live
beside it.
"""

import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.padding import pad, unpad
from vertrouwd.sealing.unreadable import Unreadable

SUITE = 1
KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16


def new_key() -> bytes:
    """A data key of 256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def derived_key(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """32 bytes that follow from the secret by HKDF-SHA256 (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=salt, info=info).derive(secret)


def seal(key: bytes, plaintext: bytes, *, place: Place) -> bytes:
    """Suite byte, nonce, padded ciphertext and tag; opens at that place only."""
    return seal_bytes(key, pad(plaintext), associated_data=place.associated_data())


def open_sealed(key: bytes, sealed: bytes, *, place: Place) -> bytes:
    """What was sealed. Raises Unreadable."""
    return unpad(open_bytes(key, sealed, associated_data=place.associated_data()))


def seal_bytes(key: bytes, plaintext: bytes, *, associated_data: bytes) -> bytes:
    """As `seal`, without padding: for keys, whose size is no secret."""
    nonce = os.urandom(NONCE_BYTES)
    return bytes([SUITE]) + nonce + AESGCM(key).encrypt(nonce, plaintext, associated_data)


def open_bytes(key: bytes, sealed: bytes, *, associated_data: bytes) -> bytes:
    """What `seal_bytes` sealed. Raises Unreadable."""
    sealed = bytes(sealed)
    body = body_of(sealed)
    try:
        return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], associated_data)
    except (InvalidTag, ValueError):
        raise Unreadable from None


def body_of(sealed: bytes) -> bytes:
    """What follows the suite byte. Raises Unreadable for a suite that is not known here."""
    if not sealed or sealed[0] != SUITE:
        raise Unreadable("This was sealed with a suite that this version does not know.")
    return sealed[1:]
