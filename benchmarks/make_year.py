"""Make a demonstration year with the real command in a fresh VERTROUWD_HOME.

    python benchmarks/make_year.py [--table TABLE.csv] [--json]

Seconds and peak memory of the whole process, database and all; beside them the seconds of the same
command when the year stands already, which draws nothing. Best of three runs.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
LIMIT_SECONDS, LIMIT_MB = 20, 400
PROGRAM = str(Path(sys.executable).with_name("vertrouwd"))
TABLES = Path(__file__).resolve().parent.parent / "vertrouwd/figures/data/published"


def run(words: list[str], home: str) -> tuple[float, dict[str, object]]:
    """Seconds, and what the command printed."""
    begin = time.perf_counter()
    done = subprocess.run(
        [PROGRAM, *words], env={**os.environ, "VERTROUWD_HOME": home}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return time.perf_counter() - begin, json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", type=Path, default=TABLES / "2022-2023.csv")
    parser.add_argument("--json", action="store_true", help="one line of JSON (the default)")
    options = parser.parse_args()
    rows = options.table.read_text(encoding="utf-8").splitlines()
    words = ["make-year", rows[1].partition(",")[0], "--from", str(options.table), "--json"]
    made, again = [], []
    summary: dict[str, object] = {}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as home:
            seconds, summary = run(words, home)
            made.append(seconds)
            again.append(run(words, home)[0])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "benchmark": "make_year",
                "year": summary["year"],
                "cells": len(rows) - 1,
                "dossiers": summary["dossiers"],
                "reports": summary["reports"],
                "seconds": round(min(made), 2),
                "seconds_when_it_stands": round(min(again), 2),
                "made_to_standing": round(min(made) / min(again), 1),
                "peak_mb": round(peak),
                "limit_seconds": LIMIT_SECONDS,
                "limit_mb": LIMIT_MB,
            }
        )
    )


if __name__ == "__main__":
    main()
