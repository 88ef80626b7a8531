"""One published table: read and checked, row by row. No Django here."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vertrouwd.figures.cells import COLUMNS, Cell, Measure
from vertrouwd.figures.dimensions import (
    COLUMN_DIMENSIONS,
    MONTH,
    OTHER_DIMENSIONS,
    REFERRAL,
    sectors,
)
from vertrouwd.schools.years import Year, parse_year

SOURCE_COLUMNS = ("source_url", "quote", "source_term", "note")
MOST_BYTES = 20_000_000
MOST = 10_000_000
Row = dict[str, str]


@dataclass(frozen=True)
class PublishedRow:
    """One published number: the cell, the count, and where it stood.

    `source_url` is an address or a Kamerstuk; `source_term` the source's own word for the unit
    (dossiers, meldingen, klachten); `note` holds doubts.
    """

    cell: Cell
    count: int
    source_url: str = ""
    quote: str = ""
    source_term: str = ""
    note: str = ""

    @property
    def source(self) -> str:
        """The address or Kamerstuk, or in so many words that the table names none."""
        return self.source_url or f"tabel van {self.cell.school_year}, zonder vermelde bron"


def by_cell(rows: Iterable[PublishedRow]) -> dict[Cell, list[PublishedRow]]:
    """The rows of each cell, in the order of the table; several where sources name it."""
    found: dict[Cell, list[PublishedRow]] = {}
    for row in rows:
        found.setdefault(row.cell, []).append(row)
    return found


def read_table(path: Path) -> list[PublishedRow]:
    """The rows of one published table, in the order of the file; one year a file.

    A cell may stand there twice when sources contradict each other. Raises ValueError with one
    sentence: the file, the row (the header is row 1), the column, and what is allowed.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError:
        raise ValueError(f"{path} cannot be read: there is no such file.") from None
    if path.is_dir():
        raise ValueError(f"{path} is a folder. Name one CSV file.")
    if size > MOST_BYTES:
        raise ValueError(
            f"{path.name} is {size // 1_000_000} MB. "
            f"A published table has at most {MOST_BYTES // 1_000_000} MB."
        )
    found: list[PublishedRow] = []
    for number, row in _raw_rows(path):
        try:
            found.append(_parse(row))
        except ValueError as mistake:
            raise ValueError(f"{path.name}, row {number}, {mistake}") from None
        if found[-1].cell.school_year != found[0].cell.school_year:
            raise ValueError(
                f"{path.name}, row {number}, column school_year: "
                f"'{found[-1].cell.school_year}' in a table of {found[0].cell.school_year}. "
                "A table holds one year."
            )
    if not found:
        raise ValueError(f"{path.name} holds no rows below its header.")
    return found


def _raw_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Rows with their number as a spreadsheet counts them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, None)
            if header is None:
                raise ValueError(f"{path.name} is empty.")
            _check_header(path.name, header)
            for number, values in enumerate(reader, start=2):
                if not values:
                    continue
                if len(values) != len(header):
                    raise ValueError(
                        f"{path.name}, row {number}: {len(values)} values under "
                        f"{len(header)} columns."
                    )
                yield number, dict(zip(header, values, strict=True))
    except UnicodeDecodeError:
        raise ValueError(f"{path.name} is not UTF-8 text. Save it as CSV UTF-8.") from None
    except csv.Error as mistake:
        raise ValueError(f"{path.name} is not readable as CSV: {mistake}.") from None
    except OSError as mistake:
        raise ValueError(f"{path.name} cannot be read: {mistake.strerror}.") from None


def _check_header(name: str, header: list[str]) -> None:
    needed = (*COLUMNS, "count")
    missing = [column for column in needed if column not in header]
    if missing:
        hint = " It seems to use semicolons; a published table uses commas." * (
            len(header) == 1 and ";" in header[0]
        )
        raise ValueError(
            f"{name}, row 1: no column {', '.join(missing)}. "
            f"A published table has {', '.join(needed)}.{hint}"
        )
    if twice := {column for column in header if header.count(column) > 1}:
        raise ValueError(f"{name}, row 1: {', '.join(sorted(twice))} stands there twice.")


def _parse(row: Row) -> PublishedRow:
    year = _year(row["school_year"])
    _one_of(row, "measure", tuple(Measure))
    _one_of(row, "sector", ("", *sectors(childcare=year.is_childcare)))
    if year.is_childcare and not row["sector"]:
        raise ValueError("column sector: empty. A calendar year counts kinderopvang only.")
    for dimension in COLUMN_DIMENSIONS[1:]:
        if dimension.codes is not None:
            _one_of(row, dimension.name, ("", *dimension.codes))
    if row["subcategory"] != row["subcategory"].strip():
        raise ValueError(f"column subcategory: '{row['subcategory']}' has spaces around it.")
    if row["subcategory"] and not row["category"]:
        raise ValueError(f"column subcategory: '{row['subcategory']}' without a category.")
    _check_other(row, year)
    return PublishedRow(
        cell=Cell(**{column: row[column] for column in COLUMNS}),
        count=_count(row["count"]),
        **{column: row.get(column, "") for column in SOURCE_COLUMNS},
    )


def _year(text: str) -> Year:
    try:
        year = parse_year(text)
    except ValueError as mistake:
        raise ValueError(f"column school_year: {mistake}") from None
    if str(year) != text:
        raise ValueError(f"column school_year: '{text}' has spaces around it.")
    return year


def _check_other(row: Row, year: Year) -> None:
    name, value = row["other_dimension"], row["other_value"]
    _one_of(row, "other_dimension", ("", *OTHER_DIMENSIONS))
    if bool(name) != bool(value):
        raise ValueError("columns other_dimension, other_value: one is empty. Fill both or none.")
    if row["measure"] == Measure.REFERRALS and name != REFERRAL.name:
        raise ValueError(
            f"column other_dimension: '{name}'. A count of referrals has {REFERRAL.name} here."
        )
    if not name:
        return
    if name == MONTH.name:
        _one_of(row, "other_value", tuple(year.months))
    elif (codes := OTHER_DIMENSIONS[name].codes) is not None:
        _one_of(row, "other_value", codes)
    elif value != value.strip():
        raise ValueError(f"column other_value: '{value}' has spaces around it.")


def _one_of(row: Row, column: str, allowed: tuple[str, ...]) -> None:
    if row[column] not in allowed:
        listed = ", ".join(code for code in allowed if code)
        empty = " or empty" * ("" in allowed)
        raise ValueError(f"column {column}: '{row[column][:40]}' is not {listed}{empty}.")


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,8}", text, re.ASCII) or int(text) > MOST:
        raise ValueError(f"column count: '{text[:40]}' is not a whole number in digits only.")
    return int(text)
