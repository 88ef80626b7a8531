"""Count drawn dossiers again, one by one, without any of the machinery that drew them. No Django.

This is the check before anything is written: a plain loop over dossiers and reports, by the words
of the published table.
"""

from collections.abc import Iterable

from vertrouwd.demonstration.draw import DrawnDossier, DrawnReport
from vertrouwd.dossiers.codes import subcategories
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, AgeBand, Category
from vertrouwd.figures.cells import Cell, Measure
from vertrouwd.figures.dimensions import grounds_of

BANDS = list(AgeBand)


def recount(cell: Cell, dossiers: Iterable[DrawnDossier], *, old_unit: bool = False) -> int:
    """How many dossiers (or reports) of the year count in the cell.

    `old_unit` True: the table counts reports only, and each dossier is one report.
    """
    if cell.measure == Measure.REPORTS and not old_unit:
        return sum(_counts(cell, d, [report]) for d in dossiers for report in d.reports)
    return sum(_counts(cell, dossier, dossier.reports) for dossier in dossiers)


def _counts(cell: Cell, dossier: DrawnDossier, reports: list[DrawnReport]) -> bool:
    if cell.sector and cell.sector != dossier.sector:
        return False
    if cell.category and dossier.category not in cell.category.split(" + "):
        return False
    if cell.subcategory and _subcategory(dossier) not in grounds_of(cell.subcategory):
        return False
    if cell.accused_role and cell.accused_role not in _union(r.accused_role for r in reports):
        return False
    if cell.measure == Measure.REFERRALS and not cell.other_dimension:
        return "ja" in {r.referred_to_police for r in reports}
    return not cell.other_dimension or _counts_by_other(cell, dossier, reports)


def _counts_by_other(cell: Cell, dossier: DrawnDossier, reports: list[DrawnReport]) -> bool:
    value = cell.other_value
    match cell.other_dimension:
        case "leeftijd_betrokken_leerling":
            return youngest_learner(reports) == value
        case "leeftijd_betrokkene":
            return _youngest(r.affected_age for r in reports) == value
        case "locatie":
            return value in _union(r.place for r in reports)
        case "sociale_media":
            return _answer(r.social_media for r in reports) == value
        case "verwezen_naar":
            if value == "zedenpolitie" and not dossier.category.startswith("seksue"):
                return False
            wanted = "ja" if value in ("politie", "zedenpolitie") else value
            return _answer(r.referred_to_police for r in reports) == wanted
        case "sector_niet_bekendgemaakt":
            return (dossier.sector == "niet bekendgemaakt") == (value == "ja")
        case "opvangvoorziening":
            return dossier.setting == value
        case "discriminatiegrond":
            is_ground = _subcategory(dossier) in grounds_of(value)
            return dossier.category == Category.DISCRIMINATION and is_ground
        case "maand":
            return f"{min(r.received_on for r in reports):%Y-%m}" == value
    raise ValueError(f"No rule for {cell.other_dimension}.")


def youngest_learner(reports: Iterable[DrawnReport]) -> str:
    """Age band of the youngest learner involved, affected or accused."""
    ages = []
    for report in reports:
        if report.affected_role == AffectedRole.LEARNER:
            ages.append(report.affected_age)
        if report.accused_role == AccusedRole.LEARNER:
            ages.append(report.accused_age)
    return _youngest(ages)


def _subcategory(dossier: DrawnDossier) -> str:
    """An empty subcategory is unknown, unless the category has none."""
    if dossier.subcategory or not subcategories(dossier.category):
        return dossier.subcategory
    return "onbekend"


def _youngest(ages: Iterable[int | None]) -> str:
    known = [age for age in ages if age is not None]
    return AgeBand.of(min(known) if known else None).value


def _union(codes: Iterable[str]) -> set[str]:
    return {code for code in codes if code != "onbekend"} or {"onbekend"}


def _answer(answers: Iterable[str]) -> str:
    given = set(answers)
    return "ja" if "ja" in given else "nee" if "nee" in given else "onbekend"
