"""Sums that do not meet their parts are named with both sides, and nothing else is."""

import pytest

from vertrouwd.figures import mismatches
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.published import SHIPPED, read_table
from vertrouwd.figures.published_table import PublishedRow

YEAR = "2022-2023"
CATEGORIES = {
    "seksueel misbruik": 152,
    "seksuele intimidatie": 318,
    "psychisch geweld": 992,
    "fysiek geweld": 560,
    "discriminatie": 116,
    "radicalisering": 7,
    "overig": 7,
}


def rows(counts: dict[Cell, int]) -> list[PublishedRow]:
    return [PublishedRow(cell, count) for cell, count in counts.items()]


def cell(measure: str = "dossiers", **codes: str) -> Cell:
    return Cell(YEAR, measure, **codes)


def by_category(total: int) -> dict[Cell, int]:
    return {cell(): total} | {cell(category=name): n for name, n in CATEGORIES.items()}


def told(name: str) -> list[str]:
    found = mismatches.in_published(read_table(SHIPPED / f"{name}.csv"))
    return [mismatch.what for mismatch in found]


def test_categories_that_meet_the_total_are_no_news():
    assert mismatches.in_published(rows(by_category(2152))) == []


def test_one_too_many_is_named_with_its_parts():
    [mismatch] = mismatches.in_published(rows(by_category(2151)))
    assert (mismatch.total, mismatch.parts, mismatch.difference) == (2151, CATEGORIES, 1)
    assert mismatch.source == "gepubliceerde tabel 2022-2023"


def test_the_withheld_of_2022_2023_are_eight_in_words_and_seven_in_the_sum():
    assert told("2022-2023") == [
        "Dossiers 2022-2023: het totaal is 2.152, de genoemde categorieën tellen op tot 2.153, "
        "1 meer dan het totaal.",
        "Dossiers 2022-2023: 8 heten er «niet bekendgemaakt» (in de tabel: overig), maar naast "
        "de andere categorieën blijven er 7 over.",
    ]


def test_2021_2022_has_fewer_reports_than_dossiers():
    assert told("2021-2022") == [
        "Dossiers 2021-2022: er zijn 1.742 meldingen gepubliceerd, minder dan 1.743 dossiers. "
        "Een dossier heeft minstens één melding."
    ]


def test_2013_2014_has_two_totals_and_categories_that_meet_neither():
    found = told("2013-2014")
    assert "Meldingen 2013-2014: de ene bron noemt 2.230, een andere 2.182." in found
    assert any("seksuele intimidatie" in what and "249" in what for what in found)
    assert any("de rest is niet benoemd" in what and "2.062" in what for what in found)


def test_four_categories_of_childcare_2020_leave_four_dossiers_unnamed():
    assert told("kinderopvang-2020") == [
        "Dossiers 2020 (kinderopvang): het totaal is 103, de genoemde categorieën tellen op tot "
        "99, 4 minder dan het totaal: de rest is niet benoemd."
    ]


@pytest.mark.parametrize("name", ["2019-2020", "kinderopvang-2022", "2017-2018", "2004-2005"])
def test_a_table_that_meets_or_names_too_little_to_tell_is_no_news(name):
    assert told(name) == []


def test_a_cross_attribute_is_never_added_up():
    places = {
        cell(category="overig"): 3,
        cell(category="overig", other_dimension="locatie", other_value="online"): 3,
        cell(category="overig", other_dimension="locatie", other_value="op school"): 3,
        cell(category="overig", accused_role="ouder"): 3,
        cell(category="overig", accused_role="leerling"): 2,
    }
    assert mismatches.in_published(rows(places)) == []


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (cell(category="overig"), cell(category="overig", accused_role="ouder")),
        (cell(), cell(sector="vo")),
        (
            cell(category="psychisch geweld"),
            cell(category="psychisch geweld", subcategory="pesten"),
        ),
        (
            cell(category="overig"),
            cell(
                "referrals",
                category="overig",
                other_dimension="verwezen_naar",
                other_value="politie",
            ),
        ),
    ],
)
def test_a_part_larger_than_its_whole_is_named(whole, part):
    [mismatch] = mismatches.in_published(rows({whole: 3, part: 4}))
    assert "meer dan de 3 van" in mismatch.what
    assert mismatches.in_published(rows({whole: 4, part: 4})) == []


def test_the_two_sexual_categories_meet_their_sum():
    counts = by_category(2152) | {cell(category=mismatches.SUM_CATEGORY): 469}
    [mismatch] = mismatches.in_published(rows(counts))
    assert mismatch.parts == {"seksueel misbruik": 152, "seksuele intimidatie": 318}


def test_all_sectors_with_those_withheld_meet_the_total():
    sectors = {"po": 4, "so": 1, "vo": 3, "mbo": 1, "ho": 1}
    counts = {cell(): 12} | {cell(sector=name): n for name, n in sectors.items()}
    counts[cell(other_dimension="sector_niet_bekendgemaakt", other_value="ja")] = 1
    [mismatch] = mismatches.in_published(rows(counts))
    assert mismatch.difference == -1
    counts[cell()] = 11
    assert mismatches.in_published(rows(counts)) == []


def test_a_snapshot_whose_reports_belong_to_other_years_says_so():
    codes = [{}, {"category": "overig"}, {"sector": "po"}, {"category": "overig", "sector": "po"}]
    cells = {cell(**code): 2 for code in codes} | {cell("reports", **code): 5 for code in codes}
    [mismatch] = mismatches.in_snapshot(cells, "momentopname", in_dossiers=4)
    assert "De rest hoort bij dossiers van een ander jaar" in mismatch.what
    assert mismatches.in_snapshot(cells, "momentopname", in_dossiers=5) == []


def test_a_snapshot_that_counts_wrongly_would_be_seen():
    cells = {cell(): 3, cell(category="overig"): 2}
    assert mismatches.in_snapshot(cells, "momentopname", in_dossiers=0)


def test_a_snapshot_that_differs_from_what_was_published_names_both():
    [mismatch] = mismatches.with_published({cell(): 7}, rows({cell(): 8}), "momentopname")
    assert mismatch.what == "Dossiers 2022-2023: gepubliceerd is 8, deze telling komt op 7."


def test_an_answer_is_named_with_its_question_and_a_large_number_with_its_dot():
    withheld = cell(other_dimension="sector_niet_bekendgemaakt", other_value="ja")
    [mismatch] = mismatches.with_published({withheld: 0}, rows({withheld: 1008}), "momentopname")
    assert mismatch.what == (
        "Dossiers 2022-2023 (sector niet bekendgemaakt: ja): gepubliceerd is 1.008, "
        "deze telling komt op 0."
    )


def test_a_snapshot_may_follow_either_of_two_sources():
    both = [*rows({cell(): 8}), *rows({cell(): 7})]
    assert mismatches.with_published({cell(): 7}, both, "momentopname") == []
