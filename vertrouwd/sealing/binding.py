"""Where a sealed text belongs: record, field and revision; knows no Django.

The place is the associated data of the cipher, so that a text that was moved to another record,
another field or an older revision does not open.
"""

import secrets
from dataclasses import dataclass


def new_record() -> str:
    """A name for something that will hold sealed texts: 128 random bits as 32 hex digits.

    It is drawn before anything is stored, so that a text can be sealed to it in the request.
    """
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Place:
    """One revision (from 1) of one field of one record."""

    record: str
    field: str
    revision: int = 1

    def associated_data(self) -> bytes:
        """No two places give the same bytes."""
        return joined(b"vertrouwd place 1", self.record, self.field, self.revision)


def joined(*parts: bytes | str | int) -> bytes:
    """The parts as bytes, each after its length (4 bytes), so that no border can shift."""
    as_bytes = (p if isinstance(p, bytes) else str(p).encode() for p in parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in as_bytes)
