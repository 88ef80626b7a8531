"""What a plausible year looks like where nothing was published: invented shares. No Django here.

The shares stand in `data/assumptions.toml`, marked invented. This module turns them into weights
for any code of any dimension, given a sector and a leaf (category, subcategory).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from vertrouwd.demonstration.targets import Code
from vertrouwd.dossiers.codes import UNKNOWN, subcategories
from vertrouwd.dossiers.terms import AccusedRole, AgeBand, Answer, Category, Place
from vertrouwd.schools.terms import Sector, Setting
from vertrouwd.schools.years import Year

ASSUMPTIONS = Path(__file__).parent / "data" / "assumptions.toml"
FLOOR = 1e-4  # nothing that is possible is ruled out by an assumption
BANDS = tuple(band.value for band in AgeBand)
Leaf = tuple[str, str]
Shares = Mapping[str, float]

# Codes a dossier has one of. Of accused roles and places it can have several.
SETS = ("accused_role", "place")
# Decided after sector and leaf, each on its own.
FREE = ("accused_role", "ages", "place", "social_media", "referred_to_police", "setting", "month")


@cache
def assumptions() -> dict[str, Any]:
    """The invented shares, as written."""
    return tomllib.loads(ASSUMPTIONS.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Prior:
    """The weights of one year."""

    year: Year
    _weights: dict[tuple[str, str, Leaf], dict[Code, float]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def codes(self) -> dict[str, tuple[Code, ...]]:
        """Every code of every dimension that can occur in this year."""
        childcare = self.year.is_childcare
        return {
            "sector": tuple(s.value for s in Sector if (s == Sector.CHILDCARE) == childcare),
            "leaf": tuple(self._leaf_shares),
            "accused_role": tuple(role.value for role in AccusedRole),
            "ages": tuple(
                (young, other) for young in BANDS for other in BANDS if _can_be(young, other)
            ),
            "place": tuple(place.value for place in Place),
            "social_media": tuple(answer.value for answer in Answer),
            "referred_to_police": tuple(answer.value for answer in Answer),
            "setting": tuple(s.value for s in Setting) if childcare else ("",),
            "month": tuple(self.year.months),
        }

    @cached_property
    def _leaf_shares(self) -> dict[Leaf, float]:
        """Leaf -> share within its category; an unknown subcategory is ''."""
        found: dict[Leaf, float] = {}
        for category in Category:
            shares = assumptions()["subcategory"].get(category.value, {"": 1})
            names = [s.name for s in subcategories(category) if s.holds_on(self.year.last_day)]
            for name in (*names, ""):
                found[category.value, name] = shares.get(name, 1) / sum(shares.values())
        return found

    def sector_and_leaf(self, sector: str, leaf: Leaf) -> float:
        """How likely a dossier is of this sector and leaf (weight, unscaled)."""
        known = assumptions()
        tilt = known["category_in_sector"].get(sector, {}).get(leaf[0], 1)
        tilt *= known["subcategory_in_sector"].get(sector, {}).get(leaf[1], 1)
        overig = known["overig"]
        if leaf[0] == Category.OTHER and self.year.start >= overig["means_withheld_since"]:
            tilt *= overig["withheld" if sector == Sector.WITHHELD else "other"]
        of_sector = known["sector"].get(sector, 1)
        return max(of_sector * known["category"][leaf[0]] * tilt * self._leaf_shares[leaf], FLOOR)

    def weights(self, dimension: str, sector: str, leaf: Leaf) -> dict[Code, float]:
        """The weights of a dimension's codes in this sector and leaf; they sum to 1."""
        key = (dimension, sector, leaf)
        if key not in self._weights:
            self._weights[key] = self._computed(dimension, sector, leaf)
        return self._weights[key]

    def _computed(self, dimension: str, sector: str, leaf: Leaf) -> dict[Code, float]:
        shares = self._shares(dimension, sector, leaf)
        floored = {code: max(shares.get(code, 0.0), FLOOR) for code in self.codes[dimension]}
        whole = sum(floored.values())
        return {code: share / whole for code, share in floored.items()}

    def weight_of_parts(
        self, dimension: str, parts: tuple[tuple[Code, ...], ...], sector: str, leaf: Leaf
    ) -> float:
        """The weight of having a code of every part; two at once is rare by assumption."""
        of_code = self.weights(dimension, sector, leaf)
        weight = 1.0
        for part in parts:
            weight *= sum(of_code[code] for code in part)
        if len(parts) > 1:
            weight *= float(assumptions()["two_at_once"][dimension])
        return weight

    def _shares(self, dimension: str, sector: str, leaf: Leaf) -> Mapping[Code, float]:
        match dimension:
            case "ages":
                return self._ages(sector, leaf)
            case "month":
                return self._month()
            case "setting":
                return _normal(assumptions()["setting"]) if self.year.is_childcare else {"": 1.0}
        return _normal(_nearest(assumptions()[dimension], leaf, sector))

    def _month(self) -> dict[Code, float]:
        kind = "childcare" if self.year.is_childcare else "school"
        shares = assumptions()["month"][kind]
        return _normal({month: shares[str(int(month[-2:]))] for month in self.year.months})

    def _ages(self, sector: str, leaf: Leaf) -> dict[Code, float]:
        """The affected person is mostly the youngest learner; else older, staff or unknown."""
        known = assumptions()
        youngest = _normal(known["youngest"].get(leaf[1]) or known["youngest"][sector])
        otherwise = known["affected_otherwise"]["share"]
        found: dict[Code, float] = {}
        for young in BANDS:
            same = (young, AgeBand.ADULT.value) if young == UNKNOWN else (young, young)
            others = [code for code in self.codes["ages"] if code[0] == young and code != same]
            found[same] = youngest[young] * (1 - otherwise if others else 1)
            for code in others:
                found[code] = youngest[young] * otherwise / len(others)
        return found


def _can_be(youngest: str, affected: str) -> bool:
    """Whether the youngest learner involved and the affected person can have these ages."""
    if UNKNOWN in (youngest, affected):
        return youngest != UNKNOWN or affected in (UNKNOWN, AgeBand.ADULT.value)
    return BANDS.index(youngest) <= BANDS.index(affected)


def ages_fit_role(ages: Code, roles: set[str]) -> bool:
    """An age below that of the affected person is that of an accused learner."""
    youngest, affected = ages[0], ages[1]
    return youngest in (affected, UNKNOWN) or AccusedRole.LEARNER.value in roles


def _nearest(shares: Mapping[str, Shares], leaf: Leaf, sector: str) -> Shares:
    """The shares of the subcategory, else of the sector, else of the category."""
    if leaf[1] in shares and leaf[1] not in tuple(Category):
        return shares[leaf[1]]
    return shares[sector] if sector in shares else shares[leaf[0]]


def _normal(shares: Shares) -> dict[Code, float]:
    whole = sum(shares.values())
    return {code: share / whole for code, share in shares.items()}
