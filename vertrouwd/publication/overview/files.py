"""The files of an overview: made in full first, then put in place one by one."""

import csv
import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from vertrouwd.disclosure.release import COLUMNS, Release
from vertrouwd.disclosure.safe import Mark, SafeTable
from vertrouwd.publication.overview.contents import Overview, as_json, overview_of
from vertrouwd.publication.overview.document import render_document
from vertrouwd.publication.overview.page import render_overview_file

STATIC = Path(__file__).resolve().parent.parent / "static" / "publication"
LETTER_FILES = ("vertrouwd-sans-regular.woff2", "vertrouwd-sans-semibold.woff2")
ORIGIN = {
    Mark.COUNTED: "geteld",
    Mark.PUBLISHED: "gepubliceerd",
    Mark.INVENTED: "verzonnen",
}


def write_overview(release: Release, folder: Path) -> list[Path]:
    """Write the overview of a `disclosure.release.Release` into `folder`; the files, by name.

    Everything is made before the first file appears; each appears whole. Other files in the folder
    are left alone. Raises NotADirectoryError when `folder` is a file, OSError when it cannot be
    written.
    """
    contents = overview_files(release)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"'{folder}' is a file. Name a folder that may be made or filled.")
    folder.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".overview-", dir=folder))
    try:
        for name, content in contents.items():
            (waiting / name).parent.mkdir(exist_ok=True)
            (waiting / name).write_bytes(content)
        (folder / "tables").mkdir(exist_ok=True)
        for name in contents:
            (waiting / name).replace(folder / name)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return [folder / name for name in contents]


def overview_files(release: Release) -> dict[str, bytes]:
    """Every file of the overview: name below its folder -> content."""
    overview = overview_of(release)
    return {
        "overview.html": render_overview_file(overview).encode(),
        "overview.css": (STATIC / "publication.css").read_bytes(),
        **{name: (STATIC / name).read_bytes() for name in LETTER_FILES},
        "overview.pdf": render_document(overview),
        "overview.json": _json(as_json(overview)),
        "overview.csv": cells_csv(release.cells),
        "reconciliation.json": _json(reconciliation(overview)),
        **{
            f"tables/{table.name}.csv": table_csv(table)
            for table in (*overview.tables, overview.series)
        },
    }


def table_csv(table: SafeTable) -> bytes:
    """One table: its dimensions, the number, where it comes from; UTF-8, LF, empty is not known."""
    rows = (
        (
            *row.codes,
            "" if row.value is None else row.value,
            "niet gepubliceerd" if row.value is None else ORIGIN[row.mark],
            row.source,
            table.policy,
        )
        for row in table.rows
    )
    return _csv((*table.dimensions, "aantal", "herkomst", "bron", "besluit"), rows)


def cells_csv(cells: Any) -> bytes:
    """`overview.csv` from the release's (Cell, count, Mark) triples, in their order.

    The columns are those of the published tables, so that old and new compare row by row.
    """
    rows = ((*(getattr(cell, c) for c in COLUMNS), count) for cell, count, _ in cells)
    return _csv((*COLUMNS, "count"), rows)


def reconciliation(overview: Overview) -> dict[str, Any]:
    """`reconciliation.json`: every sum that does not meet its parts, never forced."""
    return {
        "year": overview.year,
        "mismatches": [
            {
                "what": mismatch.what,
                "total": mismatch.total,
                "parts": mismatch.parts,
                "sum": sum(mismatch.parts.values()),
                "difference": mismatch.difference,
                "source": mismatch.source,
            }
            for mismatch in overview.mismatches
        ],
        "changed_cells": list(overview.provenance.changed_cells),
    }


def _csv(header: tuple[str, ...], rows: Any) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
