"""A table to make a year from, and the command as a person types it."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from vertrouwd.figures.cells import COLUMNS


@pytest.fixture
def make_year(home: Path, db) -> Callable[..., str]:
    """`make_year("2022-2023", path, "--seed", "3")` -> what the command printed."""

    def run(year: str, table: Path, *options: str) -> str:
        out = StringIO()
        call_command("make_year", year, "--from", str(table), *options, stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """`table({"count": "12", "category": "overig"}, ...)` -> a published table of 2022-2023."""

    def write(*rows: dict[str, str], name: str = "table.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*COLUMNS, "count"], restval="")
            writer.writeheader()
            writer.writerows(
                {"school_year": "2022-2023", "measure": "dossiers"} | row for row in rows
            )
        return path

    return write
