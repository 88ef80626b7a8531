"""Months of the log that are over: closed, counted, and written to a file that can be archived.

`audit/2026-11.jsonl.gz` in the home folder holds one JSON object a line, `digest` and `line`: the
canonical array (canonical.py), so that the month can be re-checked without this program. Nothing is
taken out of the database. A month is closed an hour after its end (UTC); what is sealed later goes
with the next.
"""

import gzip
import os
import tempfile
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vertrouwd.audit import stored
from vertrouwd.audit.canonical import START, Stored, line_bytes, next_digest
from vertrouwd.audit.models import Line, Link, Segment
from vertrouwd.durable import sync

GRACE = timedelta(hours=1)


class BrokenMonth(Exception):
    """The month cannot be closed: its part of the chain is broken; the message says where."""


def close_months(*, now: datetime | None = None) -> list[Segment]:
    """Close every month that is over and was not closed; those that were closed now.

    Raises BrokenMonth, OSError. Died half way, the next call does it again.
    """
    closed = []
    while (segment := _next(now or timezone.now())) is not None:
        segment.file_sha256 = _export(segment)
        with transaction.atomic():
            if not Segment.objects.filter(month=segment.month).exists():
                segment.save(force_insert=True)
        closed.append(segment)
    return closed


def file_of(month: str) -> Path:
    """Where the file of a closed month is made; it may have been moved to the archive."""
    return Path(settings.VERTROUWD_HOME) / "audit" / f"{month}.jsonl.gz"


def sha256_of(path: Path) -> str:
    """The digest of a file, read in pieces."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _next(now: datetime) -> Segment | None:
    """The next month to close, not stored and without its file; None when there is none."""
    previous = Segment.objects.order_by("-first").first()
    first = previous.last + 1 if previous else 1
    at = Line.objects.filter(link__number=first).values_list("at", flat=True).first()
    if at is None:
        return None
    month = f"{at.astimezone(UTC):%Y-%m}"
    if previous:  # the clock may have run back
        month = max(month, f"{_end_of(previous.month):%Y-%m}")
    end = _end_of(month)
    if now < end + GRACE:
        return None
    later = Link.objects.filter(number__gte=first, line__at__gte=end).order_by("number")
    following = later.values_list("number", flat=True).first()
    last = following - 1 if following else stored.head()[0]
    digest = Link.objects.values_list("digest", flat=True).get(number=last)
    return Segment(
        month=month, first=first, last=last, count=last - first + 1, digest=digest, closed_at=now
    )


def _end_of(month: str) -> datetime:
    year, number = int(month[:4]), int(month[5:])
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)


def _export(segment: Segment) -> str:
    """Write the file of a month, whole or not at all; its digest."""
    path = file_of(segment.month)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    previous = START
    if segment.first > 1:
        before = Link.objects.values_list("digest", flat=True).get(number=segment.first - 1)
        previous = bytes.fromhex(before)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".segment.", delete=False) as file:
        made = Path(file.name)
        try:
            # Without a time and a name in it: the same month gives the same file.
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
                for number, _, digest, _, *line in stored.links(
                    after=segment.first - 1, until=segment.last
                ):
                    kept: Stored = tuple(line)
                    if kept[0] is not None:
                        previous = next_digest(previous, number, kept)
                    if previous.hex() != digest:
                        raise BrokenMonth(f"{segment.month} is broken at number {number}.")
                    told = line_bytes(number, kept)
                    packed.write(b'{"digest":"%s","line":%s}\n' % (digest.encode(), told))
            file.flush()
            os.fsync(file.fileno())
            made.chmod(0o400)
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
    sync(path.parent)
    return sha256_of(path)
