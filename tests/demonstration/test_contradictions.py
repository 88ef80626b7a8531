"""Cells that contradict each other: the least change, in a fixed order of what gives way."""

import pytest
from django.core.management import CommandError

from vertrouwd.demonstration.reconcile import Contradiction
from vertrouwd.demonstration.targets import quoted_cells
from vertrouwd.demonstration.year import draw_year
from vertrouwd.dossiers.terms import Category
from vertrouwd.figures import published
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.published_table import PublishedRow
from vertrouwd.schools.years import parse_year

YEAR = "2018-2019"


def row(count: int, measure: str = "dossiers", year: str = YEAR, **codes: str) -> PublishedRow:
    return PublishedRow(Cell(year, measure, **codes), count)


def changed(*rows: PublishedRow) -> list[tuple[str, int, int]]:
    year = rows[0].cell.school_year
    drawn = draw_year(parse_year(year), rows, seed=1)
    return [(c.cell.id.partition("/")[2], c.published, c.drawn) for c in drawn.changed]


def categories(**counts: int) -> list[PublishedRow]:
    """All seven categories, one dossier each unless told otherwise."""
    return [row(counts.get(c.value.replace(" ", "_"), 1), category=c.value) for c in Category]


def test_overig_gives_way_before_any_other_category():
    assert changed(row(7), *categories(overig=3)) == [("dossiers/category=overig", 3, 1)]


def test_overig_grows_when_the_parts_leave_some_out():
    assert changed(row(9), *categories()) == [("dossiers/category=overig", 1, 3)]


def test_where_overig_cannot_give_enough_another_category_gives_the_rest():
    assert changed(row(8), *categories(overig=1, fysiek_geweld=5)) == [
        ("dossiers/category=fysiek geweld", 5, 3),
        ("dossiers/category=overig", 1, 0),
    ]


def test_reports_give_way_when_they_are_fewer_than_dossiers():
    assert changed(row(12), row(10, "reports")) == [("reports", 10, 12)]


def test_overig_changes_before_reports_do():
    found = changed(row(7), row(7, "reports"), *categories(overig=2))
    assert found == [("dossiers/category=overig", 2, 1)]


def test_a_total_of_dossiers_never_changes():
    assert changed(row(4), row(5, sector="po")) == [("dossiers/sector=po", 5, 4)]


def test_two_totals_of_dossiers_cannot_both_stand_and_are_named():
    with pytest.raises(Contradiction, match=r"2018-2019/dossiers \(4 and 5\)"):
        changed(row(4), row(5))


def test_a_cell_the_letter_quotes_never_changes():
    total = row(2152, year="2022-2023")
    workplace = row(
        71,
        year="2022-2023",
        category="psychisch geweld",
        subcategory="intimidatie op de werkvloer",
    )
    psychological = row(60, year="2022-2023", category="psychisch geweld", sector="vo")
    others = [
        row(100, year="2022-2023", category="psychisch geweld", sector=sector)
        for sector in ("po", "so", "mbo", "ho", "niet bekendgemaakt")
    ]
    whole = row(992, year="2022-2023", category="psychisch geweld")
    found = changed(total, workplace, whole, psychological, *others)
    assert sum(now - was for _, was, now in found) == 992 - 560
    assert not {cell for cell, *_ in found} & {"dossiers", "dossiers/category=psychisch geweld"}


def test_quoted_cells_that_contradict_each_other_end_with_their_names():
    with pytest.raises(Contradiction, match="category=psychisch geweld"):
        changed(
            row(2152, year="2022-2023"),
            row(992, year="2022-2023", category="psychisch geweld"),
            row(1200, year="2022-2023", category="fysiek geweld"),
            row(560, year="2022-2023", category="fysiek geweld"),
            row(1105, year="2022-2023", category="psychisch geweld"),
        )


def test_one_cell_published_twice_keeps_its_first_number():
    found = draw_year(
        parse_year(YEAR), [row(20, "reports"), row(18, "reports"), row(7, "reports", sector="po")],
        seed=1,
    )  # fmt: skip
    assert [str(cell) for cell in found.changed] == [
        "2018-2019/reports: published 18, drawn 20: the table gives this cell more than once: "
        "20 and 18"
    ]


def test_every_changed_cell_says_why():
    [overig] = draw_year(parse_year(YEAR), [row(7), *categories(overig=2)], seed=1).changed
    assert overig.why == "the categories sum to 8 under a total of 7"
    [reports] = draw_year(parse_year(YEAR), [row(9), row(8, "reports")], seed=1).changed
    assert reports.why == "8 reports are fewer than 9 dossiers"


def test_categories_that_leave_some_dossiers_out_need_no_change():
    table = published.SHIPPED / "kinderopvang-2020.csv"
    drawn = draw_year(parse_year("2020"), published.read_table(table), seed=1)
    assert len(drawn.dossiers) == 103
    assert not drawn.changed


def test_a_table_without_a_total_gets_the_least_that_meets_it():
    drawn = draw_year(parse_year(YEAR), [row(10, "reports", sector="ho")], seed=1)
    assert len(drawn.dossiers) == drawn.reports == 10
    assert "10 is the least" in drawn.notes[-1]


def test_cells_of_different_dimensions_overlap_in_the_least_total():
    drawn = draw_year(parse_year(YEAR), [row(10, sector="ho"), row(30, category="overig")], seed=1)
    assert len(drawn.dossiers) == 30


def test_a_number_no_dossier_can_have_ends_with_its_name(make_year, table):
    path = table(
        {"count": "3"},
        {"category": "overig", "subcategory": "", "count": "2"},
        {"count": "4"},
    )
    with pytest.raises(CommandError, match="2022-2023/dossiers") as failure:
        make_year("2022-2023", path)
    assert failure.value.returncode == 1


def test_the_cells_the_letter_quotes_stand_in_the_published_tables():
    known = {row.cell.id for row in published.shipped()}
    assert quoted_cells() <= known
    assert len(quoted_cells()) == 16
