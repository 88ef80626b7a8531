"""Walk the chain: does every line give the digest it was sealed with, in memory that does not grow.

A break is a proof that the log was changed; a remark is what a person should look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.db import connection

from vertrouwd.audit import stored
from vertrouwd.audit.canonical import FORM, START, line_bytes
from vertrouwd.audit.models import Segment, Waiting
from vertrouwd.audit.place_of_break import Break, at_link, link_missing
from vertrouwd.audit.witnesses import Witnesses

RUNS_BACK = timedelta(seconds=60)  # an act of that long commits after a later one, and is no remark
SHOWN = 20  # remarks


class NoSuchSegment(Exception):
    """No month of that name was closed; the message says which were."""


@dataclass
class Verified:
    """What a walk along the chain found; `broken` is its first break, None when it is whole."""

    first: int = 1  # numbers in the chain
    last: int = 0
    lines: int = 0  # walked
    digest: str = ""  # of the last link that is right
    waiting: int = 0  # lines that no link has yet
    anchors: int = 0  # that agree
    signed_anchors: int = 0  # of those, signed with a key that is known here
    segments: int = 0  # closed months that agree
    broken: Break | None = None
    remarks: list[str] = field(default_factory=list)
    jumps: int = 0  # places where the clock ran back

    def remark(self, text: str) -> None:
        self.remarks.append(text)


def verify(*, since: str = "", places: Sequence[Path] = ()) -> Verified:
    """Check lines, links, anchors and closed months.

    `since` is a closed month (`2026-11`) to begin with, what lies before it is taken on trust;
    `places` are folders with anchors besides the usual one, such as a stick. Raises NoSuchSegment.
    """
    found = Verified()
    after, previous = _start(since)
    found.first, found.last = after + 1, after
    witnesses = Witnesses(places, after=after)
    found.broken = (
        witnesses.broken or _walk(found, witnesses, previous) or witnesses.after(found.last)
    )
    if found.broken is None:
        found.broken = _unchained(found)
    found.waiting = Waiting.objects.count()
    found.anchors, found.signed_anchors = witnesses.anchors, witnesses.signed
    found.segments = witnesses.segments
    found.remarks += witnesses.remarks
    if found.jumps > SHOWN:
        found.remark(f"The clock ran back at {found.jumps} places; the first {SHOWN} are shown.")
    return found


def _start(since: str) -> tuple[int, bytes]:
    if not since:
        return 0, START
    closed = list(Segment.objects.all())
    for before, segment in zip([None, *closed], closed, strict=False):
        if segment.month == since:
            return (before.last, bytes.fromhex(before.digest)) if before else (0, START)
    months = ", ".join(segment.month for segment in closed[-12:]) or "none yet"
    raise NoSuchSegment(f"'{since}' is no month that was closed. Closed are: {months}.")


def _walk(found: Verified, witnesses: Witnesses, previous: bytes) -> Break | None:
    """The first break; `found` is brought up to date as far as the chain is right."""
    number, latest = found.last, ""
    at_number = witnesses.at_number
    for row in stored.links(after=number):
        number += 1
        line = row[4:]
        if row[0] != number:
            return link_missing(number)
        try:
            digest = sha256(previous + line_bytes(number, line)).digest()
        except (ValueError, TypeError):  # the line is gone, or what is there is none
            return at_link(row, previous)
        if digest.hex() != row[2] or row[1] != FORM or row[3] != line[0]:
            return at_link(row, previous)
        previous = digest
        found.lines, found.last, found.digest = found.lines + 1, number, row[2]
        if line[1] < latest:
            _run_back(found, number, line, latest)
        latest = line[1]
        if line[3] == "restored":
            witnesses.note_restore(number, line[8])
        if number in at_number:
            witnesses.check(number, row[2])
    return None


def _run_back(found: Verified, number: int, line: tuple[str, ...], latest: str) -> None:
    """A remark, not a break: the order of the chain is that of sealing, not of the clock."""
    try:
        back = datetime.fromisoformat(latest) - datetime.fromisoformat(line[1])
    except ValueError:
        back = timedelta.max
    if back > RUNS_BACK:
        found.jumps += 1
        if found.jumps <= SHOWN:
            found.remark(
                f"The clock ran back {back.total_seconds():.0f} seconds at number {number} "
                f"(line {line[0]})."
            )


def _unchained(found: Verified) -> Break | None:
    """A line that neither has a link nor waits for one, or one that waited and is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM audit_line) - (SELECT count(*) FROM audit_link)"
            " - (SELECT count(*) FROM audit_waiting)"
        )
        if cursor.fetchone() == (0,):
            return None
        cursor.execute(
            "SELECT w.line_id FROM audit_waiting w LEFT JOIN audit_line l ON l.id = w.line_id "
            "WHERE l.id IS NULL ORDER BY w.line_id LIMIT 1"
        )
        if gone := cursor.fetchone():
            return Break(None, gone[0], "missing", "It was removed before it was chained.")
        cursor.execute(
            "SELECT l.id FROM audit_line l LEFT JOIN audit_link k ON k.line_id = l.id "
            "LEFT JOIN audit_waiting w ON w.line_id = l.id "
            "WHERE k.number IS NULL AND w.line_id IS NULL ORDER BY l.id LIMIT 1"
        )
        if extra := cursor.fetchone():
            return Break(None, extra[0], "inserted", "It has no link and waits for none.")
    return None
