"""The one who chains: lines join their act's transaction unchained, and get their link soon after.

The order of the chain is that of sealing, never that of the clock or of the keys: on PostgreSQL a
transaction that began earlier may commit later, and its line then comes later in the chain.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic

from django.db import Error, connection, transaction

from vertrouwd.audit import anchor, refusals, segments, stored
from vertrouwd.audit.canonical import FORM, next_digest
from vertrouwd.audit.models import Waiting

log = logging.getLogger("vertrouwd.audit")

ONE_SEALER = 0x76_61_75_64  # the advisory lock of PostgreSQL
AT_ONCE = 1_000  # lines in one transaction: others write between two of them
ANCHOR_EVERY = 600.0  # seconds


def chain_pending(*, limit: int | None = None) -> int:
    """Chain the lines that wait, at most `limit`; how many were chained.

    One sealer at a time, in whatever process: a second one waits, and finds nothing left. Lines
    whose transaction has not committed are left for the next time.
    """
    done = 0
    while limit is None or done < limit:
        some = AT_ONCE if limit is None else min(AT_ONCE, limit - done)
        chained = _chain(some)
        done += chained
        if chained < some:
            break
    return done


def chain_if_recorded() -> int:
    """At the end of a command: chain when this process wrote a line; how many were chained.

    A database that is too busy is no reason to call the command failed: the lines wait.
    """
    if not refusals.wrote:
        return 0
    refusals.wrote = False
    try:
        return chain_pending()
    except Error as fault:
        log.warning("The log: chaining is left to the next, %s", type(fault).__name__)
        return 0


def run(stop: Event, interval: float = 0.5) -> None:
    """Chain until `stop` is set: the work of one thread of the process that serves.

    Every ten minutes, and at its end, the head is anchored when it has moved; a month that is over
    is closed. A database that is away is tried again: nothing is lost, lines wait.
    """
    due = 0.0
    keeping: Thread | None = None
    while not stop.is_set():
        if not _try(chain_pending):
            stop.wait(interval * 4)
        elif monotonic() >= due and not (keeping and keeping.is_alive()):
            due = monotonic() + ANCHOR_EVERY
            # A month is long and another machine may be slow: lines are chained meanwhile.
            keeping = Thread(target=_keep, daemon=True)
            keeping.start()
        stop.wait(interval)
    _try(chain_pending)
    _try(_anchor)
    connection.close()


def _keep() -> None:
    _try(_anchor)
    _try(segments.close_months)
    connection.close()


def _anchor() -> None:
    anchor.keep(anchor.head())


def _try(work: Callable[[], object]) -> bool:
    """Do it, or say in the log of the machine what kind of fault it was; whether it was done."""
    try:
        work()
    except (Error, OSError, anchor.NotAnchored, segments.BrokenMonth) as fault:
        log.error("The log: %s failed, %s", work.__name__.strip("_"), type(fault).__name__)
        connection.close()
        return False
    return True


def _chain(limit: int) -> int:
    if not Waiting.objects.exists():  # no lock is taken to find nothing
        return 0
    with transaction.atomic():  # on SQLite this is the lock: one writer (IMMEDIATE)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SEALER])
        number, digest = stored.head()
        lines = stored.waiting(limit)
        links = []
        for place, line in enumerate(lines, number + 1):
            digest = next_digest(digest, place, line)
            links.append((place, line[0], FORM, digest.hex()))
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO audit_link (number, line_id, version, digest) VALUES (%s, %s, %s, %s)",
                links,
            )
            cursor.executemany(
                "DELETE FROM audit_waiting WHERE line_id = %s", [(line[0],) for line in lines]
            )
    return len(links)
