"""A month that is over is closed: counted, and written to a file that can be archived."""

import gzip
import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.audit.owner import Somebody
from vertrouwd.audit.models import Line, Link, Segment
from vertrouwd.audit.record import record
from vertrouwd.audit.sealer import chain_pending
from vertrouwd.audit.segments import BrokenMonth, close_months, file_of
from vertrouwd.audit.verifying import NoSuchSegment, verify

JANUARY = datetime(2027, 1, 3, 12, tzinfo=UTC)


def lines_on(*days: str) -> None:
    for day in days:
        with time_machine.travel(f"{day}T12:00:00Z", tick=False):
            record(by=Somebody(), action="look", kind="dossier", object="D-0000001")
        chain_pending()


def segments() -> list[tuple[str, int, int, int]]:
    return list(Segment.objects.values_list("month", "first", "last", "count"))


def test_months_that_are_over_are_closed_one_after_the_other(home, db) -> None:
    lines_on("2026-10-05", "2026-10-06", "2026-11-01", "2026-12-31", "2027-01-02")
    assert [segment.month for segment in close_months(now=JANUARY)] == [
        "2026-10", "2026-11", "2026-12",
    ]  # fmt: skip
    assert segments() == [("2026-10", 1, 2, 2), ("2026-11", 3, 3, 1), ("2026-12", 4, 4, 1)]
    assert close_months(now=JANUARY) == []


def test_a_month_is_closed_only_an_hour_after_its_end(home, db) -> None:
    lines_on("2026-11-30")
    assert close_months(now=datetime(2026, 12, 1, 0, 59, tzinfo=UTC)) == []
    assert len(close_months(now=datetime(2026, 12, 1, 1, 0, tzinfo=UTC))) == 1


def test_a_month_without_a_line_has_no_segment(home, db) -> None:
    lines_on("2026-09-05", "2026-11-05")
    close_months(now=JANUARY)
    assert [month for month, *_ in segments()] == ["2026-09", "2026-11"]


def test_a_line_of_a_clock_that_ran_back_goes_with_the_next_month(home, db) -> None:
    lines_on("2026-10-05")
    close_months(now=datetime(2026, 11, 2, tzinfo=UTC))
    lines_on("2026-10-06", "2026-11-07")
    close_months(now=datetime(2026, 12, 2, tzinfo=UTC))
    assert segments() == [("2026-10", 1, 1, 1), ("2026-11", 2, 3, 2)]


def test_the_file_of_a_month_can_be_rechecked_by_another_program(home, db) -> None:
    lines_on("2026-10-05", "2026-10-06", "2026-11-07")
    close_months(now=JANUARY)
    previous = bytes(32)
    for month in ("2026-10", "2026-11"):
        for text in gzip.decompress(file_of(month).read_bytes()).splitlines():
            told = json.loads(text)
            form = json.dumps(told["line"], sort_keys=True, separators=(",", ":")).encode()
            previous = sha256(previous + form).digest()
            assert previous.hex() == told["digest"]
    assert Segment.objects.get(month="2026-11").digest == previous.hex()


def test_the_same_month_gives_the_same_file(home, db) -> None:
    lines_on("2026-10-05", "2026-10-06")
    [segment] = close_months(now=JANUARY)
    assert sha256(file_of("2026-10").read_bytes()).hexdigest() == segment.file_sha256
    assert file_of("2026-10").stat().st_mode & 0o777 == 0o400
    assert [path.name for path in file_of("2026-10").parent.iterdir()] == ["2026-10.jsonl.gz"]


def test_a_broken_month_is_not_closed(home, db) -> None:
    lines_on("2026-10-05")
    [first] = Link.objects.all()
    late = Line.objects.create(at="2026-10-06T12:00:00Z", actor="a", action="look")
    Link.objects.create(number=2, line=late, version=1, digest=first.digest)
    with pytest.raises(BrokenMonth, match="2026-10 is broken at number 2"):
        close_months(now=JANUARY)
    assert not Segment.objects.exists()
    assert list(file_of("2026-10").parent.iterdir()) == []


def test_verifying_checks_the_closed_months_and_their_files(home, db) -> None:
    lines_on("2026-10-05", "2026-11-07")
    close_months(now=JANUARY)
    found = verify()
    assert (found.broken, found.segments, found.remarks) == (None, 2, [])
    file_of("2026-10").unlink()
    found = verify()
    assert (found.broken, found.remarks) == (
        None, ["The file of 2026-10 is not here: in the archive?"],
    )  # fmt: skip
    file_of("2026-11").chmod(0o600)
    file_of("2026-11").write_bytes(b"something else")
    assert "The file of the closed month 2026-11 was changed" in str(verify().broken)


def test_verifying_may_begin_with_a_closed_month(home, db) -> None:
    lines_on("2026-10-05", "2026-11-07", "2026-11-08", "2027-01-01")
    close_months(now=JANUARY)
    found = verify(since="2026-11")
    assert (found.broken, found.first, found.last, found.lines) == (None, 2, 4, 3)
    with pytest.raises(NoSuchSegment, match=r"'2026-12' is no month .* 2026-10, 2026-11"):
        verify(since="2026-12")
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--since", "2026-12")
    assert refused.value.returncode == 2
