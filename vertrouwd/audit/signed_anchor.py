"""Anchors signed with a key that is not on this machine: Ed25519 (RFC 8032), kept on a stick.

The key file holds one line, the 32 bytes as hexadecimal digits. The public key stands in the file
`anchor.pub` of the home folder, or in VERTROUWD_ANCHOR_KEY, which counts instead of the file; after
a change of key both stand there, one a line or separated by commas. Signed are the bytes
`vertrouwd anchor 1`, a line end, and the JSON of the head.
"""

import os
import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from vertrouwd.audit.anchor import Anchor, Head
from vertrouwd.durable import sync, write_whole

PURPOSE = b"vertrouwd anchor 1\n"
PINNED = "anchor.pub"


class BadKey(Exception):
    """The key cannot be used; the message says why, and never quotes it."""


def make_key(path: Path) -> bytes:
    """Make a key in a new file of mode 0600; the 32 bytes of its public key.

    Raises BadKey when the place is in the home folder or taken, OSError when it cannot be written.
    """
    _check_place(path)
    key = Ed25519PrivateKey.generate()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadKey(f"{path} is there already. Choose a new file.") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(key.private_bytes_raw().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync(path.absolute().parent)
    return key.public_key().public_bytes_raw()


def pin(public: bytes) -> Path:
    """Add a public key to those whose signatures count, in the home folder; the file."""
    path = Path(settings.VERTROUWD_HOME) / PINNED
    known = path.read_text() if path.exists() else ""
    return write_whole(path, f"{known}{public.hex()}\n".encode(), mode=0o644)


def pinned_keys() -> list[bytes]:
    """The public keys whose signatures count; none when no key was made.

    Raises BadKey when what stands there is no key.
    """
    path = Path(settings.VERTROUWD_HOME) / PINNED
    named = os.environ.get("VERTROUWD_ANCHOR_KEY")
    text = named or (path.read_text() if path.exists() else "")
    where = "VERTROUWD_ANCHOR_KEY" if named else PINNED
    words = re.split(r"[\s,]+", text.strip())
    if any(not re.fullmatch("[0-9a-f]{64}", word) for word in words if word):
        raise BadKey(f"{where} holds something else than keys of 64 hexadecimal digits.")
    return [bytes.fromhex(word) for word in words if word]


def sign(head: Head, path: Path) -> Anchor:
    """The head, signed with the key in a file.

    Raises BadKey when the file lies in the home folder, holds no key, or one that is not pinned.
    """
    _check_place(path)
    try:
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise BadKey(f"{path} cannot be read as a key file.") from None
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise BadKey(f"{path} is no key file. `vertrouwd make-anchor-key` makes one.")
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
    public = key.public_key().public_bytes_raw()
    if public not in pinned_keys():
        raise BadKey(f"The key in {path} is not the one that is known here ({PINNED}).")
    signature = key.sign(PURPOSE + head.as_json())
    return Anchor(f"head-{head.number}.signed.json", head, signature, public)


def keep_signed(anchor: Anchor, place: Path) -> Path:
    """Write a signed anchor in a folder, once; the file."""
    path = place / anchor.name
    if not path.exists():
        signed_by, signature = anchor.signed_by.hex(), anchor.signature.hex()
        told = anchor.head.as_json()[:-1].decode()
        told += f',"signature":"{signature}","signed_by":"{signed_by}"}}\n'
        write_whole(path, told.encode(), mode=0o444)
    return path


def is_right(anchor: Anchor, pinned: list[bytes]) -> bool:
    """Whether the signature is that of a pinned key, over just this head."""
    if anchor.signed_by not in pinned:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(anchor.signed_by)
        key.verify(anchor.signature, PURPOSE + anchor.head.as_json())
    except (InvalidSignature, ValueError):
        return False
    return True


def _check_place(path: Path) -> None:
    if path.resolve().is_relative_to(Path(settings.VERTROUWD_HOME).resolve()):
        raise BadKey(
            f"{path} lies in the home folder. Who has the log must not have the key as well: "
            "keep it on a stick or on another machine."
        )
