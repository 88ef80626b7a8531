"""Where a series of years breaks: data with its source, in `data/series_breaks.csv`. No Django."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vertrouwd.figures.cells import Cell

FILE = Path(__file__).parent / "data" / "series_breaks.csv"
UNIT = "eenheid"
CORONA = "corona"


@dataclass(frozen=True)
class SeriesBreak:
    """Between `year` and the year before it, or (corona) in that year itself.

    `stops`: no streak passes here; otherwise the comparison may be made when `text` is said.
    Empty measure or dimension: it holds for every one.
    """

    year: str
    kind: str
    stops: bool
    measure: str
    dimension: str
    code: str
    text: str  # Dutch
    source: str

    def concerns(self, cell: Cell) -> bool:
        return self.measure in ("", cell.measure) and (
            not self.dimension or cell.codes.get(self.dimension) == self.code
        )


def breaks_of(cell: Cell) -> list[SeriesBreak]:
    """The breaks that bear on a cell's year, in the order of the file."""
    return [found for found in _all() if found.year == cell.school_year and found.concerns(cell)]


@cache
def _all() -> tuple[SeriesBreak, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            SeriesBreak(stops=row.pop("stops") == "ja", **row) for row in csv.DictReader(file)
        )
