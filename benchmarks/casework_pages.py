"""The work list and the page of a dossier among a hundred thousand dossiers.

    python benchmarks/casework_pages.py [--dossiers 100000] [--rounds 20] [--json] [--explain]
    python benchmarks/casework_pages.py --keep FOLDER    # built once, and measured again and again
    python -m tests.servers.postgres python benchmarks/casework_pages.py   # on PostgreSQL

In a fresh VERTROUWD_HOME, or in the folder where one was kept; with VERTROUWD_DATABASE set, on that
PostgreSQL instead, which must be an empty database or the one that belongs to the folder. Each page
is asked of the WSGI application itself, by the session of an inspector who has unlocked: with all
middleware, the line of the log, the template, and on the page of a dossier its sealed texts opened.
What a browser and a network add is not measured. `processor` is the time this process worked: on
SQLite all of it, less disturbed by whatever else runs here. `bytes` are those of the page, before
anything compresses them. The page «empty» is a form of three fields: what the frame, the session
and the rights cost, as in each of the others.

The peer is the list one would write first, on the same rows and indexes: Django's paginator
(COUNT and OFFSET) and for each row its institution, its handlers and its tasks; without access
rules, log or template. `deep` is the page behind half of all dossiers.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # tests.people, tests.teams

from benchmarks.big_house.kept import kept_house

GOAL_MS = 50


def milliseconds(act: Callable[[int], object], rounds: int) -> dict[str, float]:
    act(0)  # once for what is loaded the first time
    taken, worked = [], []
    for number in range(rounds):
        began, used = time.perf_counter(), time.process_time()
        act(number)
        taken.append((time.perf_counter() - began) * 1e3)
        worked.append((time.process_time() - used) * 1e3)
    cuts, processor = statistics.quantiles(taken, n=20), statistics.quantiles(worked, n=20)
    return {
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "processor_p50_ms": round(processor[9], 1),
        "processor_p95_ms": round(processor[18], 1),
    }


def asked(act: Callable[[], object]) -> int:
    """How many questions to the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def place_of(dossier: Any) -> str:
    from vertrouwd.desk.worklist.keyset import by_moment

    order = by_moment("opened_at", descending=True)
    return f"{order.to_number(dossier.opened_at)}-{dossier.pk}"


def first_written(offset: int) -> int:
    """The peer: one page, with the answers a row needs; the characters of its rows."""
    from django.core.paginator import Paginator

    from vertrouwd.dossiers.models import Dossier

    page = Paginator(Dossier.objects.order_by("-opened_at", "-pk"), 50).page(offset // 50 + 1)
    said = 0
    for dossier in page:
        school = dossier.institution
        handlers = [each.user.name for each in dossier.assignments.filter(until__isnull=True)]
        due = dossier.tasks.filter(done_at__isnull=True).first()
        said += len(f"{dossier} {school} {handlers} {due} {dossier.reports.count()}")
    return said


def measure(
    count: int, rounds: int, *, home: Path, explain: bool, only: str = ""
) -> dict[str, object]:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    house = kept_house(home, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    filled = time.perf_counter() - began
    inspector, duty = house.browser(house.people[0]), house.browser(house.on_duty)
    deep = place_of(house.half_way)
    pages = {
        "empty": lambda n: inspector.get("/glas"),
        "mine": lambda n: inspector.get("/dossiers"),
        "mine, sorted and filtered": lambda n: inspector.get("/dossiers?volgorde=oud&sector=vo"),
        "mine, closed, deep": lambda n: inspector.get(f"/dossiers?lijst=gesloten&na={deep}"),
        "mine, news": lambda n: inspector.get("/dossiers?lijst=nieuws"),
        "mine, due": lambda n: inspector.get("/dossiers?lijst=termijn"),
        "on duty, team": lambda n: duty.get("/dossiers?lijst=team"),
        "on duty, team, one category": lambda n: duty.get(
            "/dossiers?lijst=team&categorie=radicalisering&sector=vo"
        ),
        "on duty, of nobody": lambda n: duty.get("/dossiers?lijst=niemand"),
        "on duty, waiting": lambda n: duty.get("/dossiers?lijst=wachten"),
        "on duty, due": lambda n: duty.get("/dossiers?lijst=termijn"),
        "on duty, closed, deep": lambda n: duty.get(f"/dossiers?lijst=gesloten&na={deep}"),
        "looks": lambda n: inspector.get("/blikken"),
        "first page": lambda n: inspector.get("/"),
        "first page, on duty": lambda n: duty.get("/"),
        "dossier": lambda n: inspector.get(f"/dossiers/{house.read[n % len(house.read)]}"),
    }
    if explain:
        show_plans(pages)
    pages = {name: page for name, page in pages.items() if name.startswith(only)}
    found = {name: milliseconds(page, rounds) | {"queries": asked(lambda p=page: p(0)),
                                                 "bytes": len(page(0))}
             for name, page in pages.items()}  # fmt: skip
    if only:
        return {"benchmark": "casework_pages", "database": connection.vendor, "pages": found}
    half = count // 2 // 50 * 50
    peer = {
        "first": milliseconds(lambda n: first_written(0), rounds),
        "deep": milliseconds(lambda n: first_written(half), rounds),
    }
    worst = max(found, key=lambda name: found[name]["p95_ms"])
    return {
        "benchmark": "casework_pages",
        "database": connection.vendor,
        "dossiers": count,
        "filled_s": round(filled, 1),
        "goal_ms": GOAL_MS,
        "pages": found,
        "worst": {"page": worst, **found[worst]},
        "peer": {
            "name": "Paginator with COUNT and OFFSET, and queries for each row", **peer,
            "queries": asked(lambda: first_written(0)),
        },
        "ratio_deep": round(peer["deep"]["p50_ms"] / found["on duty, closed, deep"]["p50_ms"], 2),
    }  # fmt: skip


def show_plans(pages: dict[str, Callable[[int], object]]) -> None:
    """How the database reads each question that takes long; to standard error."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    word = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS)"
    for name, page in pages.items():
        page(0)
        with CaptureQueriesContext(connection) as queries:
            page(0)
        for query in sorted(queries, key=lambda q: -float(q["time"]))[:2]:
            print(
                f"\n== {name}: {query['time']} s of {len(queries)}\n{query['sql']}", file=sys.stderr
            )
            with connection.cursor() as cursor:
                cursor.execute(f"{word} {query['sql'].replace('%', '%%')}")
                for row in cursor.fetchall():
                    print("  ", *row, file=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--explain", action="store_true", help="show plans on standard error")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="build the house there once")
    parser.add_argument("--only", default="", help="the pages whose name begins so")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "vertrouwd.project.settings.casework"
    with tempfile.TemporaryDirectory() as passing:
        folder = options.keep or Path(passing)
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["VERTROUWD_HOME"] = str(folder)
        import django

        django.setup()
        result = measure(
            options.dossiers, options.rounds, home=folder,
            explain=options.explain, only=options.only,
        )  # fmt: skip
        print(json.dumps(result, indent=None if options.json else 2))
