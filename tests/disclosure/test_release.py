"""The one door to publication: what a release holds, and that every number can be recomputed."""

from collections import Counter
from datetime import date

import duckdb
import pytest

from tests.disclosure.plain_duckdb import answers
from tests.disclosure.years import YEAR, freeze, make_dossiers, released
from tests.factories import make_dossier, make_report
from tests.figures import oracle
from vertrouwd.audit.models import Line
from vertrouwd.disclosure.release import (
    Cell,
    Damaged,
    NotFrozen,
    Release,
    parse_year,
    release_year,
)
from vertrouwd.disclosure.safe import SafeTable
from vertrouwd.dossiers.actions import code_dossier
from vertrouwd.figures.coded import CodedRow
from vertrouwd.figures.snapshot_tables import CODED

BOTH = "seksueel misbruik + seksuele intimidatie"


@pytest.fixture(autouse=True)
def _own_home(home, db) -> None:
    pass


def table(release: Release, name: str) -> SafeTable:
    [found] = [table for table in release.tables if table.name == name]
    return found


def values(of: SafeTable) -> dict[tuple[str, ...], int | None]:
    return {row.codes: row.value for row in of.rows}


def a_mixed_year() -> None:
    make_dossiers(3)
    make_dossiers(2, sector="vo", category="discriminatie", subcategory="afkomst")
    make_report(category="seksueel misbruik", subcategory="", referred_to_police="ja",
                accused_role="met taken belast persoon", accused_age=44)  # fmt: skip
    make_report(sector="niet bekendgemaakt", affected_age=None, accused_age=None)


def test_a_year_that_was_not_frozen_is_not_released(actor):
    make_dossiers(1)
    with pytest.raises(NotFrozen) as refused:
        release_year(parse_year(YEAR), by=actor)
    assert str(refused.value) == (
        "2022-2023 has not been frozen. Run: vertrouwd freeze-year 2022-2023"
    )


def test_a_snapshot_that_was_changed_is_not_released(actor, home):
    make_dossiers(1)
    freeze(actor)
    path = home / "snapshots" / YEAR / "r1" / "reports.parquet"
    path.chmod(0o644)
    path.write_bytes(b"something else")
    with pytest.raises(Damaged, match=r"reports\.parquet was changed after it was frozen"):
        release_year(parse_year(YEAR), by=actor)


def test_a_release_leaves_one_line_with_the_decision_it_rests_on(actor):
    make_dossiers(1)
    release = released(actor)
    line = Line.objects.get(action="release_year")
    assert (line.object, line.actor) == ("2022-2023 revision 1", "system")
    assert line.detail == {"policy": "docs/decisions/published-detail.md"}
    assert {made.policy for made in release.tables} == {release.policy.name}


def test_a_release_names_the_snapshot_it_stands_on(actor):
    make_dossiers(1)
    provenance = released(actor).provenance
    assert provenance.snapshot == "2022-2023 revision 1"
    assert set(provenance.sha256) == {"dossiers.parquet", "reports.parquet", "codes.json"}
    assert (provenance.is_demonstration, provenance.is_provisional) == (False, False)


def test_what_a_demonstration_had_to_change_is_told(actor, home):
    make_dossiers(1)
    (home / "demonstrations").mkdir()
    (home / "demonstrations" / f"{YEAR}.json").write_text('{"changed_cells": [{"drawn": 7}]}')
    assert released(actor).provenance.changed_cells == ({"drawn": 7},)


def test_every_table_of_a_school_year_is_there(actor):
    make_dossiers(1)
    assert {made.name for made in released(actor).tables} >= {
        "category", "sector", "category-by-sector", "subcategory-by-sector", "accused-role",
        "discrimination-ground-by-accused-role", "age", "place", "social-media", "month",
        "police-referral",
    }  # fmt: skip


