"""How soon the command line answers: `vertrouwd --help`, and one command that uses the database.

Prints one JSON line: median seconds over the runs, beside those of an empty Python, in one run.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15
PROGRAM = str(Path(sys.executable).with_name("vertrouwd"))


def median_seconds(words: list[str], environment: dict[str, str]) -> float:
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begin)
    return round(statistics.median(times), 3)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "VERTROUWD_HOME": home}
        disagreements = [PROGRAM, "list-disagreements"]
        subprocess.run(disagreements, env=environment, check=True, stdout=subprocess.DEVNULL)
        python = median_seconds([sys.executable, "-c", ""], environment)
        help_page = median_seconds([PROGRAM, "--help"], environment)
        command = median_seconds([PROGRAM, "serve", "--help"], environment)
        database = median_seconds(disagreements, environment)
    print(
        json.dumps(
            {
                "benchmark": "cli_start",
                "unit": "s",
                "runs": RUNS,
                "help": help_page,
                "command_help": command,
                "list_disagreements": database,
                "empty_python": python,
                "help_to_empty_python": round(help_page / python, 2),
                "limit": 0.3,
            }
        )
    )


if __name__ == "__main__":
    main()
