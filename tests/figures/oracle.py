"""The plain loop that every clever count must agree with: row by row, code by code."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from vertrouwd.figures.cells import Cell
from vertrouwd.figures.coded import CodedRow

SEXUAL = {"seksueel misbruik", "seksuele intimidatie"}
BOTH = "seksueel misbruik + seksuele intimidatie"
ORIGIN = {"afkomst", "migratieachtergrond"}


def counted(
    dossiers: Iterable[CodedRow], reports: Iterable[CodedRow], year: str, *, childcare: bool
) -> Counter[Cell]:
    """How many rows are in each cell of up to three dimensions."""
    found: Counter[Cell] = Counter()
    for row in dossiers:
        found.update(cells_of(row, "dossiers", year, childcare=childcare))
        found.update(cells_of(row, "referrals", year, childcare=childcare))
    for row in reports:
        found.update(cells_of(row, "reports", year, childcare=childcare))
    return found


def cells_of(row: CodedRow, measure: str, year: str, *, childcare: bool) -> set[Cell]:
    others = referrals(row) if measure == "referrals" else answers(row)
    sectors = [row.sector] if childcare else ["", row.sector]
    found = set()
    for sector, topic, role, other in product(
        sectors, topics(row), ["", *row.accused_roles], others
    ):
        size = bool(topic[0]) + bool(role) + bool(other[0]) + (bool(sector) and not childcare)
        if size <= 3:
            found.add(Cell(year, measure, sector, *topic, role, *other))
    return found


def topics(row: CodedRow) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield row.category, ""
    if row.category in SEXUAL:
        yield BOTH, ""
    if row.subcategory:
        yield row.category, row.subcategory
    yield from (("discriminatie", ground) for ground in older_grounds(row))


def older_grounds(row: CodedRow) -> Iterator[str]:
    if row.category == "discriminatie" and row.subcategory in ORIGIN:
        yield "migratieachtergrond"
    if row.category == "discriminatie" and row.subcategory in ORIGIN | {"geloof"}:
        yield "ras of geloof"


def answers(row: CodedRow) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "leeftijd_betrokken_leerling", row.youngest_involved
    yield "leeftijd_betrokkene", row.affected_age_band
    yield "sociale_media", row.social_media
    yield "sector_niet_bekendgemaakt", row.sector_withheld
    yield "maand", row.month
    yield "verwezen_naar", {"ja": "politie"}.get(row.referred_to_police, row.referred_to_police)
    yield from (("locatie", place) for place in row.places)
    if row.setting:
        yield "opvangvoorziening", row.setting
    if row.category == "discriminatie":
        yield "discriminatiegrond", row.subcategory
        yield from (("discriminatiegrond", ground) for ground in older_grounds(row))


def referrals(row: CodedRow) -> Iterator[tuple[str, str]]:
    if row.referred_to_police == "ja":
        yield "verwezen_naar", "politie"
        if row.category in SEXUAL:
            yield "verwezen_naar", "zedenpolitie"
