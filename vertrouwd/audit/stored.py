"""Lines and links as the database keeps them, without making objects of them."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from vertrouwd.audit.canonical import START, Stored

PAGE = 10_000  # links read at a time: memory does not grow with the log


def columns() -> str:
    """The columns of a line `l` as canonical.Stored names them."""
    if connection.vendor == "sqlite":
        moment, detail = "l.at || ''", "l.detail || ''"  # as text: not parsed to a datetime first
    else:
        moment = "to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        detail = "l.detail::text"
    return f"l.id, {moment}, l.actor, l.action, l.kind, l.object, l.result, l.origin, {detail}"


def links(*, after: int = 0, until: int | None = None) -> Iterator[tuple[Any, ...]]:
    """The chain in order: (number, version, digest, line id, *Stored), a page in memory.

    What is chained while one reads comes along as well. Of a line that is gone, all is None.
    """
    statement = (
        f"SELECT k.number, k.version, k.digest, k.line_id, {columns()} "  # noqa: S608
        f"FROM audit_link k LEFT JOIN {_line_of_link()} "
        "WHERE k.number > %s AND k.number <= %s ORDER BY k.number"
    )
    end = 2**62 if until is None else until
    with connection.cursor() as cursor:
        while True:
            # A range rather than a limit: also a database without statistics takes the index.
            cursor.execute(statement, [after, min(after + PAGE, end)])
            rows = cursor.fetchall()
            if rows:
                yield from rows
                after = rows[-1][0]
                continue
            cursor.execute(
                "SELECT min(number) FROM audit_link WHERE number > %s AND number <= %s",
                [after, end],
            )
            [following] = cursor.fetchone()
            if following is None:
                return
            after = following - 1


def _line_of_link() -> str:
    """The line of a link, by its key each time: a join that PostgreSQL may not plan otherwise."""
    if connection.vendor == "sqlite":
        return "audit_line l ON l.id = k.line_id"
    return "LATERAL (SELECT * FROM audit_line WHERE id = k.line_id LIMIT 1) l ON TRUE"


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
    """The number and the digest of the last link; (0, START) when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM audit_link ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return (int(row[0]), bytes.fromhex(row[1])) if row else (0, START)
