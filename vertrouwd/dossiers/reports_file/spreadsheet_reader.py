"""The program that reads one XLSX file and writes its rows as lines of JSON.

    python -m vertrouwd.dossiers.reports_file.spreadsheet_reader FILE

calamine reads the workbook. What it does not do is done here, before it opens the file: refuse
what unpacks to too much, and find the cells with an error (#N/A), which it gives as empty.
"""

import json
import re
import resource
import sys
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from vertrouwd.dossiers.reports_file.columns import KNOWN, column_name
from vertrouwd.dossiers.reports_file.unreadable import Unreadable

MEMORY = 2 << 30  # bytes, of this process
LARGEST = 1 << 30  # bytes, unpacked
# Real sheets of reports shrink some ten to thirty times.
LARGEST_RATIO, RATIO_COUNTS_FROM = 150, 20 << 20
WIDEST = 16_384  # columns; Excel has no more
BLOCK = 1 << 20  # bytes
LONGEST_CELL = 1 << 14  # bytes: so much of a block is seen again with the next

BROKEN = "is a damaged XLSX file. Save it again as XLSX or CSV."
DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
OTHER_FORMATS = {"mimetype": "an OpenDocument file", "xl/workbook.bin": "a binary workbook (.xlsb)"}

ERROR_MARKS = (b't="e"', b"t='e'")  # looked for first: ten times as fast
# A text holds no «<», so that this is a cell and nothing else; bounded, so that no file can make
# the search slow.
ERROR_CELL = re.compile(rb"""<(?:\w+:)?c(?=\s)[^<>]{0,400}\st=["']e["'][^<>]{0,400}>""")
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
# After the cell's own tag: its formula, if any, and the value it had.
VALUE = re.compile(
    rb"(?:<(?:\w+:)?f[^<>]{0,400}>(?:[^<]{0,9000}</(?:\w+:)?f>)?)?<(?:\w+:)?v>([^<]{1,20})<"
)
HAS_ERROR = "has a cell with an error, such as #N/A. Correct it, or save as CSV."

Row = tuple[int, list[str]]
Errors = dict[int, dict[int, str]]  # row, from 1, -> column, from 0, -> what it shows


def read(path: Path) -> Iterator[Row]:
    """(number of the row, texts of its cells) of the filled rows. Raises Unreadable."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(archive, path.stat().st_size)
            errors = _unpack(archive)
            parts = _parts(archive) if errors else {}
            if not errors.keys() <= set(parts.values()):
                raise Unreadable(HAS_ERROR)
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            names = [s.name for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
            for name in names:
                rows = _rows(book.get_sheet_by_name(name), errors.get(parts.get(name, ""), {}))
                first = next(rows, None)
                if first and any(column_name(text) in KNOWN for text in first[1]):
                    break
            else:  # what is wrong with the first sheet's header is then said as of any file
                rows = _rows(book.get_sheet_by_name(names[0]), {}) if names else iter(())
                first = next(rows, None)
            if first:
                yield first
                yield from rows
    except (*DAMAGE, CalamineError) as fault:
        raise Unreadable(BROKEN) from fault


def _refuse_bombs(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    for name, what in OTHER_FORMATS.items():
        if name in names:
            raise Unreadable(f"is {what}. Save it as XLSX or CSV.")
    if "[Content_Types].xml" not in names:
        raise Unreadable("is a ZIP file but no spreadsheet. Possible: a CSV or XLSX file.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST or (
        unpacked > RATIO_COUNTS_FROM and unpacked / max(1, packed) > LARGEST_RATIO
    ):
        raise Unreadable(
            f"unpacks to {unpacked >> 20} MB, too much for a sheet of reports. Save it as CSV."
        )


def _unpack(archive: zipfile.ZipFile) -> dict[str, Errors]:
    """Unpack every part once, in blocks; the error cells of each sheet that has any.

    A part that is larger or other than the archive says ends as BadZipFile.
    """
    errors: dict[str, Errors] = {}
    for part in archive.infolist():
        found: Errors = defaultdict(dict)
        seen = b""
        is_xml = part.filename.endswith((".xml", ".rels"))
        with archive.open(part) as file:
            while block := file.read(BLOCK):
                seen = seen[-LONGEST_CELL:] + block
                if is_xml and b"<!DOCTYPE" in seen:  # no spreadsheet has one; entities begin there
                    raise Unreadable(BROKEN)
                if is_xml and any(mark in seen for mark in ERROR_MARKS):
                    _find_errors(seen, found)
        if found:
            errors[part.filename] = found
    return errors


def _find_errors(xml: bytes, found: Errors) -> None:
    for cell in ERROR_CELL.finditer(xml):
        place = PLACE.search(cell[0])
        if place is None:
            raise Unreadable(HAS_ERROR)
        shown = VALUE.match(xml, cell.end())
        text = shown[1].decode("ascii", "replace") if shown else "#N/A"
        found[int(place[2])][_column(place[1])] = text


def _column(letters: bytes) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that each sheet is, by the name of the sheet."""
    from xml.etree import ElementTree  # nosec - no part declares entities, see _unpack

    def elements(part: str, name: str) -> list[dict[str, str]]:
        try:
            root = ElementTree.fromstring(archive.read(part))  # noqa: S314 - as above
        except ElementTree.ParseError as fault:
            raise Unreadable(BROKEN) from fault
        found = [e for e in root.iter() if e.tag.rpartition("}")[2] == name]
        return [{key.rpartition("}")[2]: text for key, text in e.items()} for e in found]

    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in elements("xl/_rels/workbook.xml.rels", "Relationship")
    }
    return {
        sheet.get("name", ""): target[1:] if target.startswith("/") else f"xl/{target}"
        for sheet in elements("xl/workbook.xml", "sheet")
        if (target := targets.get(sheet.get("id"))) is not None
    }


def _rows(sheet: Any, errors: Errors) -> Iterator[Row]:
    if sheet.start is None:
        return
    left = sheet.start[1]  # the empty columns before a table are left out, the rows are not
    if left + sheet.width > WIDEST:
        raise Unreadable(BROKEN)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [""] * left + [_text(cell) for cell in cells]
        for column, shown in errors.get(number, {}).items():
            texts += [""] * (column + 1 - len(texts))
            texts[column] = shown
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            yield number, texts


def _text(cell: object) -> str:
    """What a cell shows, as the contract has it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, timedelta):
        cell = cell / timedelta(days=1)  # Excel keeps days
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime):
        return str(cell.date())
    assert isinstance(cell, int | date | time)
    return str(cell)


def _limit_memory() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (allowed, hard))
        except (OSError, ValueError):  # macOS knows no limit to what a process may ask for
            continue


def main() -> None:
    _limit_memory()
    write = sys.stdout.write
    fault = ""
    try:
        for row in read(Path(sys.argv[1])):
            write(json.dumps(row) + "\n")
    except Unreadable as found:
        fault = str(found)
    write(json.dumps(fault) + "\n")


if __name__ == "__main__":
    main()
