"""How the seed of a holder is sealed, at rest and for one session; knows no Django.

At rest it lies under a key that follows from a passphrase or a passkey, and the pepper. In a
session it lies under a random key that is in a cookie and nowhere else: the row in the database
and the cookie open nothing without each other.

What Python permits is done, and it is not much: no function here keeps a phrase, a key or a seed
beyond its own call, nothing is put in a cache, a session, a log or an exception, and core dumps are
off in the casework process. But `bytes` and `str` cannot be wiped: copies stay in the memory of
the process until it is used again, and who reads the memory of a casework process during or
shortly after an unlock reads what was unlocked (docs/threat-model.md).
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from vertrouwd.sealing.binding import joined
from vertrouwd.sealing.suite import KEY_BYTES, derived_key, open_bytes, seal_bytes

PRF_BYTES = 32
COOKIE_VALUE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class SlotPlace:
    """What a slot is: associated data of its seal, so that no part can be exchanged."""

    kind: str
    salt: bytes
    credential: bytes = b""
    version: int = 1

    def associated_data(self) -> bytes:
        return joined(b"vertrouwd unlock slot", self.version, self.kind, self.salt, self.credential)


@dataclass(frozen=True)
class SessionPlace:
    """Whose unlocked session, of which key, from when until when."""

    session_key: str
    user_pk: int
    holder_pk: int
    unlocked_at: datetime
    expires_at: datetime

    def associated_data(self) -> bytes:
        moments = (m.astimezone(UTC).isoformat() for m in (self.unlocked_at, self.expires_at))
        return joined(
            b"vertrouwd unlocked 1", self.session_key, self.user_pk, self.holder_pk, *moments
        )


def passkey_key(prf: bytes, *, salt: bytes, pepper: bytes) -> bytes:
    """32 bytes from what a passkey answered (32 bytes, WebAuthn level 3, PRF extension)."""
    if len(prf) != PRF_BYTES:
        raise ValueError(f"A passkey answers with {PRF_BYTES} bytes, not {len(prf)}.")
    return derived_key(prf, salt=pepper, info=joined(b"vertrouwd passkey key 1", salt))


def pepper_mark(pepper: bytes) -> str:
    """16 hexadecimal digits that differ for another pepper, and from which none can be found."""
    return derived_key(pepper, salt=b"", info=b"vertrouwd pepper mark 1")[:8].hex()


def seal_seed(key: bytes, seed: bytes, *, place: SlotPlace | SessionPlace) -> bytes:
    """A seed of 96 bytes under a key of 32, for that place only."""
    return seal_bytes(key, seed, associated_data=place.associated_data())


def open_seed(key: bytes, sealed: bytes, *, place: SlotPlace | SessionPlace) -> bytes:
    """The seed. Raises Unreadable."""
    return open_bytes(key, sealed, associated_data=place.associated_data())


def session_digest(session_key: str) -> str:
    """64 hexadecimal digits that name a session in the database."""
    return sha256(joined(b"vertrouwd session 1", session_key)).hexdigest()


def cookie_value(key: bytes) -> str:
    """The key of a session as its cookie carries it: base64url without filling."""
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def cookie_key(value: str | None) -> bytes | None:
    """The key in a cookie, None for anything else that a browser may send."""
    if not value or not COOKIE_VALUE.fullmatch(value):
        return None
    key = base64.urlsafe_b64decode(value + "=")
    return key if len(key) == KEY_BYTES else None
