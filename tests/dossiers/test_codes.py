"""The code lists: data that can be edited, held together with the terms."""

from datetime import date

import pytest

from vertrouwd.dossiers import codes
from vertrouwd.dossiers.terms import (
    OLDER_SPELLINGS,
    AccusedRole,
    AffectedRole,
    AgeBand,
    Category,
    ReporterRole,
    stored_value,
)

ROLES = {"beklaagde": AccusedRole, "betrokkene": AffectedRole, "melder": ReporterRole}


def test_the_categories_of_the_list_are_those_of_the_terms() -> None:
    assert [row["category"] for row in codes.table("categories")] == [c.value for c in Category]


@pytest.mark.parametrize("person", ROLES)
def test_the_roles_of_the_list_are_those_of_the_terms(person: str) -> None:
    rows = [row for row in codes.table("roles") if row["person"] == person]
    assert {row["role"] for row in rows} == {role.value for role in ROLES[person]}
    listed = {
        spelling: row["role"]
        for row in rows
        for spelling in row["also_written"].split("|")
        if spelling
    }
    assert listed == OLDER_SPELLINGS[ROLES[person]]


def test_the_age_bands_of_the_list_are_those_of_the_terms() -> None:
    rows = codes.table("age_bands")
    assert [row["age_band"] for row in rows] == [band.value for band in AgeBand]
    for row in rows[:-1]:
        for age in (int(row["from_age"]), int(row["to_age"])):
            assert AgeBand.of(age) == row["age_band"]
    assert AgeBand.of(None) == rows[-1]["age_band"]
    for row in rows:
        for spelling in filter(None, row["also_written"].split("|")):
            assert stored_value(AgeBand, spelling) == row["age_band"]


def test_every_subcategory_belongs_to_a_category() -> None:
    assert {s.category for s in codes.subcategories()} <= {c.value for c in Category}
    names = [(s.category, s.name) for s in codes.subcategories()]
    assert len(names) == len(set(names))


def test_physical_violence_has_a_severity_order_and_nothing_else_has() -> None:
    order = sorted(
        (s for s in codes.subcategories() if s.severity is not None), key=lambda s: s.severity or 0
    )
    assert [s.name for s in order] == [
        "trekken en duwen", "letsel door schuld", "mishandeling", "zware mishandeling", "wapens",
    ]  # fmt: skip
    assert {s.category for s in order} == {Category.PHYSICAL_VIOLENCE}
    assert codes.severity("fysiek geweld", "wapens") == codes.severity(
        "fysiek geweld", "zware mishandeling"
    )
    assert codes.severity("fysiek geweld", "bedreiging met fysiek geweld") is None


def test_the_grounds_of_discrimination_are_its_subcategories() -> None:
    assert codes.grounds() == codes.subcategory_names("discriminatie")
    assert codes.grounds()[:2] == ["afkomst", "geloof"]


@pytest.mark.parametrize(
    ("category", "text", "stored"),
    [
        ("psychisch geweld", "pesten", "pesten"),
        ("psychisch geweld", "  Intimidatie  op de werkvloer ", "intimidatie op de werkvloer"),
        ("discriminatie", "migratieachtergrond", "afkomst"),
        ("fysiek geweld", "trekken/duwen", "trekken en duwen"),
        ("fysiek geweld", "mishandeling", "mishandeling"),
        ("fysiek geweld", "", ""),
        ("radicalisering", "onbekend", ""),
        ("fysiek geweld", "pesten", None),
        ("radicalisering", "pesten", None),
    ],
)
def test_a_subcategory_is_stored_in_one_spelling(
    category: str, text: str, stored: str | None
) -> None:
    assert codes.stored_subcategory(category, text) == stored


def test_a_code_counts_only_between_its_dates() -> None:
    code = codes.Subcategory(
        "fysiek geweld", "proef", (), None, False, date(2020, 8, 1), date(2021, 7, 31), "", False
    )
    assert not code.holds_on(date(2020, 7, 31))
    assert code.holds_on(date(2020, 8, 1))
    assert code.holds_on(date(2021, 7, 31))
    assert not code.holds_on(date(2021, 8, 1))


def test_every_code_says_where_it_comes_from() -> None:
    for name in ("categories", "subcategories", "roles", "age_bands"):
        for row in codes.table(name):
            assert row["source"]
            assert row["verified"] in ("ja", "te controleren")


def test_every_category_and_every_subcategory_has_a_definition_of_one_short_sentence_or_two():
    defined = [(each.category, each.subcategory) for each in codes.definitions()]
    wanted = {(str(category), "") for category in Category}
    wanted |= {(each.category, each.name) for each in codes.subcategories()}
    assert len(defined) == len(set(defined))
    assert set(defined) == wanted
    assert all(each.words.endswith(".") and len(each.words) < 160 for each in codes.definitions())
