"""Years beside each other: the three-year table, and the history a wording is judged by."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from vertrouwd.disclosure.marking import Marked, figure_of, mark_of
from vertrouwd.disclosure.safe import (
    Break,
    Mark,
    Point,
    Policy,
    SafeFigure,
    SafeRow,
    SafeTable,
)
from vertrouwd.dossiers.terms import Category
from vertrouwd.figures.cells import Cell, Measure
from vertrouwd.figures.dimensions import SUM_CATEGORY, TOTAL
from vertrouwd.figures.series_breaks import CORONA, UNIT, SeriesBreak, breaks_of
from vertrouwd.figures.table_specs import cell_for
from vertrouwd.figures.year_figures import YearFigures
from vertrouwd.schools.years import Year

Known = Callable[[Year], YearFigures]
COMPARED = 3
MIXED = (
    "Aantallen van eerdere jaren komen uit de telling van dat jaar of uit een eerdere publicatie."
)


def three_years(known: Known, year: Year, policy: Policy) -> SafeTable:
    """Dossiers per category in this year and the two before it; None where none is known."""
    return _series(known, year, policy, Measure.DOSSIERS, "three-years", "Dossiers in drie jaren")


def reports_series(known: Known, year: Year, policy: Policy) -> SafeTable:
    """The same of reports (meldingen), the unit of older tables."""
    return _series(
        known, year, policy, Measure.REPORTS, "three-years-reports", "Meldingen in drie jaren"
    )


def points(
    known: Known, year: Year, years: int, measure: str, codes: Mapping[str, str]
) -> list[Point]:
    """The history of one cell, oldest first, as `Release.history` describes it."""
    found: list[Point] = []
    before: SafeFigure | None = None
    for of_year in (year.shift(-back) for back in reversed(range(years))):
        cell = cell_for(of_year, measure, **codes)
        figure = figure_of(known(of_year), cell)
        if figure is None and measure == Measure.DOSSIERS:
            figure = figure_of(known(of_year), replace(cell, measure=Measure.REPORTS.value))
        if not found and figure is None and of_year != year:
            continue
        breaks = tuple(_as_break(b) for b in breaks_of(cell) if _holds(b, before, figure))
        found.append(Point(year=str(of_year), figure=figure, breaks=breaks))
        before = figure
    return found


def _series(
    known: Known, year: Year, policy: Policy, measure: Measure, name: str, title: str
) -> SafeTable:
    categories = [TOTAL, *(category.value for category in Category), SUM_CATEGORY]
    years = [year.shift(-back) for back in reversed(range(COMPARED))]
    rows = []
    notes: dict[str, None] = {}
    for category in categories:
        codes = {} if category == TOTAL else {"category": category}
        earlier: list[Marked | None] = []
        for of_year in years:
            cell = cell_for(of_year, measure, **codes)
            marked = _known_of(known(of_year), cell, is_own=of_year == year)
            rows.append(_row((category, str(of_year)), marked))
            notes |= dict.fromkeys(_notes(cell, earlier, marked))
            earlier.append(marked)
    return SafeTable(
        name=name,
        title=title,
        measure=measure.value,
        dimensions=("categorie", "jaar"),
        rows=tuple(rows),
        policy=policy.name,
        parts_meet_total=False,
        note=" ".join([MIXED, *notes]),
    )


def _known_of(figures: YearFigures, cell: Cell, *, is_own: bool) -> Marked | None:
    """The number of one year; an invented one only in the year's own column, marked."""
    if is_own:
        return mark_of(figures, cell, figures.cells.get(cell, 0))
    figure = figure_of(figures, cell)
    if figure is None:
        return None
    named = [s.reference for s in figure.sources if s.reference] or [s.path for s in figure.sources]
    return Marked(int(figure.value), figure.mark, "; ".join(dict.fromkeys(named)))


def _row(codes: tuple[str, str], marked: Marked | None) -> SafeRow:
    if marked is None:
        return SafeRow(codes=codes, value=None, mark=Mark.PUBLISHED)
    return SafeRow(codes=codes, value=marked.value, mark=marked.mark, source=marked.source)


def _notes(cell: Cell, earlier: Sequence[Marked | None], now: Marked | None) -> Iterator[str]:
    """What must be said of a year beside the `earlier` ones in the same row.

    How a number was published says nothing of numbers we counted ourselves.
    """
    for found in breaks_of(cell):
        if found.kind == CORONA:
            yield found.text
        elif found.kind == UNIT:
            if any(marked and marked.mark == Mark.PUBLISHED for marked in earlier):
                yield found.text
        elif earlier and (now is None or now.mark != Mark.COUNTED):
            yield found.text


def _holds(found: SeriesBreak, before: SafeFigure | None, now: SafeFigure | None) -> bool:
    """A change of unit counts only where the two figures have different units, or may have."""
    if before is None or now is None:
        return found.kind == CORONA
    if found.kind != UNIT:
        return True
    if found.stops:
        return before.unit != now.unit
    return before.mark == Mark.PUBLISHED


def _as_break(found: SeriesBreak) -> Break:
    return Break(
        kind=found.kind,
        year=found.year,
        stops=found.stops,
        text=found.text,
        source=found.source,
    )
