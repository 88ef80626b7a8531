"""The rows of an XLSX file as texts, read as a stream."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers.expat import ExpatError

from vertrouwd.dossiers.reports_file.columns import KNOWN, column_name
from vertrouwd.dossiers.reports_file.reading import Unreadable
from vertrouwd.dossiers.reports_file.sheet_xml import RawCell, read_rows, read_texts

LARGEST = 1 << 30  # bytes, unpacked
LARGEST_TEXTS = 200 << 20  # bytes, the list of texts of the workbook: it is held in memory
# Real sheets of reports shrink some ten to thirty times.
LARGEST_RATIO, RATIO_COUNTS_FROM = 150, 20 << 20
BROKEN = "is a damaged XLSX file. Save it again as XLSX or CSV."
DAMAGE = (
    zipfile.BadZipFile, zlib.error, ExpatError, EOFError, KeyError, IndexError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip

# ECMA-376 18.8.30: the built-in formats that show a date.
DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
# What of a format of one's own is text or colour; the letters of a date in what is left.
NO_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\[[^]]*\]')
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LAST_DAY = 2_958_465  # 31 December 9999


@contextmanager
def sheet_rows(path: Path) -> Iterator[Iterator[tuple[int, list[str], int]]]:
    """Rows of the sheet that holds reports: the first whose first row names known columns."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(archive, path.stat().st_size)
            book = Book.of(archive)
            chosen = next((s for s in book.sheets if _names_columns(book, s)), book.sheets[0])
            yield book.rows(chosen)
    except Unreadable:
        raise
    except (*DAMAGE, OSError) as fault:
        raise Unreadable(BROKEN) from fault


@dataclass(frozen=True)
class Book:
    """What is needed of a workbook to read its sheets."""

    archive: zipfile.ZipFile
    sheets: list[str]  # parts of the archive
    texts: list[str]
    date_styles: frozenset[str]
    epoch: date

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> "Book":
        [main, *_] = _related(archive, "", "officeDocument").values()
        book = _xml(archive, main)
        parts = _related(archive, main, "worksheet")
        wanted = [
            value
            for sheet in _all(book, "sheet")
            for name, value in sheet.attrib.items()
            if _local(name) == "id"
        ]
        texts: list[str] = []
        for part in _related(archive, main, "sharedStrings").values():
            with archive.open(part) as file:
                texts = read_texts(file)
        styles = list(_related(archive, main, "styles").values())
        is_1904 = any(p.get("date1904") in ("1", "true") for p in _all(book, "workbookPr"))
        return cls(
            archive,
            [parts[name] for name in wanted if name in parts],
            texts,
            _date_styles(_xml(archive, styles[0])) if styles else frozenset(),
            EPOCH_1904 if is_1904 else EPOCH,
        )

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str], int]]:
        """Like the rows of a CSV file; empty rows are left out. Raises Unreadable."""
        try:
            with self.archive.open(sheet) as file:
                for number, cells in read_rows(file):
                    texts: list[str] = []
                    for cell in cells:
                        if cell[0] < len(texts):
                            raise ValueError("cells out of order")
                        texts += [""] * (cell[0] - len(texts))
                        texts.append(self._text(cell))
                    if any(text.strip() for text in texts):
                        yield number, texts, 0
        except (*DAMAGE, OSError) as fault:
            raise Unreadable(BROKEN) from fault

    def _text(self, cell: RawCell) -> str:
        _, kind, style, text = cell
        if kind == "s":
            return self.texts[int(text)]
        if kind == "b":
            return "ja" if text == "1" else "nee"
        if kind == "d":
            return text[:10]
        if kind != "n":
            return text
        if style in self.date_styles:
            days = int(float(text))
            return str(self.epoch + timedelta(days=days)) if 0 < days < LAST_DAY else text
        return text if text.isdigit() else _number(text)


def _number(text: str) -> str:
    number = float(text)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text


def _refuse_bombs(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Unreadable("is a ZIP file but no spreadsheet. Possible: a CSV or XLSX file.")
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if (
        unpacked > LARGEST
        or texts > LARGEST_TEXTS
        or (unpacked > RATIO_COUNTS_FROM and unpacked / max(1, packed) > LARGEST_RATIO)
    ):
        raise Unreadable(
            f"unpacks to {unpacked >> 20} MB, too much for a sheet of reports. Save it as CSV."
        )


def _names_columns(book: Book, sheet: str) -> bool:
    first = next(book.rows(sheet), (0, [], 0))[1]
    return any(column_name(text) in KNOWN for text in first)


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """The parts of one kind that a part refers to: by their name there."""
    place = PurePosixPath(part)
    try:
        relations = _xml(archive, str(place.parent / "_rels" / f"{place.name}.rels"))
    except KeyError:
        return {}
    found = {}
    for relation in _all(relations, "Relationship"):
        if relation.get("Type", "").endswith(f"/{kind}"):
            target = relation.get("Target", "")
            found[relation.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else str(place.parent / target)
            )
    return found


def _date_styles(styles: Any) -> frozenset[str]:
    """The numbers of the cell styles that show a date."""
    own = {
        int(form.get("numFmtId", 0))
        for form in _all(styles, "numFmt")
        if re.search("[dy]", NO_FORMAT.sub("", form.get("formatCode", "")), re.IGNORECASE)
    }
    [cells, *_] = [*_all(styles, "cellXfs"), []]
    return frozenset(
        str(number)
        for number, form in enumerate(cells)
        if int(form.get("numFmtId", 0)) in DATE_FORMATS | own
    )


def _xml(archive: zipfile.ZipFile, part: str) -> Any:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    return fromstring(archive.read(part), forbid_dtd=True)


def _all(element: Any, local: str) -> list[Any]:
    """The elements of that name, whatever namespace they are in."""
    return [found for found in element.iter() if _local(found.tag) == local]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
