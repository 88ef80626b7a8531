"""Which number may be said, and what a reader is told about where it comes from."""

import json
from datetime import date

import pytest

from tests.disclosure.years import LETTER, freeze, make_dossiers, publish, released
from vertrouwd.disclosure.release import Cell
from vertrouwd.disclosure.safe import Mark
from vertrouwd.figures import demonstrations
from vertrouwd.figures.snapshot import Damaged, digest_of

TOTAL = Cell("2022-2023", "dossiers")
PHYSICAL = Cell("2022-2023", "dossiers", category="fysiek geweld")
ABUSE = Cell("2022-2023", "dossiers", category="seksueel misbruik")
HARASSMENT = Cell("2022-2023", "dossiers", category="seksuele intimidatie")
BOTH = "seksueel misbruik + seksuele intimidatie"
INVENTED = {"is_invented": True}
INTIMIDATION = {"category": "seksuele intimidatie", "subcategory": ""}


@pytest.fixture(autouse=True)
def _own_home(home, db) -> None:
    pass


def test_a_number_of_real_dossiers_is_counted(actor, tmp_path):
    publish(tmp_path, {TOTAL: 99})
    make_dossiers(2)
    figure = released(actor).figure()
    assert (figure.value, figure.mark, figure.unit) == (2, Mark.COUNTED, "dossiers")
    [source] = figure.sources
    assert source.path == "snapshots/2022-2023/r1/dossiers.parquet"


def test_in_a_demonstration_a_number_equal_to_the_published_one_is_published(actor, tmp_path):
    publish(tmp_path, {TOTAL: 2})
    make_dossiers(2, **INVENTED)
    figure = released(actor).figure()
    assert (figure.value, figure.mark) == (2, Mark.PUBLISHED)
    assert [source.kind for source in figure.sources] == ["snapshot", "published"]
    assert figure.sources[1].reference == LETTER
    assert figure.sources[1].quote.startswith("2 «geteld»")


def test_a_published_number_without_an_address_says_that_its_source_is_not_named(actor, tmp_path):
    publish(tmp_path, {TOTAL: 2}, source="")
    make_dossiers(2, **INVENTED)
    figure = released(actor).figure()
    assert figure.sources[1].reference == "tabel van 2022-2023, zonder vermelde bron"


def test_in_a_demonstration_a_cell_that_was_changed_says_what_was_published(actor, tmp_path):
    publish(tmp_path, {TOTAL: 3, PHYSICAL: 8})
    make_dossiers(3, **INVENTED)
    release = released(actor)
    figure = release.figure(category="fysiek geweld")
    assert (figure.value, figure.mark) == (8, Mark.PUBLISHED)
    assert [source.path for source in figure.sources] == ["published/2022-2023.csv"]
    assert (PHYSICAL, 0, Mark.INVENTED) in release.cells


def test_in_a_demonstration_an_invented_number_is_never_said(actor, tmp_path):
    publish(tmp_path, {TOTAL: 3})
    make_dossiers(3, **INVENTED)
    assert released(actor).figure(category="psychisch geweld") is None
    assert released(actor).figure("reports") is None


def test_a_demonstration_without_a_published_table_says_nothing(actor, tmp_path):
    publish(tmp_path, {TOTAL: 99})
    make_dossiers(3, **INVENTED)
    release = released(actor)
    assert {mark for cell, _, mark in release.cells if cell != TOTAL} == {Mark.INVENTED}


def test_the_sum_of_two_published_categories_is_published(actor, tmp_path):
    publish(tmp_path, {TOTAL: 3, ABUSE: 2, HARASSMENT: 1})
    make_dossiers(2, category="seksueel misbruik", subcategory="", **INVENTED)
    make_dossiers(1, category="seksuele intimidatie", subcategory="", **INVENTED)
    figure = released(actor).figure(category=BOTH)
    assert (figure.value, figure.mark) == (3, Mark.PUBLISHED)


def test_the_sum_is_not_known_when_one_of_the_two_is_not(actor, tmp_path):
    publish(tmp_path, {TOTAL: 3, ABUSE: 3})
    make_dossiers(3, category="seksueel misbruik", subcategory="", **INVENTED)
    assert released(actor).figure(category=BOTH) is None


def test_dossiers_of_a_withheld_sector_are_published_as_an_answer(actor, tmp_path):
    answer = Cell(
        "2022-2023", "dossiers",
        other_dimension="sector_niet_bekendgemaakt", other_value="ja",
    )  # fmt: skip
    publish(tmp_path, {TOTAL: 2, answer: 2})
    make_dossiers(2, sector="niet bekendgemaakt", **INVENTED)
    [row] = [
        row
        for table in released(actor).tables
        if table.name == "sector"
        for row in table.rows
        if row.codes == ("niet bekendgemaakt",)
    ]
    assert (row.value, row.mark, row.source) == (2, Mark.PUBLISHED, LETTER)


def test_an_earlier_year_that_was_only_published_is_quoted_from_its_table(actor):
    make_dossiers(1)
    figure = released(actor).figure(year=-1)
    assert (figure.value, figure.mark) == (1743, Mark.PUBLISHED)
    assert figure.sources[0].path == "published/shipped/2021-2022.csv"


def test_an_earlier_year_that_was_frozen_comes_before_what_was_published(actor):
    make_dossiers(1)
    make_dossiers(2, received_on=date(2021, 9, 1))
    freeze(actor, "2021-2022")
    figure = released(actor).figure(year=-1)
    assert (figure.value, figure.mark) == (2, Mark.COUNTED)


def test_an_earlier_year_that_is_invented_leaves_the_word_to_what_was_published(actor):
    make_dossiers(1)
    make_dossiers(2, received_on=date(2021, 9, 1), **INVENTED)
    freeze(actor, "2021-2022")
    release = released(actor)
    assert release.figure(year=-1).value == 1743
    assert release.figure(year=-1, category="fysiek geweld", accused_role="ouder") is None


def test_a_year_of_which_nothing_is_known_has_no_figure(actor):
    make_dossiers(1)
    assert released(actor).figure(year=-15) is None


def test_sources_that_contradict_each_other_give_no_figure(actor):
    make_dossiers(1, received_on=date(2014, 9, 1))
    release = released(actor, "2014-2015")
    assert release.figure("reports", year=-1) is None
    assert release.figure("reports", year=-1, category="fysiek geweld").value == 541


def test_a_contradicted_number_that_was_drawn_is_published_by_the_source_that_has_it(actor):
    make_dossiers(249, received_on=date(2013, 9, 1), **INVENTED, **INTIMIDATION)
    figure = released(actor, "2013-2014").figure("reports", category="seksuele intimidatie")
    assert (figure.value, figure.mark) == (249, Mark.PUBLISHED)
    assert "nrc.nl" in figure.sources[1].reference


def test_a_table_edited_after_the_demonstration_was_drawn_from_it_types_no_number(
    actor, home, tmp_path
):
    publish(tmp_path, {TOTAL: 2})
    make_dossiers(2, **INVENTED)
    note = demonstrations.file_of("2022-2023", home=home)
    note.parent.mkdir()
    digest = digest_of(home / "published" / "2022-2023.csv")
    note.write_text(json.dumps({"table_sha256": digest}))
    assert released(actor).figure().value == 2
    publish(tmp_path, {TOTAL: 9999})
    with pytest.raises(Damaged, match=r"published/2022-2023\.csv is not the table"):
        released(actor)
