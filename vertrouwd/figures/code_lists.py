"""The code lists of a snapshot: every dimension with its codes, as they held when it was frozen."""

from enum import StrEnum
from typing import Any

from vertrouwd.dossiers.codes import UNKNOWN, subcategory_names
from vertrouwd.dossiers.terms import AffectedRole, Category, Channel, ReporterRole
from vertrouwd.figures.dimensions import (
    COLUMN_DIMENSIONS,
    GROUND,
    MONTH,
    OLDER_GROUNDS,
    OTHER_DIMENSIONS,
    SECTOR,
    SEXUAL,
    SUBCATEGORY,
    SUM_CATEGORY,
    Dimension,
    sectors,
)
from vertrouwd.schools.years import Year


def code_lists(year: Year) -> dict[str, Any]:
    """What codes.json holds: per dimension its Dutch label, its codes and how they relate."""
    lists: dict[str, Any] = {
        dimension.name: {
            "label": dimension.label,
            "codes": _listed(dimension, year),
            "parts_meet_total": dimension.parts_meet_total,
        }
        for dimension in (*COLUMN_DIMENSIONS, *OTHER_DIMENSIONS.values())
    }
    lists["affected_role"] = _plain("rol van de betrokkene", AffectedRole)
    lists["channel"] = _plain("kanaal", Channel)
    lists["reporter_role"] = _plain("rol van de melder", ReporterRole)
    return {
        "year": str(year),
        "unknown": UNKNOWN,
        "dimensions": lists,
        "sums": {SUM_CATEGORY: list(SEXUAL)},
        "older_grounds": {name: list(covers) for name, covers in OLDER_GROUNDS.items()},
    }


def subcategory_codes(category: str) -> list[str]:
    """The subcategories of a category in the order of the list, unknown last; none if undivided."""
    names = subcategory_names(category)
    return [*names, UNKNOWN] if names else []


def codes_in(dimension: Dimension, year: Year) -> list[str]:
    """The codes a dimension has in a year, in order; subcategories depend on their category."""
    if dimension == SECTOR:
        return list(sectors(childcare=year.is_childcare))
    if dimension == GROUND:
        return subcategory_codes(Category.DISCRIMINATION)
    if dimension == MONTH:
        return year.months
    return list(dimension.codes or ())


def _listed(dimension: Dimension, year: Year) -> object:
    if dimension == SUBCATEGORY:
        return {category.value: subcategory_codes(category) for category in Category}
    return codes_in(dimension, year)


def _plain(label: str, terms: type[StrEnum]) -> dict[str, Any]:
    return {"label": label, "codes": [term.value for term in terms]}
