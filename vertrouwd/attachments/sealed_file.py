"""A file that was sealed while it came in, and is not anybody's yet; knows no Django."""

from dataclasses import dataclass, field

ORIGINAL, CLEANED = "original", "cleaned"  # the two files of an attachment, in their places


@dataclass(frozen=True)
class SealedFile:
    """Where it lies and what opens it; in the memory of one request only.

    `record` names it in the folder of sealed files. `name` is how the reporter called it, without
    any folder, `type` what the content looks like (not what the browser said), `size` in bytes,
    `sha256` in hex, of the plaintext.
    """

    record: str
    key: bytes = field(repr=False)
    name: str = field(repr=False)
    type: str
    size: int
    sha256: str
