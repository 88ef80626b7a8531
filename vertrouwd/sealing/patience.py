"""Wait for a turn to write: SQLite has one writer at a time, and no queue in front of it.

Who tries again at a bad moment each time can be passed by all others, and then hears that the
database is locked. That is no reason to break off work of minutes.
"""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

Answer = TypeVar("Answer")
TRIES = 30  # each waits for as long as the connection does: 20 seconds


def patiently(act: Callable[[], Answer]) -> Answer:
    """Do the transaction `act`, again while others hold the lock; its answer.

    Belongs around the outermost transaction: inside one, the lock is ours. Raises what `act`
    raises, after ten minutes of others also that the database is locked.
    """
    for _ in range(TRIES - 1):
        try:
            return act()
        except OperationalError as fault:
            if not is_locked(fault):
                raise
    return act()


def is_locked(fault: OperationalError) -> bool:
    """Whether SQLite says only that somebody else is writing."""
    code = getattr(fault.__cause__, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY
