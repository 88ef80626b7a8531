"""Count cells in a snapshot: a cell becomes SQL in this one place. No Django here.

`condition` is what a figure's query says; `combinations.every_cell` counts all of them at once. A
plain loop over the rows is the oracle of both in the tests.
"""

# ruff: noqa: S608 - the SQL is ours; every code in it passes `quote`

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from vertrouwd.dossiers.terms import Answer, Category
from vertrouwd.figures import dimensions as d
from vertrouwd.figures.cells import Cell, Measure

if TYPE_CHECKING:
    import duckdb

MEMORY = "150MB"
THREADS = 2
EQUALS = {
    d.YOUNGEST.name: "youngest_involved",
    d.AFFECTED_AGE.name: "affected_age_band",
    d.SOCIAL_MEDIA.name: "social_media",
    d.WITHHELD.name: "sector_withheld",
    d.SETTING.name: "setting",
    d.MONTH.name: "month",
}
Counts = dict[Cell, int]


def open_tables(dossiers: Path, reports: Path) -> "duckdb.DuckDBPyConnection":
    """The two tables of a snapshot in memory, named dossiers and reports."""
    import duckdb

    connection = duckdb.connect(
        config={"threads": THREADS, "memory_limit": MEMORY, "autoinstall_known_extensions": False}
    )
    for name, path in (("dossiers", dossiers), ("reports", reports)):
        connection.execute(f"CREATE TABLE {name} AS FROM read_parquet({quote(str(path))})")
    return connection


def quote(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def table_of(cell: Cell) -> str:
    """The table a cell is counted in: dossiers or reports."""
    return "reports" if cell.measure == Measure.REPORTS else "dossiers"


def count_query(cell: Cell, relation: str) -> str:
    """One SELECT that counts a cell in a relation (a table name or a quoted file)."""
    where = condition(cell)
    return f"SELECT count(*) FROM {relation}" + (f" WHERE {where}" if where else "")


def condition(cell: Cell) -> str:
    """The SQL condition of a cell on the columns of a snapshot; empty for a total.

    Raises ValueError for a dimension that a snapshot does not hold.
    """
    parts = []
    if cell.measure == Measure.REFERRALS:
        parts.append(f"referred_to_police = {quote(Answer.YES)}")
    if cell.sector:
        parts.append(f"sector = {quote(cell.sector)}")
    if cell.category:
        parts.append(one_of("category", d.categories_of(cell.category)))
    if cell.subcategory:
        parts.append(one_of("subcategory", _subcategories(cell.category, cell.subcategory)))
    if cell.accused_role:
        parts.append(f"list_contains(accused_roles, {quote(cell.accused_role)})")
    if cell.other_dimension:
        parts += _other(cell)
    return " AND ".join(dict.fromkeys(parts))


def count(connection: "duckdb.DuckDBPyConnection", cell: Cell) -> int:
    """The number of dossiers (or reports) in a cell."""
    row = connection.execute(count_query(cell, table_of(cell))).fetchone()
    return int(row[0]) if row else 0


def count_each(connection: "duckdb.DuckDBPyConnection", cells: Iterable[Cell]) -> Counts:
    """The counts of these cells, zeros too, in one pass a table."""
    found: Counts = {}
    for table in ("dossiers", "reports"):
        wanted = [cell for cell in dict.fromkeys(cells) if table_of(cell) == table]
        if not wanted:
            continue
        filters = ", ".join(
            f"count(*) FILTER (WHERE {condition(cell) or 'true'})" for cell in wanted
        )
        row = connection.execute(f"SELECT {filters} FROM {table}").fetchone() or ()
        found |= dict(zip(wanted, row, strict=True))
    return found


def one_of(column: str, codes: Iterable[str]) -> str:
    codes = list(codes)
    if len(codes) == 1:
        return f"{column} = {quote(codes[0])}"
    return f"{column} IN ({', '.join(map(quote, codes))})"


def _subcategories(category: str, subcategory: str) -> Iterable[str]:
    if category == Category.DISCRIMINATION:
        return d.grounds_of(subcategory)
    return (subcategory,)


def _other(cell: Cell) -> list[str]:
    name, value = cell.other_dimension, cell.other_value
    if column := EQUALS.get(name):
        return [f"{column} = {quote(value)}"]
    if name == d.PLACE.name:
        return [f"list_contains(places, {quote(value)})"]
    if name == d.GROUND.name:
        return [
            f"category = {quote(Category.DISCRIMINATION)}",
            one_of("subcategory", d.grounds_of(value)),
        ]
    if name == d.REFERRAL.name:
        answer = Answer.YES.value if value in (d.POLICE, d.VICE_POLICE) else value
        found = [f"referred_to_police = {quote(answer)}"]
        if value == d.VICE_POLICE and not d.is_sexual(cell.category):
            found.append(one_of("category", d.SEXUAL))
        return found
    raise ValueError(f"A snapshot holds no dimension '{name}'.")
