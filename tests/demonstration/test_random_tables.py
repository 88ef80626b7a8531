"""Whatever a real population would have published about itself can be drawn without a change."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.demonstration.counting import Dossiers, count
from vertrouwd.demonstration.draw import DrawnDossier
from vertrouwd.demonstration.year import draw_year
from vertrouwd.dossiers.codes import subcategory_names
from vertrouwd.dossiers.terms import AccusedRole, AgeBand, Answer, Category, Place
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.published_table import PublishedRow
from vertrouwd.schools.terms import Sector, Setting
from vertrouwd.schools.years import CalendarYear, SchoolYear, Year

AGES = st.none() | st.sampled_from([3, 9, 12, 13, 15, 16, 17, 18, 40])
OTHERS = {
    "leeftijd_betrokken_leerling": list(AgeBand),
    "leeftijd_betrokkene": list(AgeBand),
    "locatie": list(Place),
    "sociale_media": list(Answer),
    "verwezen_naar": ["politie", "zedenpolitie", "nee", "onbekend"],
    "sector_niet_bekendgemaakt": ["ja", "nee"],
    "discriminatiegrond": ["afkomst", "geloof", "migratieachtergrond", "ras of geloof", "onbekend"],
}


def dates_of(year: Year):
    return st.dates(year.first_day, year.last_day)


@st.composite
def dossier(draw, year: Year, *, single: bool) -> list[SimpleNamespace]:
    """The reports of one dossier; they agree on the case and may name two roles or two places."""
    category = draw(st.sampled_from(Category)).value
    sectors = [s.value for s in Sector if (s == Sector.CHILDCARE) == year.is_childcare]
    affected_role = draw(st.sampled_from(["leerling", "met taken belast persoon"]))
    affected_age = draw(AGES) if affected_role == "leerling" else draw(st.sampled_from([None, 40]))
    size = 1 if single else draw(st.integers(1, 3))
    roles = draw(st.lists(st.sampled_from(AccusedRole), min_size=1, max_size=min(size, 2)))
    places = draw(st.lists(st.sampled_from(Place), min_size=1, max_size=min(size, 2)))
    accused_age = draw(AGES)
    case = SimpleNamespace(
        sector=draw(st.sampled_from(sectors)),
        category=category,
        subcategory=draw(st.sampled_from(["", *subcategory_names(category)])),
        setting=draw(st.sampled_from(Setting)).value if year.is_childcare else "",
        affected_role=affected_role,
        affected_age=affected_age,
        social_media=draw(st.sampled_from(Answer)).value,
        referred_to_police=draw(st.sampled_from(Answer)).value,
    )
    days = sorted(draw(st.lists(dates_of(year), min_size=size, max_size=size)))
    return [
        SimpleNamespace(
            **vars(case),
            received_on=day,
            accused_role=roles[number % len(roles)].value,
            accused_age=accused_age if roles[number % len(roles)] == "leerling" else None,
            place=places[number % len(places)].value,
        )
        for number, day in enumerate(days)
    ]


@st.composite
def cells_of(draw, year: Year, measure: str) -> list[Cell]:
    """A table some year could have: one code list, or two crossed, each with all their codes.

    Reports are not counted by age here: those of one drawn dossier tell the same ages, which a
    real population need not.
    """
    sectors = [s.value for s in Sector if (s == Sector.CHILDCARE) == year.is_childcare]
    base = Cell(str(year), measure, sector="kinderopvang" if year.is_childcare else "")
    sector = [replace(base, sector=code) for code in sectors]
    category = [replace(base, category=code.value) for code in Category]
    category.append(replace(base, category="seksueel misbruik + seksuele intimidatie"))
    leaf = [
        replace(base, category=code.value, subcategory=name)
        for code in Category
        for name in subcategory_names(code)
    ]
    role = [replace(base, accused_role=code.value) for code in AccusedRole]
    trunk = draw(st.sampled_from([[base], sector, category, leaf, role]))
    kinds = dict(OTHERS) | {"maand": year.months}
    if year.is_childcare:
        kinds = {**kinds, "opvangvoorziening": list(Setting)}
    if measure == "reports":
        kinds = {name: codes for name, codes in kinds.items() if "leeftijd" not in name}
    name = draw(st.sampled_from(["", *kinds]))
    if not name:
        found = trunk
    else:
        found = [
            replace(cell, other_dimension=name, other_value=str(value))
            for cell in trunk
            for value in kinds[name]
        ]
    if draw(st.booleans()):
        found = draw(st.lists(st.sampled_from(found), unique=True, min_size=1))
    return found


def numbered(dossiers: list[list[SimpleNamespace]]) -> Dossiers:
    return dict(enumerate(dossiers))  # type: ignore[arg-type]


def as_reports(dossiers: list[DrawnDossier]) -> Dossiers:
    return numbered(
        [
            [
                SimpleNamespace(
                    **vars(report),
                    sector=dossier.sector,
                    category=dossier.category,
                    subcategory=dossier.subcategory,
                    setting=dossier.setting,
                )
                for report in dossier.reports
            ]
            for dossier in dossiers
        ]
    )


@st.composite
def published_years(draw) -> tuple[Year, list[PublishedRow], bool]:
    year = draw(st.sampled_from([SchoolYear(2018), SchoolYear(2023), CalendarYear(2022)]))
    old = draw(st.booleans())
    population = numbered(draw(st.lists(dossier(year, single=old), min_size=1, max_size=12)))
    total = Cell(str(year), "dossiers", sector="kinderopvang" if year.is_childcare else "")
    cells = [total] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 3))):
        cells += draw(cells_of(year, "dossiers"))
    if not old and draw(st.booleans()):
        cells.append(replace(total, measure="reports"))
        cells += draw(cells_of(year, "reports"))
    if old:
        cells = [replace(cell, measure="reports") for cell in cells]
    rows = [
        PublishedRow(cell, count(cell, population, reports_are_dossiers=old))
        for cell in dict.fromkeys(cells)
    ]
    return year, rows, old


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(published_years(), st.integers(0, 5))
def test_a_table_some_population_could_have_is_drawn_without_any_change(published, seed):
    year, rows, old = published
    drawn = draw_year(year, rows, seed=seed)
    assert not drawn.changed
    counted = as_reports(drawn.dossiers)
    for row in rows:
        assert count(row.cell, counted, reports_are_dossiers=old) == row.count, row.cell.id
    for dossier in drawn.dossiers:
        for report in dossier.reports:
            assert report.received_on in year
            assert report.happened_from is None or report.happened_from <= report.received_on
        assert isinstance(dossier.reports[0].received_on, date)


def test_reports_counted_by_age_are_met_as_far_as_reports_of_a_dossier_tell_the_same():
    base = Cell("2018-2019", "reports")
    rows = [
        PublishedRow(Cell("2018-2019", "dossiers"), 30),
        PublishedRow(Cell("2018-2019", "dossiers", accused_role="leerling"), 25),
        PublishedRow(Cell("2018-2019", "dossiers", accused_role="ouder"), 15),
        PublishedRow(base, 60),
        PublishedRow(
            replace(base, other_dimension="leeftijd_betrokken_leerling", other_value="13-15"), 21
        ),
    ]
    assert not draw_year(SchoolYear(2018), rows, seed=1).changed


def test_a_dossier_is_opened_before_the_months_its_further_reports_came_in():
    """Six reports of November, when no dossier was opened: theirs were opened before."""
    november = {"other_dimension": "maand", "other_value": "2018-11"}
    rows = [
        PublishedRow(Cell("2018-2019", "dossiers"), 9),
        PublishedRow(Cell("2018-2019", "dossiers", **november), 0),
        PublishedRow(Cell("2018-2019", "reports"), 30),
        PublishedRow(Cell("2018-2019", "reports", **november), 6),
    ]
    for seed in range(20):
        assert not draw_year(SchoolYear(2018), rows, seed=seed).changed
