"""Lines and links as the database keeps them, without making objects of them."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from vertrouwd.audit.canonical import Stored

PAGE = 10_000  # links read at a time: memory does not grow with the log

# A place in the chain with its line: number, version, digest, key of the line, and the line, of
# which the key is None when it is gone.
Chained = tuple[int, int, str, int, Stored]


def columns() -> str:
    """The columns of a line `l` as canonical.Stored names them."""
    if connection.vendor == "sqlite":
        moment, detail = "l.at || ''", "l.detail || ''"  # as text: not parsed to a datetime first
    else:
        moment = "to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        detail = "l.detail::text"
    return f"l.id, {moment}, l.actor, l.action, l.kind, l.object, l.result, l.origin, {detail}"


def links(*, after: int = 0, until: int | None = None) -> Iterator[tuple[Any, ...]]:
    """The chain in order: (number, version, digest, line id, *Stored), a page in memory."""
    statement = (
        f"SELECT k.number, k.version, k.digest, k.line_id, {columns()} FROM audit_link k "  # noqa: S608
        "LEFT JOIN audit_line l ON l.id = k.line_id "
        "WHERE k.number > %s AND k.number <= %s ORDER BY k.number LIMIT %s"
    )
    end = 2**62 if until is None else until
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [after, end, PAGE])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1][0]


def waiting(limit: int) -> list[Stored]:
    """The first lines that no link has yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns()} FROM audit_waiting w JOIN audit_line l ON l.id = w.line_id "  # noqa: S608
            "ORDER BY w.line_id LIMIT %s",
            [limit],
        )
        return cursor.fetchall()


def head() -> tuple[int, bytes]:
    """The number and the digest of the last link; (0, 32 zero bytes) when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM audit_link ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return (int(row[0]), bytes.fromhex(row[1])) if row else (0, bytes(32))
