"""How soon both sites answer and how much memory they hold while nobody asks for anything.

    python benchmarks/processes.py [--runs 3] [--json]

In a home that is migrated and has an administrator, and no reports. `start_seconds` is from the
command until the first page was answered whole. Memory is of all processes of one site together
(the one that watches and its worker), after some requests and a second of rest: resident, and
with shared pages divided among who shares them (PSS). The peer is the floor: one page by bare
Django under the same server.
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from reporters.house import free_port, group, serve

PROGRAM = str(Path(sys.executable).with_name("vertrouwd"))
GOAL_MIB, GOAL_SECONDS = 150, 3.0
PAGES = {"public": "/", "casework": "/inloggen"}
ASKED = 300  # requests, one after the other
BARE = """
import sys
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from granian import Granian
urlpatterns = [path("", lambda request: HttpResponse("hello"))]
if not settings.configured:
    settings.configure(ROOT_URLCONF="bare", ALLOWED_HOSTS=["localhost"], SECRET_KEY="a benchmark's")
application = get_wsgi_application()
if __name__ == "__main__":
    Granian("bare:application", address="127.0.0.1", port=int(sys.argv[1]), interface="wsgi",
            workers=1).serve()
"""


def status(port: int, path: str) -> int:
    """Of one page, read to its end; 0 when nobody answers."""
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        connection.close()


def seconds_until(port: int, path: str, *, since: float) -> float:
    while time.perf_counter() - since < 60:
        if status(port, path) == 200:
            return time.perf_counter() - since
        time.sleep(0.02)
    raise SystemExit(f"{path} was not answered within a minute.")


def per_second(port: int, path: str) -> float:
    began = time.perf_counter()
    if any(status(port, path) != 200 for _ in range(ASKED)):
        raise SystemExit(f"{path} was not answered well.")
    return ASKED / (time.perf_counter() - began)


def mib(numbers: list[int]) -> dict[str, int]:
    """Of these processes together, resident and shared pages divided."""
    kibibytes = {"Rss": 0, "Pss": 0}
    for number in numbers:
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in kibibytes:
                kibibytes[name] += int(rest.split()[0])
    return {name: round(size / 1024) for name, size in kibibytes.items()}


def end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ours(home: str) -> dict[str, float]:
    """Both sites, as `vertrouwd serve` starts them."""
    ports = {name: free_port() for name in PAGES}
    words = [PROGRAM, "serve"]
    for name, port in ports.items():
        words += [f"--{name}", f"localhost:{port}"]
    began = time.perf_counter()
    process = serve(words, environment(home), home)
    found = {}
    try:
        for name, page in PAGES.items():
            found[f"{name}_start_seconds"] = seconds_until(ports[name], page, since=began)
        for name, page in PAGES.items():
            found[f"{name}_requests_per_second"] = per_second(ports[name], page)
        time.sleep(1)
        for name in PAGES:
            running = group(process.pid).items()
            memory = mib([number for number, (line, _) in running if f"\0{name}\0" in line])
            found |= {f"{name}_rss_mib": memory["Rss"], f"{name}_pss_mib": memory["Pss"]}
    finally:
        end(process)
    return found


def peer(home: str) -> dict[str, float]:
    """Bare Django under the same server."""
    (Path(home) / "bare.py").write_text(BARE)
    port, began = free_port(), time.perf_counter()
    process = serve([sys.executable, "bare.py", str(port)], environment(home), home)
    try:
        start = seconds_until(port, "/", since=began)
        speed = per_second(port, "/")
        time.sleep(1)
        memory = mib(list(group(process.pid)))
    finally:
        end(process)
    return {
        "peer_start_seconds": start, "peer_requests_per_second": speed,
        "peer_rss_mib": memory["Rss"], "peer_pss_mib": memory["Pss"],
    }  # fmt: skip


def environment(home: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VERTROUWD_", "DJANGO_"))}
    return {**kept, "VERTROUWD_HOME": home}


def measure(runs: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [PROGRAM, "create-admin", "beheerder"], env=environment(home), check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        tries = [ours(home) | peer(home) for _ in range(runs)]
    found = {name: round(median(one[name] for one in tries), 2) for name in tries[0]}
    return {
        "benchmark": "processes",
        "runs": runs,
        **found,
        "goal_mib": GOAL_MIB,
        "goal_start_seconds": GOAL_SECONDS,
        "peer": "one page by bare Django under the same server",
        "memory_ratio": round(found["public_rss_mib"] / found["peer_rss_mib"], 2),
        "start_ratio": round(found["public_start_seconds"] / found["peer_start_seconds"], 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="the median of so many")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    print(json.dumps(measure(options.runs), indent=None if options.json else 2))
