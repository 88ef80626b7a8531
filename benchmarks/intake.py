"""Send reports by the public form over HTTP, eight reporters at once, as browsers without scripts.

    python benchmarks/intake.py [--reports 2000] [--paths 200] [--json]

In a fresh VERTROUWD_HOME, served by `vertrouwd serve`; with VERTROUWD_DATABASE set, on that
PostgreSQL instead, which must be an empty database. `finals` are last pages that were made
beforehand, sent by eight connections; `paths` go through every page of the form. Processor seconds
are those of the public process and all it starts. Every receipt is counted; one in a hundred
mailboxes is opened. The peer is the form one would write first: the same fields to bare Django
under the same server, one INSERT in clear, on a disk that is waited for. Zero lost with killed
processes: intake_kills.py.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from reporters.house import House, environment, free_port, processor_seconds, serve, until_up
from reporters.visitor import Visitor, last_page, multipart, opened_thread, send

CLIENTS = 8
GOAL_FINALS, GOAL_PROCESSOR, GOAL_PATHS, GOAL_PAGE_MS = 100, 0.01, 30, 20
STORY = "Het gebeurde na de gymles. Ik heb het aan niemand verteld. " * 20
ANSWERS = {"verhaal": STORY, "afspraak": "geen"}
BARE = """
import sqlite3, sys, threading
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from granian import Granian
own = threading.local()
def take(request):
    if not hasattr(own, "database"):
        own.database = sqlite3.connect("bare.sqlite3", timeout=30)
        own.database.execute("PRAGMA synchronous=FULL")
    with own.database:
        own.database.execute("INSERT INTO report (told) VALUES (?)", [str(request.POST.dict())])
    return HttpResponse("thank you")
urlpatterns = [path("melden", take)]
if not settings.configured:
    settings.configure(ROOT_URLCONF="bare", ALLOWED_HOSTS=["localhost"], SECRET_KEY="a benchmark's")
application = get_wsgi_application()
if __name__ == "__main__":
    Granian("bare:application", address="127.0.0.1", port=int(sys.argv[1]), interface="wsgi",
            workers=1, blocking_threads=4).serve()
"""


def shared_out(count: int) -> list[int]:
    return [count // CLIENTS + (n < count % CLIENTS) for n in range(CLIENTS)]


def made_pages(port: int, count: int) -> list[object]:
    """So many last pages, each of another report, by one visitor."""
    visitor = Visitor(port)
    _, before, values = last_page(visitor, ANSWERS)
    return [visitor.post(before, values) for _ in range(count)]


def sent(port: int, pages: list[object]) -> tuple[list[object], list[float], int]:
    """Receipts, seconds each, and how often the server asked to wait."""
    visitor, receipts, waits = Visitor(port), [], 0
    for page in pages:
        while (receipt := send(visitor, page)) is None:
            waits += 1
            time.sleep(0.2)
        receipts.append(receipt)
    return receipts, visitor.times, waits


def walked(port: int, count: int) -> tuple[list[object], list[float], list[int]]:
    """Receipts, seconds of each page up to the one that is sent, and bytes of every page."""
    visitor, receipts, times = Visitor(port), [], []
    for _ in range(count):
        page, _, _ = last_page(visitor, ANSWERS)
        times += visitor.times
        while (receipt := send(visitor, page)) is None:
            time.sleep(0.2)
        receipts.append(receipt)
        visitor.times.clear()
    return receipts, times, visitor.sizes


def finals(house: House, count: int) -> dict[str, float]:
    with ThreadPoolExecutor(CLIENTS) as pool:
        ready = list(pool.map(lambda n: made_pages(house.port, n), shared_out(count)))
        before, began = house.processor_seconds(), time.perf_counter()
        done = list(pool.map(lambda pages: sent(house.port, pages), ready))
        seconds = time.perf_counter() - began
    processor = house.processor_seconds() - before
    receipts = [receipt for some, _, _ in done for receipt in some]
    times = [one for _, some, _ in done for one in some]
    for receipt in receipts[::100]:
        if STORY.strip() not in opened_thread(Visitor(house.port), receipt):
            raise SystemExit("A mailbox does not hold what was told.")
    return {
        "finals": len(receipts),
        "finals_per_second": round(len(receipts) / seconds, 1),
        "processor_seconds_each": round(processor / len(receipts), 4),
        "final_p95_ms": p95_ms(times),
        "waits": sum(waits for _, _, waits in done),
        "lost": len(receipts) - len({receipt.reference for receipt in receipts}),
    }


def paths(house: House, count: int) -> dict[str, float]:
    alone = walked(house.port, 5)[1]
    with ThreadPoolExecutor(CLIENTS) as pool:
        before, began = house.processor_seconds(), time.perf_counter()
        done = list(pool.map(lambda n: walked(house.port, n), shared_out(count)))
        seconds = time.perf_counter() - began
    pages = [one for _, times, _ in done for one in times]
    return {
        "paths": count,
        "paths_per_second": round(count / seconds, 1),
        "pages_per_path": round(len(pages) / count, 1) + 1,  # and the one that is sent
        "processor_seconds_a_path": round((house.processor_seconds() - before) / count, 4),
        "page_p50_ms_alone": round(median(alone) * 1000, 1),
        "page_p95_ms_alone": p95_ms(alone),
        "page_p95_ms_of_eight": p95_ms(pages),
        "largest_page_bytes": max(size for _, _, sizes in done for size in sizes),
    }


def p95_ms(times: list[float]) -> float:
    return round(quantiles(times, n=20)[-1] * 1000, 1)


def peer(home: str, count: int) -> dict[str, float]:
    (Path(home) / "bare.py").write_text(BARE)
    with sqlite3.connect(Path(home) / "bare.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE report (told TEXT)")
    port = free_port()
    process = serve([sys.executable, "bare.py", str(port)], environment(home), home)
    try:
        until_up(port, "/melden")
        body = multipart({"verhaal": STORY, "state": "x" * 4000}, "grens")

        def some(n: int) -> None:
            visitor = Visitor(port)
            headers = {"Content-Type": "multipart/form-data; boundary=grens"}
            for _ in range(n):
                visitor._ask("POST", "/melden", body, headers)

        before, began = processor_seconds(process.pid), time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(some, shared_out(count)))
        seconds = time.perf_counter() - began
        processor = processor_seconds(process.pid) - before
    finally:
        process.kill()
        process.wait()
    return {
        "peer_finals_per_second": round(count / seconds, 1),
        "peer_processor_seconds_each": round(processor / count, 4),
    }


def measure(reports: int, whole: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as home:
        with House(home) as house:
            found = finals(house, reports) | paths(house, whole)
        stored = subprocess.run(
            [house.program, "count-reports"], env=environment(home), capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        found["stored"] = int(stored.stdout)
        found |= peer(home, reports)
    return {
        "benchmark": "intake",
        "database": "postgresql" if os.environ.get("VERTROUWD_DATABASE") else "sqlite",
        "clients": CLIENTS,
        **found,
        "goal_finals_per_second": GOAL_FINALS,
        "goal_processor_seconds_each": GOAL_PROCESSOR,
        "goal_paths_per_second": GOAL_PATHS,
        "goal_page_p95_ms": GOAL_PAGE_MS,
        "peer": "one INSERT in clear by bare Django under the same server",
        "ratio": round(found["finals_per_second"] / found["peer_finals_per_second"], 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=2000, help="last pages that are sent")
    parser.add_argument("--paths", type=int, default=200, help="whole forms that are gone through")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    print(json.dumps(measure(options.reports, options.paths), indent=None if options.json else 2))
