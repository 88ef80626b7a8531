"""A frozen year in a test: real dossiers, or invented ones beside a published table."""

import csv
from datetime import date
from pathlib import Path

from tests.factories import make_report
from vertrouwd.disclosure.release import Release, release_year
from vertrouwd.figures.cells import COLUMNS, Cell
from vertrouwd.figures.freeze import freeze_year
from vertrouwd.figures.published import install
from vertrouwd.schools.years import parse_year

YEAR = "2022-2023"
TODAY = date(2024, 1, 22)
LETTER = "Kamerstuk 29240 nr. 136"


def make_dossiers(number: int, **answers: object) -> None:
    for _ in range(number):
        make_report(**answers)


def freeze(actor, year: str = YEAR) -> None:
    freeze_year(parse_year(year), by=actor, today=TODAY)


def released(actor, year: str = YEAR) -> Release:
    """The year frozen as it stands now, and released."""
    freeze(actor, year)
    return release_year(parse_year(year), by=actor)


def publish(
    folder: Path, counts: dict[Cell, int], year: str = YEAR, *, source: str = LETTER
) -> None:
    """Install a published table with these cells."""
    path = folder / f"{year}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, "count", "source_url", "quote"])
        for cell, count in counts.items():
            codes = [getattr(cell, column) for column in COLUMNS]
            writer.writerow([*codes, count, source, f"{count} «geteld»,\nop deze bladzijde"])
    install(path, parse_year(year))