def test_tables_show_totals_zeros_and_unknown(actor):
    a_mixed_year()
    release = released(actor)
    assert values(table(release, "category")) == {
        ("totaal",): 7, ("seksueel misbruik",): 1, ("seksuele intimidatie",): 0,
        ("psychisch geweld",): 4, ("fysiek geweld",): 0, ("discriminatie",): 2,
        ("radicalisering",): 0, ("overig",): 0,
    }  # fmt: skip
    assert values(table(release, "sector"))[("niet bekendgemaakt",)] == 1
    assert values(table(release, "age"))[("onbekend",)] == 1
    assert values(table(release, "police-referral")) == {
        ("totaal",): 7, ("politie",): 1, ("nee",): 6, ("onbekend",): 0,
    }  # fmt: skip
    grounds = values(table(release, "discrimination-ground-by-accused-role"))
    assert grounds[("totaal", "totaal")] == grounds[("afkomst", "leerling")] == 2
    months = values(table(release, "month"))
    assert months[("2023-04", "dossiers")] == months[("totaal", "meldingen")] == 7
    assert months[("2022-08", "dossiers")] == 0


def test_rows_of_a_partition_meet_the_total_and_a_cross_attribute_says_it_need_not(actor):
    a_mixed_year()
    release = released(actor)
    for made in release.tables:
        if len(made.dimensions) == 1 and made.parts_meet_total:
            found = values(made)
            assert sum(n for codes, n in found.items() if codes != ("totaal",)) == 7, made.name
    assert not table(release, "place").parts_meet_total
    assert "meer dan één rij" in table(release, "place").note
    assert "meer dan één kolom" in table(release, "place-by-category").note  # places go across


def test_childcare_has_its_own_tables_and_always_its_sector(actor):
    make_report(sector="kinderopvang", setting="gastouderopvang", received_on=date(2022, 9, 1))
    release = released(actor, "2022")
    assert release.is_childcare
    assert values(table(release, "setting"))[("gastouderopvang",)] == 1
    assert "sector" not in {made.name for made in release.tables}
    assert {cell.sector for cell, _, _ in release.cells} == {"kinderopvang"}
    assert release.figure(year=-1).value == 136
    assert release.figure(opvangvoorziening="gastouderopvang").value == 1


def test_every_combination_that_was_published_of_the_year_has_a_row(actor):
    make_dossiers(1)
    found = {cell: count for cell, count, _ in released(actor).cells}
    zero = Cell(
        YEAR, "referrals", category="seksueel misbruik",
        accused_role="met taken belast persoon", other_dimension="verwezen_naar",
        other_value="zedenpolitie",
    )  # fmt: skip
    assert found[zero] == 0
    assert list(found) == sorted(found)
    assert [cell for cell, count in found.items() if not count and cell.category == "overig"]


def test_a_year_beside_the_two_before_it(actor):
    make_dossiers(1, category="seksueel misbruik", subcategory="")
    series = released(actor).series
    found = values(series)
    assert found[("totaal", "2020-2021")] == 1296
    assert found[(BOTH, "2021-2022")] == 400
    assert found[(BOTH, "2022-2023")] == 1
    assert found[("psychisch geweld", "2020-2021")] is None
    assert "coronajaar" in series.note
    assert "eerst als meldingen gepubliceerd" in series.note


def test_how_numbers_were_published_is_not_said_of_years_we_counted_ourselves(actor):
    for year in ("2020-2021", "2021-2022", YEAR):
        make_dossiers(1, category="overig", subcategory="", received_on=date(int(year[:4]), 9, 1))
        freeze(actor, year)
    note = released(actor).series.note
    assert "coronajaar" in note
    assert "gepubliceerd en in januari" not in note
    assert "«overig»" not in note


def test_history_goes_back_to_the_first_year_that_is_known_and_names_what_breaks_it(actor):
    make_dossiers(1)
    points = released(actor).history()
    told = {point.year: point for point in points}
    assert points[0].figure is not None
    assert told["2019-2020"].figure.unit == "reports"
    assert told["2018-2019"].figure is None
    assert [(b.kind, b.stops) for b in told["2020-2021"].breaks] == [
        ("eenheid", True),
        ("corona", False),
    ]
    assert [(b.kind, b.stops) for b in told["2022-2023"].breaks] == [("eenheid", False)]
    assert points[-1].figure.value == 1


