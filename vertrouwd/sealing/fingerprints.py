"""Public keys as digits that people can compare aloud; knows no Django, and loads no cipher."""

from hashlib import sha256

from vertrouwd.sealing.binding import joined


def fingerprint(*public: bytes) -> str:
    """160 bits of SHA-256 over public bytes, as ten groups of five digits to read aloud.

    A group is 16 bits, written in decimal; both who read and who listen know when one is missed.
    """
    digest = sha256(joined(b"vertrouwd fingerprint 1", *public)).digest()[:20]
    return " ".join(f"{int.from_bytes(digest[i : i + 2], 'big'):05}" for i in range(0, 20, 2))
