"""The rows of an XLSX file as texts, read as a stream."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from vertrouwd.dossiers.reports_file.columns import KNOWN, column_name
from vertrouwd.dossiers.reports_file.reading import Unreadable

LARGEST = 1 << 30  # bytes, unpacked
LARGEST_TEXTS = 200 << 20  # bytes, the list of texts of the workbook: it is held in memory
# Real sheets of reports shrink some ten to thirty times.
LARGEST_RATIO, RATIO_COUNTS_FROM = 150, 20 << 20
BROKEN = "is a damaged XLSX file. Save it again as XLSX or CSV."


@contextmanager
def sheet_rows(path: Path) -> Iterator[Iterator[tuple[int, list[str], int]]]:
    """Rows of the sheet that holds reports: the first whose first row names known columns."""
    _refuse_bombs(path)
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as fault:  # openpyxl lets through whatever a damaged part provokes
        raise Unreadable(BROKEN) from fault
    try:
        sheets = book.worksheets
        if not sheets:
            raise Unreadable("is a workbook without a sheet.")
        yield _rows(next((sheet for sheet in sheets if _names_columns(sheet)), sheets[0]))
    finally:
        book.close()


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        raise Unreadable(BROKEN) from None
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Unreadable("is a ZIP file but no spreadsheet. Possible: a CSV or XLSX file.")
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    ratio = unpacked / max(1, path.stat().st_size)
    if (
        unpacked > LARGEST
        or texts > LARGEST_TEXTS
        or (unpacked > RATIO_COUNTS_FROM and ratio > LARGEST_RATIO)
    ):
        raise Unreadable(
            f"unpacks to {unpacked >> 20} MB, too much for a sheet of reports. Save it as CSV."
        )


def _names_columns(sheet: Any) -> bool:
    return any(column_name(_text(cell)) in KNOWN for cell in next(_cells(sheet), (0, []))[1])


def _rows(sheet: Any) -> Iterator[tuple[int, list[str], int]]:
    for number, cells in _cells(sheet):
        texts = [_text(cell) for cell in cells]
        if any(text.strip() for text in texts):
            yield number, texts, 0


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # The size a sheet claims for itself is often wrong, and shortens rows.
    sheet.reset_dimensions()
    try:
        yield from enumerate(sheet.iter_rows(values_only=True), 1)
    except Exception as fault:  # openpyxl lets through whatever a damaged part provokes
        raise Unreadable(BROKEN) from fault


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
