"""The whole road of a made year as processes: freeze, overview, letter; the year itself apart.

    python benchmarks/year.py [--year 2022-2023] [--json]

Each command runs as its own process in a fresh VERTROUWD_HOME, so that the peak memory is its own.
The goal is 5 seconds and 400 MB for freeze, overview and letter together (2,152 dossiers), and 20
seconds for making the year. The ratio is our figure against the goal: below 1 is within it. The
road has no peer that could be run beside it; starting Python and Django three times is measured
as a floor.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PUBLISHED = Path(__file__).resolve().parent.parent / "vertrouwd" / "figures" / "data" / "published"
ROAD = ("freeze-year", "make-overview", "make-letter")
GOAL_SECONDS, GOAL_MB, GOAL_MAKE_YEAR = 5.0, 400.0, 20.0
# Runs the command; the last words of stderr are its processor seconds and its peak memory in MB.
MEASURED = """
import resource, sys
from vertrouwd.project.cli import main
code = main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, file=sys.stderr)
sys.exit(code)
"""


def run(home: Path, *words: str) -> dict[str, float]:
    """Seconds from start to exit, processor seconds, and the peak memory in MB of one command."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        env=os.environ | {"VERTROUWD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    processor, peak = map(float, done.stderr.split()[-2:])
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(processor, 2),
        "peak_mb": round(peak),
    }


def measure(year: str) -> dict[str, object]:
    """The road of one year, each step and together, with the ratio to the goal."""
    table = PUBLISHED / (f"{year}.csv" if "-" in year else f"kinderopvang-{year}.csv")
    with tempfile.TemporaryDirectory() as folder:
        home, out = Path(folder) / "home", Path(folder) / "out"
        home.mkdir()
        made = run(home, "make-year", year, "--from", str(table))
        steps = {
            "freeze-year": run(home, "freeze-year", year),
            "make-overview": run(home, "make-overview", year, "--to", str(out / "overview")),
            "make-letter": run(home, "make-letter", year, "--to", str(out / "letter")),
        }
        start = _start(home)
    seconds = sum(step["seconds"] for step in steps.values())
    peak = max(step["peak_mb"] for step in steps.values())
    return {
        "benchmark": "year",
        "year": year,
        "make-year": made,
        **steps,
        "road": {
            "seconds": round(seconds, 2),
            "cpu_seconds": round(sum(step["cpu_seconds"] for step in steps.values()), 2),
            "peak_mb": peak,
        },
        "floor_seconds": round(3 * start, 2),
        "goal": {"seconds": GOAL_SECONDS, "peak_mb": GOAL_MB, "make_year_seconds": GOAL_MAKE_YEAR},
        "ratio": {
            "seconds": round(seconds / GOAL_SECONDS, 2),
            "peak_mb": round(peak / GOAL_MB, 2),
            "make_year_seconds": round(made["seconds"] / GOAL_MAKE_YEAR, 2),
        },
    }


def _start(home: Path) -> float:
    """Seconds to start Python and load Django with our apps, without doing anything."""
    started = time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import os; os.environ['DJANGO_SETTINGS_MODULE']='vertrouwd.project.settings.base'; "
            "import django; django.setup()",
        ],
        env=os.environ | {"VERTROUWD_HOME": str(home)},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--year", default="2022-2023")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.year)
    if options.json:
        print(json.dumps(found))
        return
    for name in ("make-year", *ROAD, "road"):
        step = found[name]
        assert isinstance(step, dict)
        seconds = f"{step['seconds']:6.2f} s   {step['cpu_seconds']:6.2f} s cpu"
        print(f"{name:<14} {seconds}   {step['peak_mb']:4.0f} MB")
    print(f"goal           {GOAL_SECONDS:6.2f} s                {GOAL_MB:4.0f} MB   (road)")


if __name__ == "__main__":
    main()
