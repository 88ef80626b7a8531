"""Run a figure's query as a reader would: a fresh DuckDB, started in VERTROUWD_HOME."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROGRAM = """
import json, sys, duckdb
answers = []
for query in json.load(sys.stdin):
    rows = duckdb.sql(query).fetchall()
    assert len(rows) == 1 and len(rows[0]) == 1, (query, rows)
    answers.append(rows[0][0])
print(json.dumps(answers))
"""


def answers(home: Path, queries: Sequence[str]) -> list[int | float]:
    """The one value that each query gives, in order."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(list(queries)),
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)
