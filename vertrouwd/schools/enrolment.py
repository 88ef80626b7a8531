"""Pupils and students per sector and school year, from published counts. No Django here.

The sources count other groups than the inspectors do: `po_totaal` of CBS holds all special schools,
`so` holds no vso. So a number is taken as printed or put together from printed ones, and it says
which. Where the sources do not meet, `contradictions` names it.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vertrouwd.schools.terms import Sector

DATA = Path(__file__).parent / "data" / "enrolment.csv"

# Each way to a number: names of the source's sectors to add, or to take away when marked «-». The
# first way whose parts are all there is taken.
WAYS: dict[Sector, list[tuple[str, ...]]] = {
    Sector.PRIMARY: [("bo", "sbo")],
    Sector.SPECIAL: [("speciale_scholen",), ("po_totaal", "-bo", "-sbo")],
    Sector.SECONDARY: [("vo",), ("vo_en_vso", "-po_totaal", "bo", "sbo", "so")],
    Sector.VOCATIONAL: [("mbo",)],
    Sector.HIGHER: [("hbo", "wo")],
}
# Sums that should meet: a total and its parts, as the notes of the sources explain them.
SUMS: list[tuple[str, tuple[str, ...]]] = [
    ("po_totaal", ("bo", "sbo", "speciale_scholen")),
    ("po_en_so", ("bo", "sbo", "so")),
    ("po_plus_vo", ("po_totaal", "vo")),
    ("vo_en_vso", ("vo", "po_totaal", "-po_en_so")),
    ("alle_sectoren", ("po_totaal", "vo", "mbo", "hbo", "wo")),
]


@dataclass(frozen=True)
class Count:
    """One printed number: pupils (and schools) of one of the source's sectors in one year."""

    school_year: str
    sector: str
    pupils: int
    schools: int | None
    source_url: str
    quote: str
    note: str

    @property
    def is_rounded(self) -> bool:
        return "rounded" in self.note

    @property
    def is_forecast(self) -> bool:
        return "FORECAST" in self.note


@dataclass(frozen=True)
class Enrolment:
    """Pupils or students of one sector in one school year, and the printed numbers behind it."""

    school_year: str
    sector: Sector
    pupils: int
    parts: tuple[Count, ...]

    @property
    def is_composed(self) -> bool:
        return len(self.parts) > 1

    @property
    def is_rounded(self) -> bool:
        return any(part.is_rounded for part in self.parts)

    @property
    def is_forecast(self) -> bool:
        return any(part.is_forecast for part in self.parts)


@dataclass(frozen=True)
class Contradiction:
    """Two printed numbers, or a total and its parts, that do not meet; difference in pupils."""

    school_year: str
    what: str
    one: int
    other: int

    @property
    def difference(self) -> int:
        return self.one - self.other

    def __str__(self) -> str:
        return (
            f"{self.school_year}, {self.what}: {self.one:,} against {self.other:,} "
            f"({self.difference:+,})"
        )


def enrolment(sector: Sector, school_year: str) -> Enrolment | None:
    """Pupils of a sector as the inspectors know it; None where the sources do not allow it.

    `school_year` is written 2022-2023. Childcare and withheld have no pupils here. An unrounded
    count is preferred to a rounded one.
    """
    if school_year not in _by_year():
        return None
    counts = {name: same[0] for name, same in _by_year()[school_year].items()}
    for way in WAYS.get(sector, []):
        names = [name.removeprefix("-") for name in way]
        if all(name in counts for name in names):
            parts = tuple(counts[name] for name in names)
            return Enrolment(school_year, sector, _total(way, counts), parts)
    return None


def school_years() -> list[str]:
    """The school years that have any count, in order."""
    return sorted(_by_year())


def contradictions() -> list[Contradiction]:
    """Every place where the printed numbers do not meet, in order of year."""
    found = []
    for year in school_years():
        rows = _by_year()[year]
        for name, same in rows.items():
            found += [
                Contradiction(year, f"{name} printed twice", same[0].pupils, other.pupils)
                for other in same[1:]
                if other.pupils != same[0].pupils
            ]
        counts = {name: same[0] for name, same in rows.items()}
        for whole, parts in SUMS:
            names = [part.removeprefix("-") for part in parts]
            if all(name in counts for name in (whole, *names)):
                total = _total(parts, counts)
                if total != counts[whole].pupils:
                    what = f"{whole} and {' + '.join(parts).replace('+ -', '- ')}"
                    found.append(Contradiction(year, what, counts[whole].pupils, total))
    return found


def _total(way: tuple[str, ...], counts: dict[str, Count]) -> int:
    return sum(
        -counts[name[1:]].pupils if name.startswith("-") else counts[name].pupils for name in way
    )


@cache
def _by_year() -> dict[str, dict[str, list[Count]]]:
    """School year -> the source's sector -> its counts, the most exact first."""
    found: dict[str, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pupils, schools = int(row.pop("pupils")), row.pop("schools")
            count = Count(pupils=pupils, schools=int(schools) if schools else None, **row)
            found[count.school_year][count.sector].append(count)
    for sectors in found.values():
        for same in sectors.values():
            same.sort(key=lambda count: (count.is_rounded, count.is_forecast))
    return found
