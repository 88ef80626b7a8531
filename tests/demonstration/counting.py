"""The plain count of stored reports that every drawn year must agree with: one loop, no cleverness.

Written from the words of the published tables, apart from the code under test.
"""

from collections import defaultdict
from collections.abc import Callable

from vertrouwd.dossiers.models import Report
from vertrouwd.figures.cells import Cell
from vertrouwd.schools.years import Year

ORIGIN = ("afkomst",)
GROUNDS = {"migratieachtergrond": ORIGIN, "ras of geloof": (*ORIGIN, "geloof")}
Dossiers = dict[int, list[Report]]


def dossiers_of(year: Year) -> Dossiers:
    """The reports of each dossier whose first report came in that year."""
    found: Dossiers = defaultdict(list)
    for report in Report.objects.select_related("dossier").order_by("received_on", "pk"):
        if (report.sector == "kinderopvang") == year.is_childcare:
            found[report.dossier_id].append(report)
    return {key: reports for key, reports in found.items() if reports[0].received_on in year}


def count(cell: Cell, dossiers: Dossiers, *, reports_are_dossiers: bool = False) -> int:
    """How many dossiers, or reports, are in the cell."""
    if cell.measure == "reports" and not reports_are_dossiers:
        return sum(belongs(cell, [r]) for reports in dossiers.values() for r in reports)
    return sum(belongs(cell, reports) for reports in dossiers.values())


def belongs(cell: Cell, reports: list[Report]) -> bool:
    first = reports[0]
    if cell.sector not in ("", first.sector):
        return False
    if cell.category and first.category not in cell.category.split(" + "):
        return False
    names = GROUNDS.get(cell.subcategory, (cell.subcategory,))
    if cell.subcategory and (first.subcategory or "onbekend") not in names:
        return False
    if cell.accused_role and cell.accused_role not in known({r.accused_role for r in reports}):
        return False
    return not cell.other_dimension or OTHER[cell.other_dimension](cell.other_value, reports)


def known(codes: set[str]) -> set[str]:
    return codes - {"onbekend"} or {"onbekend"}


def band(ages: list[int | None]) -> str:
    told = [age for age in ages if age is not None]
    if not told:
        return "onbekend"
    youngest = min(told)
    for limit, name in ((13, "jonger dan 13"), (16, "13-15"), (18, "16-17")):
        if youngest < limit:
            return name
    return "18 en ouder"


def youngest_learner(reports: list[Report]) -> str:
    ages = [r.affected_age for r in reports if r.affected_role == "leerling"]
    ages += [r.accused_age for r in reports if r.accused_role == "leerling"]
    return band(ages)


def answer(answers: set[str]) -> str:
    return next(code for code in ("ja", "nee", "onbekend") if code in answers)


def referred(value: str, reports: list[Report]) -> bool:
    told = answer({r.referred_to_police for r in reports})
    if value == "zedenpolitie":
        return told == "ja" and reports[0].category in (
            "seksueel misbruik", "seksuele intimidatie",
        )  # fmt: skip
    return told == ("ja" if value == "politie" else value)


OTHER: dict[str, Callable[[str, list[Report]], bool]] = {
    "leeftijd_betrokken_leerling": lambda value, reports: youngest_learner(reports) == value,
    "leeftijd_betrokkene": lambda value, reports: band([r.affected_age for r in reports]) == value,
    "locatie": lambda value, reports: value in known({r.place for r in reports}),
    "sociale_media": lambda value, reports: answer({r.social_media for r in reports}) == value,
    "verwezen_naar": referred,
    "sector_niet_bekendgemaakt": lambda value, reports: (
        (reports[0].sector == "niet bekendgemaakt") == (value == "ja")
    ),
    "opvangvoorziening": lambda value, reports: reports[0].setting == value,
    "discriminatiegrond": lambda value, reports: (
        reports[0].category == "discriminatie"
        and (reports[0].subcategory or "onbekend") in GROUNDS.get(value, (value,))
    ),
    "maand": lambda value, reports: f"{reports[0].received_on:%Y-%m}" == value,
}
