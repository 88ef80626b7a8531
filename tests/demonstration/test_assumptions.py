"""The invented shares: complete, marked as invented, and about codes that exist."""

import pytest

from vertrouwd.demonstration.prior import ASSUMPTIONS, FREE, Prior, ages_fit_role, assumptions
from vertrouwd.demonstration.recount import recount
from vertrouwd.demonstration.space import Space, TooFine
from vertrouwd.demonstration.targets import targets_of
from vertrouwd.demonstration.variants import Groups
from vertrouwd.demonstration.year import draw_year
from vertrouwd.dossiers.codes import subcategory_names
from vertrouwd.dossiers.terms import AccusedRole, Answer, Category, Channel, Place, ReporterRole
from vertrouwd.figures import published
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.published_table import PublishedRow
from vertrouwd.schools.terms import Sector, Setting
from vertrouwd.schools.years import CalendarYear, SchoolYear

SUBCATEGORIES = {name for category in Category for name in subcategory_names(category)}
CODES = {
    "accused_role": AccusedRole,
    "place": Place,
    "social_media": Answer,
    "referred_to_police": Answer,
    "reporter_role": ReporterRole,
}


def test_the_file_says_that_it_is_invented():
    assert ASSUMPTIONS.read_text(encoding="utf-8").startswith("# INVENTED.")


@pytest.mark.parametrize("name", CODES)
def test_shares_are_about_codes_that_exist(name):
    keys = {*map(str, Category), *map(str, Sector), *SUBCATEGORIES}
    for key, shares in assumptions()[name].items():
        assert key in keys
        assert set(shares) <= set(CODES[name]), key


def test_lists_without_conditions_are_about_codes_that_exist():
    assert set(assumptions()["channel"]) == set(Channel)
    assert set(assumptions()["setting"]) == set(Setting)
    assert set(assumptions()["category"]) == set(Category)
    for category, shares in assumptions()["subcategory"].items():
        assert set(shares) == {"", *subcategory_names(category)}


@pytest.mark.parametrize("year", [SchoolYear(2022), CalendarYear(2022)], ids=str)
def test_every_code_is_possible_in_every_sector_and_leaf(year):
    prior = Prior(year)
    for sector in prior.codes["sector"]:
        for leaf in prior.codes["leaf"]:
            assert prior.sector_and_leaf(sector, leaf) > 0
            for dimension in FREE:
                weights = prior.weights(dimension, sector, leaf)
                assert set(weights) == set(prior.codes[dimension])
                assert min(weights.values()) > 0
                assert sum(weights.values()) == pytest.approx(1)


def test_an_age_below_that_of_the_affected_is_that_of_an_accused_learner():
    assert ages_fit_role(("13-15", "13-15"), {"ouder"})
    assert ages_fit_role(("13-15", "16-17"), {"leerling"})
    assert not ages_fit_role(("13-15", "16-17"), {"ouder"})


def test_overig_means_withheld_from_2022_on_and_outside_the_field_before():
    leaf = ("overig", "")
    late, early = Prior(SchoolYear(2022)), Prior(SchoolYear(2019))
    assert late.sector_and_leaf("niet bekendgemaakt", leaf) > late.sector_and_leaf("po", leaf)
    assert early.sector_and_leaf("niet bekendgemaakt", leaf) < early.sector_and_leaf("po", leaf)


def test_a_dossier_that_names_two_roles_has_a_report_for_each():
    rows = [
        PublishedRow(Cell("2018-2019", "dossiers"), 10),
        PublishedRow(Cell("2018-2019", "dossiers", accused_role="leerling"), 8),
        PublishedRow(Cell("2018-2019", "dossiers", accused_role="ouder"), 6),
        PublishedRow(Cell("2018-2019", "reports", accused_role="ouder"), 7),
        PublishedRow(Cell("2018-2019", "reports"), 15),
    ]
    drawn = draw_year(SchoolYear(2018), rows, seed=1)
    both = [
        d for d in drawn.dossiers if {"leerling", "ouder"} <= {r.accused_role for r in d.reports}
    ]
    assert len(both) >= 4
    assert not drawn.changed
    assert recount(rows[3].cell, drawn.dossiers) == 7


def test_codes_the_table_does_not_tell_apart_are_one():
    rows = published.read_table(published.SHIPPED / "2022-2023.csv")
    prior = Prior(SchoolYear(2022))
    space = Space(prior, targets_of(rows, prior.codes), sets=True)
    assert [atom.parts for atom in space.atoms["sector"]] == [
        (("po",),), (("so", "mbo", "ho"),), (("vo",),), (("niet bekendgemaakt",),),
    ]  # fmt: skip
    assert len(space.atoms["month"]) == 1
    assert Groups(space).branch is None


def test_a_table_that_crosses_too_much_is_refused_with_what_it_crosses():
    rows = [
        PublishedRow(
            Cell("2018-2019", "dossiers", accused_role=role.value, other_dimension=name,
                 other_value=value), 1,
        )
        for role in AccusedRole
        for name, values in (
            ("maand", SchoolYear(2018).months),
            ("locatie", list(Place)),
            ("sociale_media", list(Answer)),
            ("leeftijd_betrokkene", ["jonger dan 13", "13-15", "16-17"]),
        )
        for value in values
    ]  # fmt: skip
    leaves = [
        PublishedRow(Cell("2018-2019", "dossiers", sector=sector, category=category.value,
                          subcategory=name), 0)
        for sector in ("po", "vo", "mbo", "ho")
        for category in Category
        for name in subcategory_names(category)
    ]  # fmt: skip
    with pytest.raises(TooFine, match="accused_role"):
        draw_year(SchoolYear(2018), [*rows, *leaves], seed=1)
