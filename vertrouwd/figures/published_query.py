"""The SQL that reads a number out of a published table. No Django here."""

from collections.abc import Sequence

from vertrouwd.figures.cells import COLUMNS
from vertrouwd.figures.counts import quote
from vertrouwd.figures.published_table import PublishedRow

BROKEN_DOWN_BY = COLUMNS[2:]


def published_query(parts: Sequence[PublishedRow], path: str) -> str:
    """One SELECT that gives the sum of these rows of the table at `path` (often one row).

    A cell that several sources name is read once; where they disagree, by the source too.
    """
    if len(parts) == 1:
        return f"SELECT DISTINCT {_count_of(parts[0], path)}"
    return "SELECT " + " + ".join(f"(SELECT DISTINCT {_count_of(part, path)})" for part in parts)


def _count_of(row: PublishedRow, path: str) -> str:
    named = {name: getattr(row.cell, name) for name in BROKEN_DOWN_BY}
    where = [f"measure = {quote(row.cell.measure)}"]
    where += [f"{name} = {quote(code)}" for name, code in named.items() if code]
    where += [f"{name} IS NULL" for name, code in named.items() if not code]
    return (
        f"CAST(count AS BIGINT) FROM read_csv({quote(path)}, header = true, delim = ',', "
        f"quote = '\"', all_varchar = true) WHERE {' AND '.join(where)}"
    )
