"""The secrets of second factors at rest: sealed under a key that is not in the database.

The key follows from the pepper, a file outside the database and its backups. Somebody with the
table alone can make no code. Base64 of: suite byte, nonce, ciphertext and tag.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from functools import lru_cache

from vertrouwd.accounts.unlock.pepper import pepper
from vertrouwd.sealing.suite import derived_key, open_bytes, seal_bytes
from vertrouwd.sealing.unreadable import Unreadable

PLACE = b"vertrouwd/second-factor/1"


def seal(text: str) -> str:
    """The text, sealed."""
    sealed = seal_bytes(_key(pepper()), text.encode(), associated_data=PLACE)
    return b64encode(sealed).decode()


def open_sealed(sealed: str) -> str:
    """What `seal` sealed. Raises Unreadable when it was changed, or the pepper is another."""
    try:
        stored = b64decode(sealed, validate=True)
    except (NotBase64, ValueError):
        raise Unreadable from None
    return open_bytes(_key(pepper()), stored, associated_data=PLACE).decode()


@lru_cache(maxsize=4)
def _key(secret: bytes) -> bytes:
    return derived_key(secret, salt=b"", info=PLACE)
