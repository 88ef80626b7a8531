"""The pepper: 32 bytes without which no passphrase and no passkey unlocks anything.

It lies in a file beside the database and never in a backup, so that who has a copy of both cannot
even begin to guess. Losing it costs every passphrase and passkey; the shares of the recovery key
still open everything. Only the casework process and commands read it.
"""

import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from vertrouwd.durable import sync

PEPPER_BYTES = 32
FILE = "pepper.key"


class PepperMissing(Exception):
    """There is no usable pepper; the message says where it was looked for."""


def pepper_file() -> Path:
    """The file that VERTROUWD_PEPPER_FILE names, else `pepper.key` in the home folder."""
    named = os.environ.get("VERTROUWD_PEPPER_FILE")
    return Path(named) if named else Path(settings.VERTROUWD_HOME) / FILE


def pepper() -> bytes:
    """The pepper of this installation, 32 bytes; made on first use. Raises PepperMissing.

    The file appears whole or not at all, for its owner only: two processes that start together
    have one pepper, and a full disk leaves none. What was sealed with a pepper that was lost does
    not open with the new one: `seals.pepper_mark` tells the two apart.
    """
    path = pepper_file()
    try:
        if not path.exists():
            _make(path)
        return _parsed(path, path.stat().st_mtime_ns)
    except OSError as failure:
        reason = failure.strerror or "it cannot be read"
        raise PepperMissing(f"There is no pepper in {path}: {reason}.") from None


def _make(path: Path) -> None:
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.") as file:  # mode 0600
        file.write(secrets.token_hex(PEPPER_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
    sync(path.parent)


@lru_cache(maxsize=2)
def _parsed(path: Path, _changed: int) -> bytes:
    """A file that was changed is read again; what it held is in no message."""
    try:
        value = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        value = b""
    if len(value) != PEPPER_BYTES:
        raise PepperMissing(f"{path} holds no pepper: {2 * PEPPER_BYTES} hexadecimal digits.")
    return value
