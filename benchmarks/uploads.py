"""Send 500 MiB of files with reports by the public form, and see what it costs the process.

    python benchmarks/uploads.py [--runs 3] [--json]

In a fresh VERTROUWD_HOME, served by `vertrouwd serve`: one report with five files of
100 MB, the most that goes with one form, and one with what is left. Each file is sealed, hashed and
brought to the disk before the receipt is shown. Memory is that of the worker of the public process,
resident; `growth` is its peak above what it was before the first file. The peer is what one would
write first: bare Django under the same server puts the same files in temporary files, in clear, not
hashed and not waited for. `disk` is what it takes to write as many bytes and wait for the disk.
"""

import argparse
import http.client
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from reporters.forms import read
from reporters.house import House, environment, free_port, group, processor_seconds, serve, until_up
from reporters.visitor import Page as Answer
from reporters.visitor import Visitor, last_page, receipt_on

MEBIBYTE = 1 << 20
LARGEST = 100 * 1000 * 1000  # bytes of a file
FORMS = ([LARGEST] * 5, [500 * MEBIBYTE - 5 * LARGEST])  # sizes of the files of each
GOAL_GROWTH_MIB = 60
PIECE = os.urandom(MEBIBYTE)
BOUNDARY = "grens"
BARE = """
import sys
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from granian import Granian
def take(request):
    sizes = [file.size for file in request.FILES.getlist("bestand")]
    return HttpResponse(str(sizes))
urlpatterns = [path("melden", take)]
if not settings.configured:
    settings.configure(ROOT_URLCONF="bare", ALLOWED_HOSTS=["localhost"], SECRET_KEY="a benchmark's",
        FILE_UPLOAD_HANDLERS=["django.core.files.uploadhandler.TemporaryFileUploadHandler"])
application = get_wsgi_application()
if __name__ == "__main__":
    Granian("bare:application", address="127.0.0.1", port=int(sys.argv[1]), interface="wsgi",
            workers=1, blocking_threads=4).serve()
"""


def parts(values: dict[str, str], sizes: list[int]) -> Iterator[bytes]:
    """A form as a browser sends it, a MiB at a time."""
    for name, value in values.items():
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        yield f"{value}\r\n".encode()
    for number, size in enumerate(sizes):
        yield (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="bestand"; '
            f'filename="film {number}.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
        ).encode()
        for left in range(size, 0, -MEBIBYTE):
            yield PIECE[:left]
        yield b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


def post(port: int, values: dict[str, str], sizes: list[int]) -> tuple[int, str, float]:
    """Status, page and seconds."""
    length = sum(len(part) for part in parts(values, sizes))
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(length), "Sec-Fetch-Site": "same-origin",
    }  # fmt: skip
    connection, began = (
        http.client.HTTPConnection("localhost", port, timeout=300),
        time.perf_counter(),
    )
    connection.request("POST", "/melden", parts(values, sizes), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, time.perf_counter() - began


def memory(leader: int, word: str) -> dict[str, float]:
    """Of the process of that group and word that holds most: MiB now and at its peak."""
    found = {"VmRSS": 0.0, "VmHWM": 0.0}
    for number, (line, _) in group(leader).items():
        if word in line:
            for told in Path(f"/proc/{number}/status").read_text().splitlines():
                name, _, rest = told.partition(":")
                if name in found:
                    found[name] = max(found[name], int(rest.split()[0]) / 1024)
    return found


def ours(home: str) -> dict[str, float]:
    with House(home) as house:
        pages = [last_page(Visitor(house.port), {"verhaal": "Verzonnen."})[0] for _ in FORMS]
        before, processor = memory(house.leader, "\0public\0"), house.processor_seconds()
        seconds = 0.0
        for page, sizes in zip(pages, FORMS, strict=True):
            name, value = page.form.buttons[-1]
            status, text, took = post(house.port, page.form.filled({}) | {name: value}, sizes)
            receipt_on(Answer(status, read(text), "/melden"))
            seconds += took
        after = memory(house.leader, "\0public\0")
        processor = house.processor_seconds() - processor
    sealed = list((Path(home) / "files").iterdir())
    if len(sealed) != sum(len(sizes) for sizes in FORMS):
        raise SystemExit("Not every file was stored.")
    return {
        "seconds": seconds, "processor_seconds": processor, "peak_mib": after["VmHWM"],
        "growth_mib": after["VmHWM"] - before["VmRSS"],
    }  # fmt: skip


def peer(home: str) -> dict[str, float]:
    (Path(home) / "bare.py").write_text(BARE)
    port = free_port()
    told = environment(home) | {"TMPDIR": home}
    process = serve([sys.executable, "bare.py", str(port)], told, home)
    try:
        until_up(port, "/melden")
        before, seconds = memory(process.pid, "bare.py"), 0.0
        spent = processor_seconds(process.pid)
        for sizes in FORMS:
            status, text, took = post(port, {"verhaal": "Verzonnen."}, sizes)
            if (status, text) != (200, str(sizes)):
                raise SystemExit("The peer did not take the files.")
            seconds += took
        after, spent = memory(process.pid, "bare.py"), processor_seconds(process.pid) - spent
    finally:
        process.kill()
        process.wait()
    return {
        "peer_seconds": seconds, "peer_processor_seconds": spent, "peer_peak_mib": after["VmHWM"],
        "peer_growth_mib": after["VmHWM"] - before["VmRSS"],
    }  # fmt: skip


def disk(home: str) -> dict[str, float]:
    began = time.perf_counter()
    for number, size in enumerate(size for sizes in FORMS for size in sizes):
        with (Path(home) / f"plain {number}").open("wb", buffering=0) as file:
            for left in range(size, 0, -MEBIBYTE):
                file.write(PIECE[:left])
            os.fsync(file.fileno())
    return {"disk_seconds": time.perf_counter() - began}


def one_run() -> dict[str, float]:
    found: dict[str, float] = {}
    for measured in (disk, peer, ours):
        with tempfile.TemporaryDirectory() as home:
            found |= measured(home)
    return found


def measure(runs: int) -> dict[str, object]:
    tries = [one_run() for _ in range(runs)]
    found = {name: round(median(one[name] for one in tries), 2) for name in tries[0]}
    megabytes = 500 * MEBIBYTE / 1e6
    return {
        "benchmark": "uploads",
        "runs": runs,
        "mib": 500,
        **found,
        "mb_per_second": round(megabytes / found["seconds"]),
        "peer_mb_per_second": round(megabytes / found["peer_seconds"]),
        "disk_mb_per_second": round(megabytes / found["disk_seconds"]),
        "goal_growth_mib": GOAL_GROWTH_MIB,
        "peer": "temporary files in clear by bare Django under the same server",
        "ratio": round(found["peer_seconds"] / found["seconds"], 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="the median of so many")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    print(json.dumps(measure(options.runs), indent=None if options.json else 2))
