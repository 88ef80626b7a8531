"""Write lines from eight processes while one sealer chains, then walk the chain.

    python benchmarks/audit_log.py [--lines 200000] [--json]

Each in a fresh VERTROUWD_HOME; with VERTROUWD_DATABASE set, on that PostgreSQL instead, which must
be an empty database. Writers write one line per transaction, as a request does. The peer of the
walk is the loop one would write first: the ORM, one json.dumps and one SHA-256 per line, over the
same log. `seconds_to_chain` is how long after the last line the chain was complete.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

WRITERS, EACH = 8, 250


class Somebody:
    username = "inspector-1"


def write(seed: int) -> None:
    """What a request writes: one line in one transaction, `EACH` times."""
    from django.db import transaction

    from vertrouwd.audit.record import record

    for number in range(EACH):
        with transaction.atomic():
            record(
                by=Somebody(), action="look", kind="dossier", object=f"D-{seed}{number:06}",
                detail={"count": number, "reason": "on_duty"} if number % 2 else None,
            )  # fmt: skip


def fill(lines: int) -> None:
    """Many lines at once, as a log of some months holds them, and chain them."""
    from django.utils import timezone

    from vertrouwd.audit.models import Line
    from vertrouwd.audit.sealer import chain_pending

    now = timezone.now()
    Line.objects.bulk_create(
        (
            Line(
                at=now, actor=f"inspector-{number % 20}", action="look", kind="dossier",
                object=f"D-{number % 5000:07}", result="done", origin="casework",
                detail={"count": number % 50, "reason": "on_duty"} if number % 2 else {},
            )
            for number in range(lines)
        ),
        batch_size=2_000,
    )  # fmt: skip
    chain_pending()


def walk() -> int:
    from vertrouwd.audit.verifying import verify

    found = verify()
    if found.broken or found.waiting:
        raise SystemExit(f"The log is not whole: {found.broken}, {found.waiting} wait.")
    return found.lines


def peer_walk() -> int:
    """The loop one would write first; it stores no digest and is given the order of the keys."""
    from hashlib import sha256

    from vertrouwd.audit.models import Line

    previous, lines = "", 0
    for line in Line.objects.order_by("pk").iterator():
        told = [line.pk, line.at.isoformat(), line.actor, line.action, line.kind, line.object,
                line.result, line.origin, line.detail]  # fmt: skip
        text = previous + json.dumps(told, sort_keys=True)
        previous = sha256(text.encode()).hexdigest()
        lines += 1
    return lines


def writers_at_once() -> dict[str, float]:
    """Eight processes write, and a sealer in this one chains; lines per second."""
    from threading import Event, Thread

    from vertrouwd.audit import stored
    from vertrouwd.audit.sealer import run

    stop = Event()
    before = stored.head()[0]
    sealer = Thread(target=run, args=(stop,))
    words = [sys.executable, __file__, "--writer"]
    processes = [
        subprocess.Popen([*words, str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for seed in range(WRITERS)
    ]
    for process in processes:
        process.stdout.readline()  # it has loaded Django
    sealer.start()
    began = time.perf_counter()
    for process in processes:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        if process.wait():
            raise SystemExit("A writer failed.")
    written = time.perf_counter()
    while stored.head()[0] - before < WRITERS * EACH:
        time.sleep(0.01)
    chained = time.perf_counter()
    stop.set()
    sealer.join()
    return {
        "writers": WRITERS,
        "written": WRITERS * EACH,
        "written_per_second": round(WRITERS * EACH / (written - began)),
        "seconds_to_chain": round(chained - written, 2),
    }


def timed(work: Callable[[], int]) -> tuple[int, float, float]:
    """What it walked, seconds, seconds of processor."""
    began, used = time.perf_counter(), time.process_time()
    lines = work()
    return lines, time.perf_counter() - began, time.process_time() - used


def measure(lines: int) -> dict[str, object]:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    found = writers_at_once()
    fill(lines)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    walked, seconds, cpu = timed(walk)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    peer_lines, peer_seconds, peer_cpu = timed(peer_walk)
    return {
        "benchmark": "audit_log",
        "database": connection.vendor,
        **found,
        "lines": walked,
        "verify_seconds": round(seconds, 2),
        "verified_per_second": round(walked / seconds),
        "verify_peak_grew_mb": round(grown / 1024, 1),
        "peer": "ORM iterator, json.dumps and SHA-256 per line; compares nothing",
        "peer_seconds": round(peer_seconds, 2),
        "peer_per_second": round(peer_lines / peer_seconds),
        "ratio": round(walked / seconds / (peer_lines / peer_seconds), 2),
        # Less disturbed by whatever else runs on the machine.
        "processor_ratio": round(walked / cpu / (peer_lines / peer_cpu), 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--writer", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vertrouwd.project.settings.base")
    with tempfile.TemporaryDirectory() as home:
        if options.writer is None:
            os.environ["VERTROUWD_HOME"] = home
        import django

        django.setup()
        if options.writer is not None:
            print("ready", flush=True)
            sys.stdin.readline()
            write(options.writer)
        else:
            found = measure(options.lines)
            print(json.dumps(found, indent=None if options.json else 2))
