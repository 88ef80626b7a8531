"""Read a file of school locations: our layout of 2024, and DUO's own layouts of 2013 and today.

Pure: a file in, good and bad rows out. What a row may hold stands in `register_row.py`, what the
register does with it in `register.py`.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vertrouwd.schools.register_row import LOCATION_CODE, BadValue, Row, code_of, read_row

LARGEST = 50_000_000  # bytes; the register of all sectors together is some 2 million

# Our name -> the headers it has had, written small with single spaces.
HEADERS = {
    "institution": ("brin nummer", "instellingscode"),
    "code": ("vestigingscode", "vestigingsnummer"),
    "name": ("naam", "vestigingsnaam"),
    "part": ("sector mapped",),
    "kind": ("type", "soort primair onderwijs", "onderwijsstructuur"),
    "board": ("bevoegd gezag nummer",),
    "board_name": ("bevoegd gezag naam",),
    "denomination": ("denominatie",),
    "street": ("straat", "straatnaam"),
    "number": ("huisnummer", "huisnummer-toevoeging"),
    "letter": ("huisletter",),
    "addition": ("huisnummertoevoeging",),
    "postcode": ("postcode",),
    "town": ("plaats", "plaatsnaam"),
    "municipality": ("gemeente", "gemeentenaam"),
    "province": ("provincie",),
    "website": ("internetadres",),
    "pupils": ("leerlingen",),
}
REQUIRED = ("code", "name", "town")


class UnreadableFile(ValueError):
    """The file as a whole cannot be a register; the message says why and what is possible."""


@dataclass(frozen=True)
class BadRow:
    """A row that is left out, and why."""

    line: int
    column: str
    reason: str


@dataclass
class RegisterFile:
    """What a file holds. `named` are all codes in it, also those of bad rows."""

    name: str
    rows: list[Row] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


def read_register(path: Path, *, limits: dict[str, int]) -> RegisterFile:
    """Read a register of school locations.

    `limits` gives the longest text allowed per field, in characters. Raises UnreadableFile when
    the file is missing, empty, too large, no text, or has not the columns of a register.
    """
    records = _records(_text(path), path.name)
    _, header = next(records, (1, []))
    columns = _columns(header, path.name)
    found = RegisterFile(path.name)
    seen: dict[str, int] = {}
    for line, record in records:
        if not any(cell.strip() for cell in record):
            continue
        try:
            row = read_row(line, record, header, columns, limits)
            if row.code in seen:
                raise BadValue(
                    columns["code"],
                    f"'{row.code}' stands in row {seen[row.code]} already. Allowed: once.",
                )
        except BadValue as mistake:
            found.bad_rows.append(BadRow(line, mistake.column.strip(), str(mistake)))
            found.named |= {cell for cell in map(code_of, record) if LOCATION_CODE.fullmatch(cell)}
            continue
        seen[row.code] = line
        found.named.add(row.code)
        found.rows.append(row)
    if not found.rows and not found.bad_rows:
        raise UnreadableFile(f"{path.name} has a header but no rows.")
    return found


def _text(path: Path) -> str:
    """UTF-8 (with or without byte order mark) or Windows-1252, which DUO uses."""
    if not path.is_file():
        raise UnreadableFile(f"There is no file {path}.")
    if path.stat().st_size > LARGEST:
        size = path.stat().st_size // 1_000_000
        raise UnreadableFile(
            f"{path.name} is {size} MB; a school register is at most {LARGEST // 1_000_000} MB."
        )
    raw = path.read_bytes()
    if not raw.strip():
        raise UnreadableFile(f"{path.name} is empty.")
    if b"\0" in raw:
        raise UnreadableFile(
            f"{path.name} is not a text file in UTF-8 or Windows-1252. "
            "Save it as CSV in one of these."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        f"{path.name} is neither UTF-8 nor Windows-1252. Save it as CSV in one of these."
    )


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as mistake:
            raise UnreadableFile(f"{name}, row {line}: this is no CSV ({mistake}).") from None
        yield line, record


def _columns(header: list[str], name: str) -> dict[str, str]:
    """Our name -> the header of this file."""
    found: dict[str, str] = {}
    for title in header:
        spelling = " ".join(title.replace("_", " ").split()).casefold()
        ours = next((key for key, spellings in HEADERS.items() if spelling in spellings), None)
        if ours is None:
            continue
        if ours in found:
            raise UnreadableFile(
                f"{name} has two columns for the same thing: '{found[ours].strip()}' and "
                f"'{title.strip()}'. Keep one."
            )
        found[ours] = title
    if missing := [key for key in REQUIRED if key not in found]:
        wanted = ", ".join(" or ".join(map(str.upper, HEADERS[key])) for key in missing)
        raise UnreadableFile(
            f"{name} is no school register: row 1 lacks the column {wanted}. "
            "Possible: DUO's files of school locations, comma or semicolon."
        )
    return found
