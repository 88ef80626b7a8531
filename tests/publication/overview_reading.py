"""Reads tables out of a page, as a reader would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class ReadTable:
    name: str = ""
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[ReadTable] = []
        self.cell: list[str] | None = None
        self.in_header = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(ReadTable())
        elif tag == "caption":
            self.tables[-1].name = str(dict(attrs)["id"]).removeprefix("t-")
        elif tag == "thead":
            self.in_header = True
        elif tag == "tbody":
            self._close()
            self.in_header = False
        elif tag == "tr":
            self._close()
            self.row: list[str] = []
            if not self.in_header:
                self.tables[-1].rows.append(self.row)
            else:
                self.tables[-1].header = self.row
        elif tag in ("th", "td"):
            self._close()
            self.cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._close()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def _close(self) -> None:
        if self.cell is not None:
            self.row.append(" ".join("".join(self.cell).split()))
            self.cell = None


def read_tables(html: str) -> dict[str, ReadTable]:
    """Every table of a page by name: header, and rows of cells as text."""
    reader = _Reader()
    reader.feed(html)
    return {table.name: table for table in reader.tables}
