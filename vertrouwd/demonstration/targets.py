"""Published rows as conditions on dossiers and reports. No Django here.

A target says: so many dossiers (or reports) have one of these codes in each of these dimensions.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from vertrouwd.dossiers.codes import subcategory_names
from vertrouwd.dossiers.terms import AgeBand, Answer, Category
from vertrouwd.figures.cells import COLUMNS, Cell, Measure
from vertrouwd.figures.dimensions import (
    GROUND,
    OLDER_GROUNDS,
    SEXUAL,
    UNKNOWN,
    VICE_POLICE,
    grounds_of,
)
from vertrouwd.figures.published_table import PublishedRow
from vertrouwd.schools.terms import Sector

QUOTED = Path(__file__).parent / "data" / "quoted_cells.csv"

# The code lists a condition can speak of. A leaf is (category, subcategory); ages are
# (band of the youngest learner involved, band of the affected person).
Code = str | tuple[str, str]
Codes = Mapping[str, Sequence[Code]]
Condition = Mapping[str, frozenset[Code]]

OWN_NAMES = {
    "locatie": "place",
    "sociale_media": "social_media",
    "opvangvoorziening": "setting",
    "maand": "month",
}


class Tier(IntEnum):
    """What may change when cells contradict each other: the lowest first, FIXED never."""

    OVERIG = 1
    REPORTS = 2
    OTHER = 3
    FIXED = 4  # a dossier total, or a cell the Letter quotes


@dataclass(frozen=True)
class Target:
    """One published cell: `count` things of `measure` meet `condition`.

    `of_reports` True: reports are counted, otherwise dossiers. `row` is the place in the table,
    counted from 0.
    """

    row: int
    cell: Cell
    count: int
    of_reports: bool
    condition: Condition
    tier: Tier

    @property
    def is_total(self) -> bool:
        """All dossiers, or all reports; a referral always asks for something."""
        return not self.condition


def targets_of(rows: Sequence[PublishedRow], codes: Codes) -> list[Target]:
    """The targets of a table, in its order.

    In a table that counts no dossiers each report is taken as a dossier of its own.
    """
    is_old = unit_is_reports(rows)
    return [
        Target(
            row=number,
            cell=row.cell,
            count=row.count,
            of_reports=row.cell.measure == Measure.REPORTS and not is_old,
            condition=condition_of(row.cell, codes),
            tier=_tier(row.cell, is_old=is_old),
        )
        for number, row in enumerate(rows)
    ]


def unit_is_reports(rows: Sequence[PublishedRow]) -> bool:
    """The table is of the time when only reports (meldingen) were counted."""
    return not any(row.cell.measure == Measure.DOSSIERS for row in rows)


def condition_of(cell: Cell, codes: Codes) -> Condition:
    """What a dossier or report must have to count in the cell: codes per dimension.

    An empty set means that nothing can count there (a subcategory of another category).
    """
    wanted: dict[str, frozenset[Code]] = {}

    def narrow(dimension: str, allowed: frozenset[Code]) -> None:
        wanted[dimension] = wanted.get(dimension, allowed) & allowed

    if cell.sector:
        narrow("sector", frozenset({cell.sector}))
    if cell.accused_role:
        narrow("accused_role", frozenset({cell.accused_role}))
    if cell.category:
        categories = cell.category.split(" + ")
        narrow("leaf", _leaves(codes, categories))
    if cell.subcategory:
        narrow("leaf", _named(codes["leaf"], cell.subcategory))
    if cell.measure == Measure.REFERRALS and not cell.other_dimension:
        narrow("referred_to_police", frozenset({Answer.YES.value}))
    name, value = cell.other_dimension, cell.other_value
    if name in OWN_NAMES:
        narrow(OWN_NAMES[name], frozenset({value}))
    elif name == GROUND.name:
        narrow("leaf", _named(_leaves(codes, [Category.DISCRIMINATION.value]), value))
    elif name == "verwezen_naar":
        answer = value if value in tuple(Answer) else Answer.YES.value
        narrow("referred_to_police", frozenset({answer}))
        if value == VICE_POLICE:
            narrow("leaf", _leaves(codes, SEXUAL))
    elif name == "sector_niet_bekendgemaakt":
        is_withheld = value == Answer.YES
        narrow(
            "sector",
            frozenset(s for s in codes["sector"] if (s == Sector.WITHHELD) == is_withheld),
        )
    elif name == "leeftijd_betrokken_leerling":
        narrow("ages", frozenset(ages for ages in codes["ages"] if ages[0] == AgeBand(value)))
    elif name == "leeftijd_betrokkene":
        narrow("ages", frozenset(ages for ages in codes["ages"] if ages[1] == AgeBand(value)))
    for dimension, allowed in list(wanted.items()):
        if dimension in codes and frozenset(codes[dimension]) <= allowed:
            del wanted[dimension]
    return wanted


def check_subcategories(rows: Sequence[PublishedRow], *, table: str) -> None:
    """Raise ValueError naming file, row and column when a row names a subcategory we do not know.

    The other columns are checked where a table is read; subcategories are a list that grows.
    """
    for number, row in enumerate(rows, start=2):
        category, name = row.cell.category, row.cell.subcategory
        if name:
            _check_named(f"{table}, row {number}, column subcategory", category, name)
        if row.cell.other_dimension == GROUND.name:
            where = f"{table}, row {number}, column other_value"
            _check_named(where, Category.DISCRIMINATION.value, row.cell.other_value)


def _check_named(where: str, category: str, name: str) -> None:
    allowed = [*subcategory_names(category), UNKNOWN]
    if category == Category.DISCRIMINATION:
        allowed += OLDER_GROUNDS
    if name not in allowed:
        raise ValueError(
            f"{where}: '{name[:60]}' is no subcategory of {category}. "
            f"Possible are {', '.join(allowed)}."
        )


def _named(leaves: Iterable[Code], name: str) -> frozenset[Code]:
    """The leaves with this subcategory, older names included; an empty one is unknown."""
    names = ("",) if name == UNKNOWN else grounds_of(name)
    return frozenset(
        leaf for leaf in leaves if leaf[1] in names and (leaf[1] or subcategory_names(leaf[0]))
    )


def _leaves(codes: Codes, categories: Sequence[str]) -> frozenset[Code]:
    return frozenset(leaf for leaf in codes["leaf"] if leaf[0] in categories)


def _tier(cell: Cell, *, is_old: bool) -> Tier:
    if cell.id in quoted_cells():
        return Tier.FIXED
    if not cell.codes or cell.codes == {"sector": Sector.CHILDCARE}:
        if cell.measure == Measure.DOSSIERS:
            return Tier.FIXED
        if is_old:
            return Tier.OTHER
    if set(cell.codes) == {"category"} and cell.category == Category.OTHER:
        return Tier.OVERIG
    if cell.measure == Measure.REPORTS:
        return Tier.REPORTS
    return Tier.OTHER


@cache
def quoted_cells() -> frozenset[str]:
    """Ids of the cells whose number the founding letter says (Kamerstuk 29 240 nr. 136)."""
    with QUOTED.open(encoding="utf-8", newline="") as file:
        return frozenset(
            Cell(**{column: row[column] for column in COLUMNS}).id for row in csv.DictReader(file)
        )
