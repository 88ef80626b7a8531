"""What `make-year` refuses, and what it says."""

from datetime import date

import pytest
from django.core.management import CommandError

from tests.factories import make_institution, make_report
from vertrouwd.dossiers.models import Report
from vertrouwd.figures import published

TABLE = published.SHIPPED / "2022-2023.csv"


def refusal(make_year, *arguments) -> str:
    with pytest.raises(CommandError) as raised:
        make_year(*arguments)
    assert raised.value.returncode == 2
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_demonstration_never_stands_beside_real_reports(make_year, home):
    make_report(received_on=date(2019, 3, 4))
    assert "1 reports that are not invented" in refusal(make_year, "2022-2023", TABLE)
    assert Report.objects.count() == 1
    assert not (home / "demonstrations").exists()
    assert not (home / "published").exists()


def test_an_institution_of_the_register_is_never_given_an_invented_case(make_year):
    make_institution(code="ZZ00", is_invented=False)
    assert "ZZ0" in refusal(make_year, "2022-2023", TABLE)
    assert not Report.objects.exists()


def test_a_table_of_another_year_is_named(make_year):
    said = refusal(make_year, "2021-2022", TABLE)
    assert said.startswith("2022-2023.csv, row 2, column school_year: '2022-2023' is not 2021-2022")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"count": "-3"}, "row 2, column count: '-3'"),
        ({"count": "3", "sector": "basisschool"}, "row 2, column sector: 'basisschool'"),
        ({"count": "3", "sector": "kinderopvang"}, "row 2, column sector: 'kinderopvang'"),
        ({"count": "3", "category": "overlast"}, "row 2, column category: 'overlast'"),
        ({"count": "3", "measure": "klachten"}, "row 2, column measure: 'klachten'"),
        (
            {"count": "3", "category": "discriminatie", "subcategory": "pesten"},
            "row 2, column subcategory: 'pesten' is no subcategory of discriminatie",
        ),
        (
            {"count": "3", "other_dimension": "discriminatiegrond", "other_value": "haarkleur"},
            "row 2, column other_value: 'haarkleur'",
        ),
        (
            {"count": "3", "other_dimension": "maand", "other_value": "2021-01"},
            "row 2, column other_value: '2021-01'",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_column(make_year, table, row, said):
    assert said in refusal(make_year, "2022-2023", table(row, name="mine.csv"))


def test_a_missing_column_is_named(make_year, tmp_path):
    path = tmp_path / "narrow.csv"
    path.write_text("school_year,measure,count\n2022-2023,dossiers,3\n")
    assert "narrow.csv, row 1: no column sector" in refusal(make_year, "2022-2023", path)


def test_a_missing_file_and_a_wrong_year_are_named(make_year, tmp_path):
    assert "no such file" in refusal(make_year, "2022-2023", tmp_path / "none.csv")
    assert "is not a school year" in refusal(make_year, "2022-2024", TABLE)


HEADER = (
    "school_year,measure,sector,category,subcategory,accused_role,other_dimension,other_value,count"
)


def test_a_year_of_ten_million_dossiers_is_refused_at_once(make_year, tmp_path):
    table = tmp_path / "many.csv"
    table.write_text(f"{HEADER}\n2022-2023,dossiers,,,,,,,10000000\n")
    assert "many.csv counts 10000000" in refusal(make_year, "2022-2023", table)


@pytest.mark.filterwarnings("error")
def test_a_table_that_contradicts_itself_is_refused_without_a_warning(make_year, tmp_path):
    table = tmp_path / "cycle.csv"
    rows = [",,,,,,10", ",fysiek geweld,,,,,12", "po,fysiek geweld,,,,,15", "po,,,,,,3"]
    lines = [HEADER, *(f"2022-2023,dossiers,{row}" for row in rows)]
    table.write_text("\n".join([*lines, "2022-2023,reports,,,,,,,2"]) + "\n")
    with pytest.raises(CommandError, match="contradict the rest of the table"):
        make_year("2022-2023", table)
