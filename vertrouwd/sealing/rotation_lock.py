"""One process rotates at a time; what was killed lets go by itself."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

ROTATING = 29244  # the number of our advisory lock on PostgreSQL


class RotationRuns(Exception):
    """Another process is doing it now."""

    def __init__(self) -> None:
        super().__init__("A rotation is running already; this one did nothing.")


@contextmanager
def only_rotation() -> Iterator[None]:
    """Raises RotationRuns at once when another process, on any machine, rotates."""
    with (settings.VERTROUWD_HOME / ".rotation").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RotationRuns from None
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ROTATING])
            if not cursor.fetchone()[0]:
                raise RotationRuns
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ROTATING])
