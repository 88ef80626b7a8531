"""From one row of the file to coded values, or the reasons why not. No database here."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from vertrouwd.dossiers import codes
from vertrouwd.dossiers.reports_file.columns import BY_NAME, COLUMNS, Layout
from vertrouwd.dossiers.reports_file.values import LRK, Wrong
from vertrouwd.schools.terms import Sector

DIGEST_FORM = "1:"  # a digest of another set of columns gets another form


@dataclass(frozen=True)
class Reason:
    """Why a row was not stored: its number in a spreadsheet, the column, what is allowed."""

    row: int
    column: str
    problem: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"the value in {self.column} " if self.column else ""
        return f"{place}{self.problem}." + (f" Allowed: {self.allowed}." if self.allowed else "")


@dataclass(frozen=True)
class Row:
    """One report as coded in the file; `values` has every column of COLUMNS."""

    number: int
    values: dict[str, Any]

    @property
    def digest(self) -> str:
        """Four bytes per coded column, so that a changed row can say which columns changed."""
        sums = [_checksum(self.values[name]) for name in BY_NAME]
        return DIGEST_FORM + struct.pack(f">{len(COLUMNS)}I", *sums).hex()


def changed_columns(before: str, after: str) -> list[str]:
    """The columns whose value differs between two digests; [] when they cannot be compared."""
    if before[:2] != after[:2] or len(before) != len(after):
        return []
    return [
        column.name
        for place, column in enumerate(COLUMNS)
        if before[2 + 8 * place :][:8] != after[2 + 8 * place :][:8]
    ]


def read_row(number: int, cells: list[str], layout: Layout, *, today: date) -> Row | list[Reason]:
    """The coded values of one row, or every reason why it cannot be stored.

    `cells` are texts as in the file, `number` counts rows as a spreadsheet does, header included.
    """
    values: dict[str, Any] = {}
    reasons = []
    for column in COLUMNS:
        place = layout.places.get(column.name)
        value = column.read(cells[place] if place is not None else "")
        if isinstance(value, Wrong):
            reasons.append(Reason(number, column.name, value.problem, column.allowed))
            value = None
        values[column.name] = value
    reasons.extend(_contradictions(number, values, today))
    return reasons or Row(number, values)


def _contradictions(number: int, values: dict[str, Any], today: date) -> Iterator[Reason]:
    def reason(column: str, problem: str, allowed: str = "") -> Reason:
        return Reason(number, column, problem, allowed or BY_NAME[column].allowed)

    if values["melding_id"] == "":
        yield reason("melding_id", "is empty")
    yield from _dates(number, values, today)
    if (category := values["categorie"]) is not None and values["subcategorie"] is not None:
        stored = codes.stored_subcategory(
            category, values["subcategorie"], on=values["ontvangen_op"]
        )
        if stored is None:
            known = codes.subcategory_names(category)
            yield reason(
                "subcategorie",
                f"is not a subcategory of {category}",
                ", ".join(known) + ", or empty" if known else "empty",
            )
        values["subcategorie"] = stored
    sector, number_given = values["sector"], values["instelling_brin"]
    if values["opvangvoorziening"] and sector not in (Sector.CHILDCARE, None):
        yield reason("opvangvoorziening", "is filled but the sector is not kinderopvang", "empty")
    if number_given and sector not in ("", None, Sector.WITHHELD):
        if LRK.fullmatch(number_given) and sector != Sector.CHILDCARE:
            yield reason(
                "instelling_brin", f"is an LRK number but the sector is {sector}", "a BRIN"
            )
        if not LRK.fullmatch(number_given) and sector == Sector.CHILDCARE:
            yield reason(
                "instelling_brin", "is a BRIN but the sector is kinderopvang", "an LRK number"
            )


def _dates(number: int, values: dict[str, Any], today: date) -> Iterator[Reason]:
    received, since, until = (
        values[name] for name in ("ontvangen_op", "voorval_van", "voorval_tot")
    )
    for name in ("ontvangen_op", "voorval_van", "voorval_tot"):
        if values[name] is not None and values[name] > today:
            yield Reason(number, name, "lies in the future", f"up to today, {today}")
    if since and until and until < since:
        yield Reason(number, "voorval_tot", "lies before voorval_van", "the same day or later")
    if received and received <= today:
        for name, day in (("voorval_van", since), ("voorval_tot", until)):
            if day and received < day <= today:
                yield Reason(number, name, "lies after ontvangen_op", "the same day or earlier")


@lru_cache(maxsize=20_000)  # days and codes come back in every row
def _checksum(value: object) -> int:
    return zlib.crc32(b"" if value is None else str(value).encode())
