"""Open a reports file, CSV or XLSX, and give its rows one at a time, whatever its size."""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from vertrouwd.dossiers.reports_file.columns import KNOWN, column_name
from vertrouwd.dossiers.reports_file.spreadsheet import sheet_rows
from vertrouwd.dossiers.reports_file.unreadable import Unreadable

BLOCK = 1 << 20  # bytes
LONGEST_CELL = 1_000_000  # characters; more is a quotation mark that was never closed
NOT_IN_WINDOWS_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
SEPARATORS = ",;\t"
ZIP = b"PK\x03\x04"  # what an XLSX file is inside


@dataclass(frozen=True)
class Table:
    """The first row and the others, as texts.

    `rows` gives (number of the row as a spreadsheet counts it, cells, further lines of text the
    row runs over). Empty rows are left out. `separator` is what a CSV file puts between cells.
    """

    header: list[str]
    rows: Iterator[tuple[int, list[str], int]]
    separator: str
    is_spreadsheet: bool
    sha256: str


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """The table in a file. Raises Unreadable with the reason, without the path."""
    start = _first_bytes(path)
    if start.startswith(ZIP):
        with sheet_rows(path) as rows:
            header = next(rows, (1, [], 0))[1]
            yield Table(header, rows, ";", True, _digest(path))
        return
    encoding, digest = _scan(path)
    with path.open(encoding=encoding, newline="") as file, _cells_up_to(LONGEST_CELL):
        separator = _separator(file.readline())
        if separator is None:
            separator = _separator(file.readline()) or ","
        file.seek(0)
        rows = _csv_rows(csv.reader(file, delimiter=separator))
        header = next(rows)[1]
        if re.fullmatch(r"sep=.?", header[0].strip()):
            header = next(rows, (2, [""], 0))[1]
        yield Table(header, rows, separator, False, digest)


def _first_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise Unreadable("is a folder, not a file. Possible: a CSV or XLSX file.")
    if not path.exists():
        raise Unreadable("does not exist.")
    if not path.is_file():
        raise Unreadable("is not an ordinary file. Possible: a CSV or XLSX file.")
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except PermissionError:
        raise Unreadable("may not be read by this account.") from None
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Unreadable("is empty.")
    if start.startswith(ZIP):
        return start
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "is an old Excel file (.xls) or has a password. Save it as XLSX or CSV, without one."
        )
    utf16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if utf16 or start[1:8:2] == b"\0\0\0\0" or start[0:8:2] == b"\0\0\0\0":
        raise Unreadable(
            "is encoded as UTF-16. Save it as CSV in UTF-8 or Windows-1252, or as XLSX."
        )
    if b"\0" in start or start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise Unreadable("is neither text nor a spreadsheet. Possible: a CSV or XLSX file.")
    return start


def _scan(path: Path) -> tuple[str, str]:
    """Encoding and sha256, in one pass over the bytes."""
    digest = sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, saw_utf8_letters, fits_windows = True, False, True
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            if b"\0" in block:
                raise Unreadable("is neither text nor a spreadsheet. Possible: a CSV or XLSX file.")
            fits_windows = fits_windows and block == block.translate(None, NOT_IN_WINDOWS_1252)
            if is_utf8:
                try:
                    text = decoder.decode(block)
                except UnicodeDecodeError as fault:
                    is_utf8 = False
                    text = fault.object[: fault.start].decode()
                saw_utf8_letters = saw_utf8_letters or not text.removeprefix("\ufeff").isascii()
    if is_utf8 and not decoder.getstate()[0]:
        return "utf-8-sig", digest.hexdigest()
    if saw_utf8_letters:
        raise Unreadable("mixes UTF-8 with another encoding. Save it as CSV in UTF-8, or as XLSX.")
    if not fits_windows:
        raise Unreadable(
            "is in neither UTF-8 nor Windows-1252. Save it as CSV in UTF-8, or as XLSX."
        )
    return "cp1252", digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _separator(line: str) -> str | None:
    """The separator that makes most known columns of a header; None in a line that names one."""
    if line.strip().casefold().startswith("sep="):
        return None
    return max(
        SEPARATORS,
        key=lambda mark: sum(column_name(cell.strip('"')) in KNOWN for cell in line.split(mark)),
    )


@contextmanager
def _cells_up_to(longest: int) -> Iterator[None]:
    """Cells of so many characters; the csv module has one limit for the process: give it back."""
    before = csv.field_size_limit(longest)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _csv_rows(reader: Any) -> Iterator[tuple[int, list[str], int]]:
    number = 0
    while True:
        number += 1
        line = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(
                f"has a cell of more than {LONGEST_CELL} characters in row {number} "
                f"(line {line + 1}): a quotation mark is probably not closed."
            ) from None
        if any(cell.strip() for cell in cells):
            yield number, cells, reader.line_num - line - 1
