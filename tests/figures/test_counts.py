"""A dossier counts once in every cell it is in, and nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures import oracle
from tests.figures.populations import coded_rows, tables_of
from vertrouwd.figures import counts
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.coded import CodedRow
from vertrouwd.figures.combinations import every_cell

YEAR = "2022-2023"
SOME = 100
DOSSIER = CodedRow(
    month="2022-09",
    sector="vo",
    category="seksueel misbruik",
    subcategory="aanranding",
    accused_roles=("leerling", "met taken belast persoon"),
    affected_roles=("leerling",),
    youngest_involved="13-15",
    affected_age_band="13-15",
    places=("buiten school", "online"),
    social_media="ja",
    referred_to_police="ja",
    setting="",
    sector_withheld="nee",
)


def counts_of(
    dossiers: list[CodedRow], reports: list[CodedRow], *, childcare: bool = False
) -> tuple[counts.Counts, counts.Counts]:
    """All cells in one pass, and some hundred of them each by its own condition."""
    with (
        TemporaryDirectory() as folder,
        counts.open_tables(*tables_of(Path(folder), dossiers, reports)) as tables,
    ):
        every = every_cell(tables, YEAR, childcare=childcare)
        some = sorted(every)[:: max(1, len(every) // SOME)]
        return every, counts.count_each(tables, some)


@pytest.fixture
def one_dossier(tmp_path: Path) -> Iterator[counts.Counts]:
    with counts.open_tables(*tables_of(tmp_path, [DOSSIER], [])) as tables:
        yield every_cell(tables, YEAR, childcare=False)


@settings(max_examples=25, deadline=None)
@given(st.lists(coded_rows(), max_size=5), st.lists(coded_rows(), max_size=2))
def test_every_cell_of_a_school_year_counts_as_a_plain_loop_does(dossiers, reports):
    every, each = counts_of(dossiers, reports)
    assert every == oracle.counted(dossiers, reports, YEAR, childcare=False)
    assert each.items() <= every.items()


@settings(max_examples=15, deadline=None)
@given(st.lists(coded_rows(childcare=True), max_size=5))
def test_every_cell_of_a_childcare_year_counts_as_a_plain_loop_does(dossiers):
    every, each = counts_of(dossiers, dossiers, childcare=True)
    assert every == oracle.counted(dossiers, dossiers, YEAR, childcare=True)
    assert each.items() <= every.items()
    assert {cell.sector for cell in every} <= {"kinderopvang"}


def test_a_dossier_with_two_accused_counts_once_for_each_role_and_once_in_total(one_dossier):
    def found(**codes: str) -> int:
        return one_dossier[Cell(YEAR, "dossiers", **codes)]

    assert found(accused_role="leerling") == found(accused_role="met taken belast persoon") == 1
    assert found() == 1


def test_both_sexual_categories_make_the_sum_category(one_dossier):
    assert one_dossier[Cell(YEAR, "dossiers", category=oracle.BOTH)] == 1


def test_a_referral_to_the_vice_police_is_also_one_to_the_police(one_dossier):
    for value in ("politie", "zedenpolitie"):
        cell = Cell(YEAR, "referrals", other_dimension="verwezen_naar", other_value=value)
        assert one_dossier[cell] == 1


def test_unknown_is_a_code_in_every_dimension():
    unknown = replace(
        DOSSIER,
        subcategory="onbekend",
        accused_roles=("onbekend",),
        youngest_involved="onbekend",
        affected_age_band="onbekend",
        places=("onbekend",),
        social_media="onbekend",
        referred_to_police="onbekend",
    )
    every, _ = counts_of([unknown], [])
    said = {name for cell in every for name, code in cell.codes.items() if code == "onbekend"}
    assert said == {
        "subcategory", "accused_role", "leeftijd_betrokken_leerling", "leeftijd_betrokkene",
        "locatie", "sociale_media", "verwezen_naar",
    }  # fmt: skip


def test_a_dimension_that_no_snapshot_holds_is_refused():
    with pytest.raises(ValueError, match="holds no dimension 'schoenmaat'"):
        counts.condition(Cell(YEAR, "dossiers", other_dimension="schoenmaat", other_value="40"))


def test_a_quote_in_a_code_stays_text():
    assert counts.condition(Cell(YEAR, "dossiers", sector="po' OR '1'='1")) == (
        "sector = 'po'' OR ''1''=''1'"
    )
