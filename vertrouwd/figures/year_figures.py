"""All that is known of a year: its own snapshot and the table that was published of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vertrouwd.figures import counts, demonstrations, published
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.combinations import every_cell
from vertrouwd.figures.dimensions import MONTH, SEXUAL, SUM_CATEGORY, WITHHELD
from vertrouwd.figures.published_query import published_query
from vertrouwd.figures.published_table import PublishedRow, by_cell
from vertrouwd.figures.recorded import check_recorded
from vertrouwd.figures.snapshot import (
    DOSSIERS,
    REPORTS,
    Damaged,
    Snapshot,
    check,
    digest_of,
    latest,
)
from vertrouwd.schools.terms import Sector
from vertrouwd.schools.years import Year

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class PublishedNumber:
    """A number of a published table: one cell, or the sum of the two sexual categories.

    `rows` are the rows it comes from; `query` gives the value in VERTROUWD_HOME; `path` and
    `sha256` are the table's.
    """

    value: int
    rows: tuple[PublishedRow, ...]
    query: str
    path: str
    sha256: str


@dataclass(frozen=True)
class CountedNumber:
    """A number counted in the year's snapshot, by `query` in VERTROUWD_HOME."""

    value: int
    query: str
    path: str
    sha256: str


class YearFigures:
    """The numbers of one year, counted and published; nothing is decided here about either.

    Raises `snapshot.Damaged` when a file of the snapshot is not the one that was frozen.
    """

    def __init__(self, year: Year, *, home: Path) -> None:
        self.year = year
        self.home = home
        self.snapshot: Snapshot | None = latest(year)
        if self.snapshot is not None:
            check(self.snapshot)
            check_recorded(self.snapshot)
            if self.snapshot.is_demonstration:
                self._check_table()
        self.rows = published.rows(year)

    def _check_table(self) -> None:
        """What is called published is what the demonstration was drawn from, to the last byte."""
        drawn_from = demonstrations.table_digest(self.year, home=self.home)
        path = published.file_of(self.year)
        if drawn_from and (path is None or digest_of(path) != drawn_from):
            raise Damaged(
                f"published/{self.year}.csv is not the table the demonstration was drawn from. "
                "Restore the file, or draw the year anew in another home."
            )

    @cached_property
    def tables(self) -> "duckdb.DuckDBPyConnection":
        """The snapshot's two tables in memory."""
        assert self.snapshot is not None
        folder = self.snapshot.folder
        return counts.open_tables(folder / DOSSIERS, folder / REPORTS)

    @cached_property
    def cells(self) -> counts.Counts:
        """Every cell of up to three dimensions, and every combination that was ever published.

        A cell that counts nothing is there only when this year's table was published with it.
        """
        childcare = self.year.is_childcare
        found = every_cell(self.tables, str(self.year), childcare=childcare)
        own = {row.cell for row in self.rows}
        alike = {
            replace(row.cell, school_year=str(self.year))
            for row in published.shipped()
            if (row.cell.sector == Sector.CHILDCARE) == childcare
            and row.cell.other_dimension != MONTH.name
        }
        missing = counts.count_each(self.tables, sorted((own | alike) - found.keys()))
        return found | {cell: n for cell, n in missing.items() if n or cell in own}

    @cached_property
    def reports_in_dossiers(self) -> int:
        """The reports that the year's dossiers hold, by the end of the year."""
        row = self.tables.execute("SELECT coalesce(sum(n_reports), 0) FROM dossiers").fetchone()
        return int(row[0]) if row else 0

    def counted(self, cell: Cell) -> CountedNumber | None:
        """The cell counted in the snapshot; None when the year was not frozen."""
        if self.snapshot is None:
            return None
        name = f"{counts.table_of(cell)}.parquet"
        path = self.snapshot.path_in_home(name)
        return CountedNumber(
            value=counts.count(self.tables, cell),
            query=counts.count_query(cell, counts.quote(path)),
            path=path,
            sha256=self.snapshot.sha256(name),
        )

    def published(self, cell: Cell, *, value: int | None = None) -> PublishedNumber | None:
        """The number published for a cell; None when there is none or sources disagree on it.

        `value`: only a number that was published with this value, whatever other sources say.
        """
        parts = self._published_parts(cell, value)
        if not parts or any(len({row.count for row in part}) != 1 for part in parts):
            return None
        path, sha256 = self._table
        return PublishedNumber(
            value=sum(part[0].count for part in parts),
            rows=tuple(row for part in parts for row in part),
            query=published_query([part[0] for part in parts], path),
            path=path,
            sha256=sha256,
        )

    def _published_parts(self, cell: Cell, value: int | None) -> list[list[PublishedRow]]:
        """The rows per part: the cell itself, else the two categories it is the sum of."""
        same = self._by_cell.get(cell) or self._by_cell.get(_withheld_as_answer(cell), [])
        own = [row for row in same if value in (None, row.count)]
        if own:
            return [own]
        if cell.category != SUM_CATEGORY or cell in self._by_cell:
            return []
        parts = [self._by_cell.get(replace(cell, category=category), []) for category in SEXUAL]
        total = sum(part[0].count for part in parts if part)
        return parts if all(parts) and value in (None, total) else []

    @cached_property
    def _by_cell(self) -> dict[Cell, list[PublishedRow]]:
        return by_cell(self.rows)

    @cached_property
    def _table(self) -> tuple[str, str]:
        """Where the published table lies in the home, and its sha256."""
        path = published.file_of(self.year)
        assert path is not None
        return str(path.relative_to(self.home)), digest_of(path)


def _withheld_as_answer(cell: Cell) -> Cell:
    """Sector niet bekendgemaakt is published as the answer to `sector_niet_bekendgemaakt`."""
    if cell.sector != Sector.WITHHELD or cell.other_dimension:
        return cell
    return replace(cell, sector="", other_dimension=WITHHELD.name, other_value="ja")


def references(rows: Sequence[PublishedRow]) -> str:
    """Where these numbers stood, each named once."""
    return "; ".join(dict.fromkeys(row.source for row in rows))
