"""Whether the cells of a row can be the columns of the header. No Django here."""

from vertrouwd.dossiers.reports_file.columns import Layout
from vertrouwd.dossiers.reports_file.reading import Table
from vertrouwd.dossiers.reports_file.rows import Reason


def shape_fault(
    number: int, cells: list[str], more_lines: int, layout: Layout, table: Table
) -> Reason | None:
    """Why the cells cannot be the columns: shifted, cut off, or rows swallowed by a cell."""
    if more_lines and any(_holds_rows(cell, layout, table) for cell in cells):
        problem = f"a cell holds other rows: the row runs over {more_lines + 1} lines"
        return Reason(number, "", problem, "quotation marks in pairs")
    width = len(cells)
    while width > layout.width and not cells[width - 1].strip():
        width -= 1
    # A spreadsheet leaves out empty cells at the end of a row, a CSV file does not.
    if width <= layout.width and (table.is_spreadsheet or width == layout.width):
        return None
    return Reason(
        number,
        "",
        f"the row has {width} cells and the header {layout.width}",
        f"{layout.width} cells; quotation marks around a text with '{table.separator}' in it",
    )


def _holds_rows(cell: str, layout: Layout, table: Table) -> bool:
    """A line of a narrative seldom has half as many separators as a row has."""
    return any(line.count(table.separator) > layout.width // 2 for line in cell.splitlines())
