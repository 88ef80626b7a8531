"""Ask for jobs, and do them with one worker and with four; the work itself does nothing.

    python benchmarks/jobs.py [--jobs 2000] [--json]

Each in a fresh VERTROUWD_HOME; with VERTROUWD_DATABASE set, on that PostgreSQL instead, which must
be an empty database. The peer is the queue one would write first: SELECT the oldest that waits,
UPDATE it to busy, do it, UPDATE it to done; no lease, no key, no backoff, and only safe with one
worker. `enqueue_us` is what asking adds to an act: microseconds in a transaction of a hundred.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

WORKERS = 4


def register() -> object:
    """The one kind of work of this benchmark."""
    from vertrouwd.jobs import kinds as registry
    from vertrouwd.jobs.kinds import kind

    registry.kinds()
    registry._known.clear()  # what recurs in the house is not measured

    def nothing(*, number: int) -> None:
        """Nothing."""

    return kind("nothing", "nothing")(nothing)


def ask(jobs: int) -> float:
    """Ask for so many, a hundred to a transaction; microseconds for one."""
    from django.db import transaction

    from vertrouwd.jobs.enqueue import enqueue

    nothing, seconds = register(), 0.0
    for start in range(0, jobs, 100):
        with transaction.atomic():
            began = time.perf_counter()
            for number in range(start, min(start + 100, jobs)):
                enqueue(nothing, number=number)
            seconds += time.perf_counter() - began
    return seconds / jobs * 1e6


def all_done() -> None:
    from vertrouwd.jobs.models import Job

    if Job.objects.exclude(state="klaar", tries=1).exists():
        raise SystemExit("Not every job was done once.")
    Job.objects.all().delete()


def by_one_worker() -> None:
    from vertrouwd.jobs.worker import Worker

    Worker().work_off()


def by_many_workers(go: list[subprocess.Popen[bytes]]) -> None:
    for process in go:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in go:
        if process.wait():
            raise SystemExit("A worker failed.")


def started_workers() -> list[subprocess.Popen[bytes]]:
    words = [sys.executable, __file__, "--worker"]
    found = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(WORKERS)
    ]
    for process in found:
        process.stdout.readline()  # it has loaded Django
    return found


def fill_peer(jobs: int) -> None:
    from django.db import connection, transaction

    serial = "SERIAL" if connection.vendor == "postgresql" else "INTEGER"
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            f"CREATE TABLE peer (id {serial} PRIMARY KEY, kind TEXT, told TEXT, state TEXT)"
        )
        cursor.execute("CREATE INDEX peer_by_state ON peer (state, id)")
        cursor.executemany(
            "INSERT INTO peer (kind, told, state) VALUES ('nothing', %s, 'waits')",
            [(json.dumps({"number": number}),) for number in range(jobs)],
        )


def by_peer() -> None:
    from django.db import connection, transaction

    works = {"nothing": lambda **told: None}
    with connection.cursor() as cursor:
        while True:
            with transaction.atomic():
                cursor.execute(
                    "SELECT id, kind, told FROM peer WHERE state = 'waits' ORDER BY id LIMIT 1"
                )
                row = cursor.fetchone()
                if row is None:
                    return
                cursor.execute("UPDATE peer SET state = 'busy' WHERE id = %s", row[:1])
            works[row[1]](**json.loads(row[2]))
            with transaction.atomic():
                cursor.execute("UPDATE peer SET state = 'done' WHERE id = %s", row[:1])


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and seconds of the processor in this process."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - used


def measure(jobs: int) -> dict[str, object]:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    enqueue_us = ask(jobs)
    one, one_cpu = timed(by_one_worker)
    all_done()
    ask(jobs)
    workers = started_workers()
    four, _ = timed(lambda: by_many_workers(workers))
    all_done()
    fill_peer(jobs)
    peer, peer_cpu = timed(by_peer)
    return {
        "benchmark": "jobs",
        "database": connection.vendor,
        "jobs": jobs,
        "enqueue_us": round(enqueue_us),
        "per_second": round(jobs / one),
        "per_second_four_workers": round(jobs / four),
        "peer": "SELECT and two UPDATEs, no lease, no key, no retry; one worker",
        "peer_per_second": round(jobs / peer),
        "ratio": round(peer / one, 2),
        # Less disturbed by whatever else runs on the machine.
        "processor_us": round(one_cpu / jobs * 1e6),
        "peer_processor_us": round(peer_cpu / jobs * 1e6),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=2_000)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vertrouwd.project.settings.base")
    with tempfile.TemporaryDirectory() as home:
        if not options.worker:
            os.environ["VERTROUWD_HOME"] = home
        import django

        django.setup()
        if options.worker:
            register()
            print("ready", flush=True)
            sys.stdin.readline()
            by_one_worker()
        else:
            found = measure(options.jobs)
            print(json.dumps(found, indent=None if options.json else 2))
