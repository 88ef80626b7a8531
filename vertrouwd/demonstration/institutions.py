"""Institutions that do not exist, for dossiers that did not happen. No Django here.

One fixed list, the same in every year, so that an institution can return in a later year. BRIN
numbers `ZZ..` and LRK numbers that begin with 000 were never given out; names and towns are made
of invented words.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase, digits

from vertrouwd.demonstration.draw import DrawnDossier
from vertrouwd.demonstration.prior import assumptions
from vertrouwd.schools.terms import Sector

SIGNS = digits + ascii_uppercase
FIRST = (
    "Zilver", "Maan", "Wolken", "Sterren", "Nevel", "Regenboog", "Fluister", "Vonken", "Droom",
    "Kristal", "Spiegel", "Lantaarn", "Toren", "Echo", "Kompas", "Saffier", "Amber", "Kwartel",
    "Lijster", "Otter", "Bever", "Vossen", "Dassen", "Reiger", "Karper", "Libellen", "Hommel",
)  # fmt: skip
LAST = (
    "wals", "kroon", "brug", "zeil", "lied", "pad", "haven", "hof", "boog", "tuin", "veer",
    "wende", "luik", "vlier", "gaarde", "kamp", "dreef", "molen", "kring", "pluim", "schip",
)  # fmt: skip
TOWNS = (
    "Nergenshuizen", "Verzonnendam", "Schijnwoude", "Dichtersveen", "Fabelmonde", "Sagenrade",
    "Mijmerloo", "Verdichtzijl", "Sprookjesdrecht", "Waanhoven", "Ooitbergen", "Nimmerwijk",
)  # fmt: skip
PATTERNS = {
    Sector.PRIMARY: "Basisschool De {}",
    Sector.SPECIAL: "School voor speciaal onderwijs {}",
    Sector.SECONDARY: "{} College",
    Sector.VOCATIONAL: "mbo-instelling {}",
    Sector.HIGHER: "Hogeschool {}",
    Sector.CHILDCARE: "Kinderopvang {}",
}


@dataclass(frozen=True)
class InventedInstitution:
    """A school or childcare provider that does not exist; `code` is a BRIN or LRK number."""

    code: str
    name: str
    town: str
    sector: str


@cache
def invented_institutions() -> dict[str, tuple[InventedInstitution, ...]]:
    """Sector -> its invented institutions, in a fixed order."""
    names = [first + last for first in FIRST for last in LAST]
    sizes: dict[str, int] = assumptions()["institutions"]
    found: dict[str, tuple[InventedInstitution, ...]] = {}
    number = 0
    for sector, size in sizes.items():
        listed = []
        for place in range(size):
            childcare = sector == Sector.CHILDCARE
            code = f"000{place:06}" if childcare else f"ZZ{SIGNS[number // 36]}{SIGNS[number % 36]}"
            number += not childcare
            # A step that shares no factor with the number of names visits each of them once.
            name = names[place * 101 % len(names)]
            town = TOWNS[(place + len(sector)) % len(TOWNS)]
            listed.append(
                InventedInstitution(code, PATTERNS[Sector(sector)].format(name), town, sector)
            )
        found[sector] = tuple(listed)
    return found


def place_dossiers(
    dossiers: Iterable[DrawnDossier], chance: random.Random
) -> list[InventedInstitution | None]:
    """An institution for each dossier; some get several. None where the sector was withheld."""
    pools = {
        sector: (listed, [chance.lognormvariate(0, 0.7) for _ in listed])
        for sector, listed in invented_institutions().items()
    }
    found: list[InventedInstitution | None] = []
    for dossier in dossiers:
        if dossier.sector not in pools:
            found.append(None)
            continue
        listed, pull = pools[dossier.sector]
        found.append(chance.choices(listed, pull)[0])
    return found
