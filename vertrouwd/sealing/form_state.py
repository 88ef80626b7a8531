"""What a form carries from page to page in a hidden field: sealed, and kept nowhere; no Django.

A public page has no cookie and no session. The answers so far stand in the page itself, where they
can be neither read nor changed without the form key. Bound to the name of the form, padded, and
good for a while only. Sending the same state twice is no mistake: whoever acts on it, and not just
shows a page, must see to it that acting twice does no harm.

What is long is compressed first. Its length then says a little of what it holds, and no more:
nobody but who fills in the form puts words in it, so nobody can try words and watch the length.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from vertrouwd.sealing.binding import joined
from vertrouwd.sealing.padding import pad, unpad
from vertrouwd.sealing.suite import derived_key, open_bytes, seal_bytes
from vertrouwd.sealing.unreadable import Unreadable

VERSION = "1."
LARGEST = 480 * 1024  # bytes of all names and values together, as JSON
LARGEST_TEXT = 720 * 1024  # characters of a sealed state: more is not looked at
MOMENT_BYTES = 8
COMPRESSED_FROM = 16 * 1024  # bytes: a long story; of what is shorter the length says only itself


class Forged(Exception):
    """No state of this form: made up, changed, of another form, or sealed by another key."""

    def __init__(self) -> None:
        super().__init__("The state of this form cannot be opened.")


class Expired(Exception):
    """It was ours, and is too old."""

    def __init__(self) -> None:
        super().__init__("The state of this form is too old.")


class TooLarge(ValueError):
    """The answers together are more than a form may carry."""

    def __init__(self) -> None:
        super().__init__(f"The answers are larger than {LARGEST} bytes together.")


def seal_state(values: Mapping[str, str], *, key: bytes, form: str, now: datetime) -> str:
    """The values as one text for a hidden field: letters, digits, `-`, `_` and a dot.

    `key` is the form key of the process, 32 bytes; each form seals under a key of its own that
    follows from it (HKDF-SHA256). Raises TooLarge.
    """
    written = json.dumps(dict(values), ensure_ascii=False, separators=(",", ":")).encode()
    if len(written) > LARGEST:
        raise TooLarge
    if len(written) >= COMPRESSED_FROM:
        written = zlib.compress(written, level=1)  # more costs time and wins little
    moment = int(now.timestamp()).to_bytes(MOMENT_BYTES, "big")
    sealed = seal_bytes(_key_of(key, form), pad(moment + written), associated_data=_place(form))
    return VERSION + urlsafe_b64encode(sealed).decode().rstrip("=")


def open_state(
    text: str, *, key: bytes, form: str, now: datetime, max_age: timedelta
) -> dict[str, str]:
    """The values of a sealed state. Raises Forged and Expired.

    A state that seems to come from later than now is good: a clock that was set back costs nobody
    their answers.
    """
    if not text.startswith(VERSION) or len(text) > LARGEST_TEXT:
        raise Forged
    try:
        sealed = _decoded(text.removeprefix(VERSION))
        opened = unpad(open_bytes(_key_of(key, form), sealed, associated_data=_place(form)))
    except (Unreadable, NotBase64, ValueError):
        raise Forged from None
    moment = int.from_bytes(opened[:MOMENT_BYTES], "big")
    if now.timestamp() - moment > max_age.total_seconds():
        raise Expired
    written = opened[MOMENT_BYTES:]
    if not written.startswith(b"{"):  # as JSON begins
        written = zlib.decompress(written)
    values: dict[str, str] = json.loads(written)
    return values


def _decoded(text: str) -> bytes:
    """Only the one way of writing: no other alphabet, no white space, no padding, no spare bits."""
    sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if urlsafe_b64encode(sealed).decode().rstrip("=") != text:
        raise Unreadable
    return sealed


@lru_cache(maxsize=16)  # there are a few forms, and one form key
def _key_of(key: bytes, form: str) -> bytes:
    return derived_key(key, salt=b"", info=joined(b"vertrouwd form state 1", form))


def _place(form: str) -> bytes:
    return joined(b"vertrouwd form state 1", VERSION, form)
