"""The XML of a sheet and of its texts (ECMA-376, part 1, 18.3 and 18.4), read as a stream.

openpyxl takes 90 s for 100,000 reports, because it parses safely but in Python; expat with
declarations refused is as safe, and needs 6 s.
"""

from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat  # nosec - document types, and so entities, are refused below

BLOCK = 1 << 16  # bytes

# (column from 0, type, style, text): a cell as it stands in the file
RawCell = tuple[int, str, str, str]


class Forbidden(ValueError):
    """The XML declares a document type, which no spreadsheet does."""


def _events(file: IO[bytes], parser: Any) -> Iterator[None]:
    """Feed the parser; each step is a moment to collect what it found."""
    while block := file.read(BLOCK):
        parser.Parse(block, False)
        yield
    parser.Parse(b"", True)
    yield


def _parser() -> Any:
    def refuse(*_: object) -> None:
        raise Forbidden("document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def read_texts(file: IO[bytes]) -> list[str]:
    """The texts that cells refer to by number. Reading aids (phonetics) are left out."""
    found: list[str] = []
    parts: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        inside.append(local)
        if local == "si":
            parts.clear()

    def end(name: str) -> None:
        if inside.pop() == "si":
            found.append("".join(parts))

    def text(data: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            parts.append(data)

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    for _ in _events(file, parser):
        pass
    return found


def read_rows(file: IO[bytes]) -> Iterator[tuple[int, list[RawCell]]]:
    """(number of the row, its filled cells), row by row."""
    reader = _Rows()
    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    for _ in _events(file, parser):
        yield from reader.rows
        reader.rows.clear()


class _Rows:
    """What the parser calls; `rows` collects whole rows until they are taken."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[RawCell]]] = []
        self.cells: list[RawCell] = []
        self.number = 0
        self.column = -1
        self.type = self.style = ""
        self.parts: list[str] = []
        self.listening = False
        self.aside = False  # inside a reading aid
        self.local: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.local.get(name)
        if local is None:
            local = self.local[name] = name.rpartition(":")[2]
        if local == "v" or local == "t":
            self.listening = not self.aside
        elif local == "c":
            place = attributes.get("r")
            self.column = column_number(place) if place else self.column + 1
            self.type = attributes.get("t", "n")
            self.style = attributes.get("s", "0")
            self.parts.clear()
        elif local == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.column = -1
        elif local == "rPh":
            self.aside = True

    def end(self, name: str) -> None:
        local = self.local[name]
        if local == "v" or local == "t":
            self.listening = False
        elif local == "c":
            if self.parts:
                self.cells.append((self.column, self.type, self.style, "".join(self.parts)))
        elif local == "row":
            self.rows.append((self.number, self.cells))
            self.cells = []
        elif local == "rPh":
            self.aside = False

    def text(self, data: str) -> None:
        if self.listening:
            self.parts.append(data)


def column_number(place: str, known: dict[str, int] = {}) -> int:  # noqa: B006 - a memory
    """0 for A1, 26 for AA7."""
    letters = place.rstrip("0123456789")
    if (found := known.get(letters)) is not None:
        return found
    number = 0
    for letter in letters:
        number = number * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    if not 0 < number <= 16_384:
        raise ValueError("no column")
    known[letters] = number - 1
    return number - 1
