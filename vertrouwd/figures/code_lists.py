"""The code lists of a snapshot: every dimension with its codes, as they held when it was frozen."""

from typing import Any

from vertrouwd.dossiers.codes import subcategories
from vertrouwd.dossiers.terms import AffectedRole, Category, Channel, ReporterRole
from vertrouwd.figures.dimensions import (
    COLUMN_DIMENSIONS,
    OLDER_GROUNDS,
    OTHER_DIMENSIONS,
    SUM_CATEGORY,
    UNKNOWN,
    sectors,
)
from vertrouwd.schools.years import Year


def code_lists(year: Year) -> dict[str, Any]:
    """What codes.json holds: per dimension its Dutch label, its codes and how they relate."""
    lists: dict[str, Any] = {
        dimension.name: {
            "label": dimension.label,
            "codes": _codes(dimension.name, dimension.codes, year),
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
        "sums": {SUM_CATEGORY: SUM_CATEGORY.split(" + ")},
        "older_grounds": {name: list(covers) for name, covers in OLDER_GROUNDS.items()},
    }


def subcategory_codes(category: str) -> list[str]:
    """The subcategories of a category in the order of the list, unknown last; none if undivided."""
    names = [subcategory.name for subcategory in subcategories(category)]
    return [*names, UNKNOWN] if names else []


def _codes(name: str, codes: tuple[str, ...] | None, year: Year) -> object:
    if name == "sector":
        return list(sectors(childcare=year.is_childcare))
    if name == "subcategory":
        return {category.value: subcategory_codes(category) for category in Category}
    if name == "discriminatiegrond":
        return subcategory_codes(Category.DISCRIMINATION)
    if name == "maand":
        return year.months
    return list(codes or ())


def _plain(label: str, terms: type) -> dict[str, Any]:
    codes = [term.value for term in terms]  # type: ignore[attr-defined]
    return {"label": label, "codes": codes}