def test_overig_changed_its_meaning(actor):
    make_dossiers(1, category="overig", subcategory="")
    last = released(actor).history(category="overig")[-1]
    assert ("betekenis", True) in [(b.kind, b.stops) for b in last.breaks]


def test_a_mistyped_dimension_or_code_is_no_zero(actor):
    make_dossiers(1)
    release = released(actor)
    with pytest.raises(ValueError, match="'plaats' is not a dimension"):
        release.figure(plaats="online")
    with pytest.raises(ValueError, match="'psychisch' is not a category"):
        release.figure(category="psychisch")
    with pytest.raises(ValueError, match="one dimension of this kind at most"):
        release.figure(locatie="online", sociale_media="ja")
    with pytest.raises(ValueError, match="'klachten' is not counted"):
        release.figure("klachten")


def test_sums_that_do_not_meet_are_told_of_this_year_and_the_two_before(actor):
    make_dossiers(1)
    told = " ".join(mismatch.what for mismatch in released(actor).mismatches)
    assert "tellen op tot 2.153, 1 meer dan het totaal" in told
    assert "1.742 meldingen gepubliceerd, minder dan 1.743 dossiers" in told
    assert "gepubliceerd is 2.152, deze telling komt op 1" in told


def test_every_query_gives_its_value_in_a_duckdb_that_knows_nothing_of_us(actor, home):
    a_mixed_year()
    make_dossiers(2, received_on=date(2021, 9, 1))
    release = released(actor)
    total, before = release.figure(), release.figure(year=-1)
    abuse = release.figure(category="seksueel misbruik")
    figures = [
        total,
        before,
        abuse,
        release.figure("reports"),
        release.figure("reports", year=-1),
        release.figure("referrals", category="seksueel misbruik"),
        release.figure("referrals", category="fysiek geweld"),
        release.figure(category=BOTH),
        release.figure(category=BOTH, year=-1),
        release.figure(category="discriminatie", discriminatiegrond="migratieachtergrond"),
        release.figure(locatie="op school", category="psychisch geweld", sector="po"),
        release.figure(maand="2023-04"),
        release.difference(total, before),
        release.absolute(release.difference(total, before)),
        release.share(abuse, total),
        release.share(abuse, total, decimals=0),
        release.difference(
            release.share(abuse, total),
            release.share(release.figure(category=BOTH, year=-1), before),
        ),
    ]
    assert [figure.value for figure in figures[:2]] == [7, 1743]
    assert answers(home, [f.query for f in figures]) == [f.value for f in figures]
    assert all(query.count(";") == 0 for query in (figure.query for figure in figures))


def test_changing_one_dossier_moves_exactly_the_numbers_that_depend_on_it(actor, home):
    a_mixed_year()
    dossier = make_dossier(category="psychisch geweld", subcategory="pesten")
    before = _numbers(released(actor))
    old = _rows(home, 1)
    code_dossier(
        dossier, category="fysiek geweld", subcategory="wapens", sector="vo", by=actor,
        reason="eerste codering onjuist",
    )  # fmt: skip
    after = _numbers(released(actor))
    new = _rows(home, 2)
    [was], [became] = (old - new).elements(), (new - old).elements()
    moved = {cell for cell in before | after if before.get(cell, 0) != after.get(cell, 0)}
    assert moved == _cells(was) ^ _cells(became)
    for cell in moved:
        assert after.get(cell, 0) - before.get(cell, 0) == (1 if cell in _cells(became) else -1)


def _numbers(release: Release) -> dict[Cell, int]:
    return {cell: count for cell, count, _ in release.cells}


def _cells(row: CodedRow) -> set[Cell]:
    return {
        cell
        for measure in ("dossiers", "referrals")
        for cell in oracle.cells_of(row, measure, YEAR, childcare=False)
    }


def _rows(home, revision: int) -> Counter[CodedRow]:
    path = home / "snapshots" / YEAR / f"r{revision}" / "dossiers.parquet"
    rows = duckdb.sql(f"SELECT {', '.join(CODED)} FROM '{path}'").fetchall()
    return Counter(
        CodedRow(*(tuple(value) if isinstance(value, list) else value for value in row))
        for row in rows
    )
