"""What a new revision of a year changed: numbers before and after, never a dossier."""

from collections import Counter
from pathlib import Path
from typing import Any

from vertrouwd.figures import counts
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.combinations import every_cell
from vertrouwd.figures.snapshot import DOSSIERS, REPORTS, Snapshot
from vertrouwd.schools.terms import Sector

SHOWN_BY_AT_MOST = 2  # dimensions; finer cells follow from the rows themselves


def differences(previous: Snapshot, making: Path, *, revision: int, reason: str) -> dict[str, Any]:
    """What differences.json holds (rule C11).

    `cells`: id, old and new count of every cell of up to two dimensions that changed; `rows`:
    how many rows appeared and disappeared per table.
    """
    year, childcare = str(previous.year), previous.year.is_childcare
    before = _cells(previous.folder, year, childcare=childcare)
    after = _cells(making, year, childcare=childcare)
    changed = [
        {"cell": cell.id, "old": before.get(cell, 0), "new": after.get(cell, 0)}
        for cell in sorted(before.keys() | after.keys())
        if before.get(cell, 0) != after.get(cell, 0)
    ]
    return {
        "year": year,
        "from_revision": previous.revision,
        "to_revision": revision,
        "reason": str(reason),
        "rows": {
            name.removesuffix(".parquet"): _rows(previous.folder / name, making / name)
            for name in (DOSSIERS, REPORTS)
        },
        "cells": changed,
    }


def _cells(folder: Path, year: str, *, childcare: bool) -> counts.Counts:
    with counts.open_tables(folder / DOSSIERS, folder / REPORTS) as tables:
        every = every_cell(tables, year, childcare=childcare)
    return {cell: number for cell, number in every.items() if _dimensions(cell) <= SHOWN_BY_AT_MOST}


def _dimensions(cell: Cell) -> int:
    """Category and subcategory are one; childcare's sector is none."""
    return len(cell.codes.keys() - {"subcategory"}) - (cell.sector == Sector.CHILDCARE)


def _rows(before: Path, after: Path) -> dict[str, int]:
    """Institution numbers hold for one revision only, so they have no part in the comparison."""
    old, new = _content(before), _content(after)
    return {"added": (new - old).total(), "removed": (old - new).total()}


def _content(path: Path) -> Counter[str]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    kept = [name for name in table.column_names if name != "institution"]
    return Counter(repr(row) for row in table.select(kept).to_pylist())
