"""From a table's specification to the table that may be published."""

from vertrouwd.disclosure.marking import mark_of
from vertrouwd.disclosure.safe import Policy, SafeRow, SafeTable
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.table_specs import TableSpec, rows_of
from vertrouwd.figures.year_figures import YearFigures


def safe_table(spec: TableSpec, figures: YearFigures, policy: Policy) -> SafeTable:
    """The table with every row it has codes for, zeros too, each row marked."""
    return SafeTable(
        name=spec.name,
        title=spec.title,
        measure=spec.measure.value,
        dimensions=tuple(dimension.label for dimension in spec.dimensions),
        rows=tuple(_row(codes, cell, figures) for codes, cell in rows_of(spec, figures.year)),
        policy=policy.name,
        parts_meet_total=spec.parts_meet_total,
        note=spec.note,
    )


def _row(codes: tuple[str, ...], cell: Cell, figures: YearFigures) -> SafeRow:
    """A cell of up to three dimensions that is not among the counted ones counts nothing."""
    marked = mark_of(figures, cell, figures.cells.get(cell, 0))
    return SafeRow(codes=codes, value=marked.value, mark=marked.mark, source=marked.source)
