"""The one door to publication: tables and figures of a frozen year, each marked.

`publication` imports from here and from nothing below.
"""

from functools import cached_property
from operator import attrgetter
from pathlib import Path

from django.conf import settings

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.disclosure.arithmetic import absolute, difference, share, total
from vertrouwd.disclosure.marking import figure_of, mark_of
from vertrouwd.disclosure.policy import PUBLISHED_DETAIL
from vertrouwd.disclosure.safe import (
    Mark,
    Mismatch,
    Point,
    Policy,
    Provenance,
    SafeFigure,
    SafeTable,
)
from vertrouwd.disclosure.series import points, reports_series, three_years
from vertrouwd.disclosure.tables import safe_table
from vertrouwd.figures.cells import COLUMNS, Cell
from vertrouwd.figures.demonstrations import changed_cells
from vertrouwd.figures.mismatches import in_published, in_snapshot, with_published
from vertrouwd.figures.snapshot import Damaged
from vertrouwd.figures.table_specs import cell_for, specs_for
from vertrouwd.figures.year_figures import YearFigures
from vertrouwd.schools.years import Year, parse_year

__all__ = [
    "COLUMNS", "Cell", "Damaged", "NotFrozen", "Release", "Year", "absolute", "difference",
    "parse_year", "release_year", "share",
]  # fmt: skip

YEARS_BACK = 10
_IN_ORDER = attrgetter(*COLUMNS)


class NotFrozen(Exception):
    """There is no snapshot of the year; the message says which command makes one."""


def release_year(year: Year, *, by: User) -> "Release":
    """Everything that may be published of a year, under the recorded policy; one audit line.

    Raises NotFrozen, or Damaged when a file of the snapshot was changed after it was frozen.
    """
    figures = YearFigures(year, home=Path(settings.VERTROUWD_HOME))
    if figures.snapshot is None:
        raise NotFrozen(f"{year} has not been frozen. Run: vertrouwd freeze-year {year}")
    record(
        by=by,
        action="release_year",
        kind="snapshot",
        object=figures.snapshot.name,
        detail={"policy": PUBLISHED_DETAIL.decision},
    )
    return Release(figures)


class Release:
    """What may leave the house of one frozen year. Made by `release_year`; numbers are read only.

    `difference`, `total`, `share` and `absolute` make a figure of figures.
    """

    difference = staticmethod(difference)
    total = staticmethod(total)
    share = staticmethod(share)
    absolute = staticmethod(absolute)

    def __init__(self, figures: YearFigures) -> None:
        assert figures.snapshot is not None
        self._figures = figures
        self._snapshot = figures.snapshot
        self._years = {figures.year: figures}
        self.year = str(figures.year)
        self.is_childcare = figures.year.is_childcare
        self.policy: Policy = PUBLISHED_DETAIL

    @property
    def provenance(self) -> Provenance:
        """The snapshot the release stands on, and what a demonstration had to change."""
        return Provenance(
            snapshot=self._snapshot.name,
            sha256={name: self._snapshot.sha256(name) for name in self._snapshot.files},
            is_demonstration=self._snapshot.is_demonstration,
            is_provisional=self._snapshot.is_provisional,
            changed_cells=changed_cells(self.year, home=self._figures.home),
        )

    @cached_property
    def tables(self) -> list[SafeTable]:
        """Every table of the year, totals first in each, rows marked."""
        figures, policy = self._figures, self.policy
        found = [safe_table(spec, figures, policy) for spec in specs_for(figures.year)]
        return [*found, reports_series(self._year, figures.year, policy)]

    @cached_property
    def series(self) -> SafeTable:
        """Three years per category: dossiers of this year and the two before it."""
        return three_years(self._year, self._figures.year, self.policy)

    @cached_property
    def cells(self) -> list[tuple[Cell, int, Mark]]:
        """Every row of overview.csv, sorted by cell: some ten thousand for a year."""
        return [
            (cell, count, mark_of(self._figures, cell, count).mark)
            for cell, count in sorted(self._figures.cells.items(), key=_columns)
        ]

    @cached_property
    def mismatches(self) -> list[Mismatch]:
        """Sums that do not meet their parts: in the snapshot, between it and the published table
        of the year, and in the published tables of this year and the two before it."""
        figures = self._figures
        name = f"momentopname {figures.year}, revisie {self._snapshot.revision}"
        found = in_snapshot(figures.cells, name, in_dossiers=figures.reports_in_dossiers)
        found += with_published(figures.cells, figures.rows, name)
        for back in range(3):
            found += in_published(self._year(figures.year.shift(-back)).rows)
        return found

    def figure(
        self, measure: str = "dossiers", *, year: int = 0, **codes: str
    ) -> SafeFigure | None:
        """One number that may be said, or None when there is none.

        `year`: 0 this year, -1 the year before. `codes` by name of the dimension: sector,
        category (also `seksueel misbruik + seksuele intimidatie`), subcategory, accused_role, or
        one other (locatie="buiten school"). None: an earlier year neither frozen nor published,
        sources that contradict each other, or in a demonstration an invented number. Raises
        ValueError for a dimension or a code that does not exist.
        """
        of_year = self._figures.year.shift(year)
        return figure_of(self._year(of_year), cell_for(of_year, measure, **codes))

    def history(
        self, measure: str = "dossiers", *, years: int = YEARS_BACK, **codes: str
    ) -> list[Point]:
        """This year and those before it, oldest first, with what breaks the series between them.

        Years before the first known figure are left out; a year without one in between has
        `figure` None. Where only meldingen are known of a year they stand there, in that unit.
        """
        return points(self._year, self._figures.year, years, measure, codes)

    def _year(self, year: Year) -> YearFigures:
        if year not in self._years:
            self._years[year] = YearFigures(year, home=self._figures.home)
        return self._years[year]


def _columns(counted: tuple[Cell, int]) -> tuple[str, ...]:
    return _IN_ORDER(counted[0])
