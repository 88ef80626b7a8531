"""Lines are chained one after the other, by one sealer at a time; anybody can re-check them."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from hashlib import sha256
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.audit.owner import Somebody, chained
from vertrouwd.audit import refusals
from vertrouwd.audit.canonical import line_bytes, next_digest
from vertrouwd.audit.models import Line, Link
from vertrouwd.audit.record import record
from vertrouwd.audit.sealer import chain_if_recorded, chain_pending, run
from vertrouwd.audit.verifying import verify

LINE = (42, "2026-11-25 16:39:28", "inspector-1", "look", "dossier", "D-0000012", "done",
        "casework", '{"reason": "on_duty", "count": 3}')  # fmt: skip


def test_the_bytes_of_a_line_are_what_the_form_says() -> None:
    assert line_bytes(7, LINE) == (
        b'[1,7,42,"2026-11-25T16:39:28.000000Z","inspector-1","look","dossier","D-0000012","done",'
        b'"casework",{"count":3,"reason":"on_duty"}]'
    )
    assert next_digest(bytes(32), 7, LINE) == sha256(bytes(32) + line_bytes(7, LINE)).digest()


def test_another_program_that_knows_only_the_form_gets_the_same_digests(db) -> None:
    chained(2)
    record(by=Somebody(), action="import_reports", detail={"rows": 3, "seen": {"b": 1, "a": True}})
    Line.objects.create(at=timezone.now(), actor='één "D" \\ 1', detail={"codes": ["x_y", None]})
    chain_pending()
    previous = bytes(32)
    for link in Link.objects.select_related("line").order_by("number"):
        line = link.line
        at = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        told = [1, link.number, line.pk, at, line.actor, line.action, line.kind, line.object,
                line.result, line.origin, line.detail]  # fmt: skip
        written = json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")
        previous = sha256(previous + written).digest()
        assert link.digest == previous.hex()
    assert Link.objects.count() == 4


def test_numbers_run_from_one_without_gaps_whatever_the_keys_of_the_lines(db) -> None:
    chained(2)
    with transaction.atomic():
        record(by=Somebody(), action="join")
        transaction.set_rollback(True)
    chained(2)
    assert list(Link.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_no_more_lines_are_chained_at_once_than_asked(db) -> None:
    for _ in range(5):
        record(by=Somebody(), action="look")
    assert [chain_pending(limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_command_chains_at_its_end_only_when_it_recorded(db) -> None:
    Line.objects.create(at="2026-11-25T12:00:00Z", actor="a", action="look")
    refusals.wrote = False
    assert chain_if_recorded() == 0
    record(by=Somebody(), action="look")
    assert chain_if_recorded() == 2
    assert chain_if_recorded() == 0


def elsewhere(work) -> None:
    """In a thread with a connection of its own."""

    def closing() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=closing)
    thread.start()
    thread.join()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_line_that_commits_late_is_chained_after_those_with_a_higher_key() -> None:
    with transaction.atomic():
        late = record(by=Somebody(), action="join")
        elsewhere(lambda: chained(1))
        assert Link.objects.get().line_id > late.pk
    chain_pending()
    assert Link.objects.get(number=2).line_id == late.pk
    assert verify().broken is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_sealers_at_once_one_chains_and_the_other_finds_nothing() -> None:
    for _ in range(300):
        record(by=Somebody(), action="look")
    start, done = Barrier(4), []

    def seal() -> None:
        start.wait()
        done.append(chain_pending())
        connection.close()

    threads = [Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 300
    assert verify().lines == 300


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_running_sealer_chains_what_many_write_and_loses_nothing(home) -> None:
    stop = Event()

    def seal() -> None:
        run(stop, interval=0.02)

    def write(number: int) -> None:
        for place in range(25):
            with transaction.atomic():
                record(by=Somebody(), action="look", object=f"D-{number}-{place}")
                if place % 5 == 4:
                    transaction.set_rollback(True)
        connection.close()

    sealer = Thread(target=seal)
    sealer.start()
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))
    stop.set()
    sealer.join()
    found = verify()
    assert (found.broken, found.lines, found.waiting) == (None, 8 * 20, 0)
    assert [path.name for path in (home / "anchors").glob("head-160.json")]
