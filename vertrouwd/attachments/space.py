"""How much room files get: the last of the disk is for words, which always fit."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from django.conf import settings

from vertrouwd.attachments.not_taken import NoRoom, TooBusy

GOING_ON = 4 * 1000 * 1000 * 1000  # bytes of all forms with files that come in at the same time
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # of the disk, a quota, a limit


class Room:
    """What the forms that are being received have been promised, in this process.

    A promise stands until its form ends, though part of it is on the disk by then: we are careful.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._promised = 0  # bytes

    @contextmanager
    def promised(self, size: int) -> Iterator[None]:
        """Room for so many bytes while the block lasts. Raises NoRoom, TooBusy."""
        with self._lock:
            if free_bytes() - self._promised - size < reserve():
                raise NoRoom
            if self._promised + size > GOING_ON:
                raise TooBusy
            self._promised += size
        try:
            yield
        finally:
            with self._lock:
                self._promised -= size


ROOM = Room()


def check_reserve() -> None:
    """Raises NoRoom when others have filled the disk meanwhile, down to what is for words."""
    if free_bytes() < reserve():
        raise NoRoom


@contextmanager
def full_is_no_room() -> Iterator[None]:
    """A disk, or a quota of the account, that is full while we write. Raises NoRoom."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        raise NoRoom from None


def free_bytes() -> int:
    """On the disk of the home folder, for this account."""
    home: Path = settings.VERTROUWD_HOME
    disk = os.statvfs(home)
    return disk.f_bavail * disk.f_frsize


def reserve() -> int:
    """Bytes that files leave free."""
    found: int = settings.VERTROUWD_RESERVE_BYTES  # type: ignore[misc]
    return found
