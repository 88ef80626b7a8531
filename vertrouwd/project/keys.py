"""The keys with which a process signs what it hands out: each process has its own.

They lie in `keys/<process>/` of the home folder. The public process reads only its own folder: who
gets hold of what it has in memory cannot make a login of the casework. The command line, which is
of whoever runs the installation, signs as the casework does.
"""

import fcntl
import os
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vertrouwd.durable import write_whole

PUBLIC, CASEWORK = "public", "casework"
OLD_PLACE = "secret.key"  # version 0.1 had one key, in the home folder itself; it signed little


def secret_key(home: Path, process: str) -> str:
    """The key of Django's own signatures, made on first use."""
    path = _folder(home, process) / "secret.key"
    if process == PUBLIC:
        with suppress(FileNotFoundError):
            (home / OLD_PLACE).rename(path)
    return _read_or_make(path, 64)


def form_key(home: Path) -> bytes:
    """32 bytes with which the public process seals the state that its forms carry."""
    return _raw(home, "form.key")


def proof_key(home: Path) -> bytes:
    """32 bytes, the seed with which the public process signs proofs of filing (Ed25519)."""
    return _raw(home, "proof.key")


def known_proof_key(home: Path) -> bytes | None:
    """The same, for who only checks; None when this home has none: it is not made here."""
    return proof_key(home) if _is_there(home / "keys" / PUBLIC / "proof.key") else None


def _raw(home: Path, name: str) -> bytes:
    return urlsafe_b64decode(_read_or_make(_folder(home, PUBLIC) / name, 32) + "=")


def _folder(home: Path, process: str) -> Path:
    folder = home / "keys" / process
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    return folder


def _read_or_make(path: Path, size: int) -> str:
    """The key in the file; a new one of `size` random bytes when there is none.

    It appears whole or not at all: two processes that start together, or a full disk, never leave
    an empty key, and nobody takes away what another has just made.
    """
    if not _is_there(path):
        with _alone(path.parent):
            if not _is_there(path):
                write_whole(path, secrets.token_urlsafe(size).encode())
    return path.read_text()


def _is_there(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_size > 0
    return False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder itself: others wait, and no file for it stays behind."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
