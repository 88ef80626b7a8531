"""The tables that were published: they ship whole, and a faulty one is explained."""

import csv
from pathlib import Path

import pytest

from vertrouwd.figures import published
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.published import install, read_table, rows
from vertrouwd.schools.years import parse_year

YEAR = parse_year("2022-2023")
ROW = {
    "school_year": "2022-2023",
    "measure": "dossiers",
    "sector": "",
    "category": "",
    "subcategory": "",
    "accused_role": "",
    "other_dimension": "",
    "other_value": "",
    "count": "2152",
    "source_url": "Kamerstuk 29240 nr. 136",
    "quote": "2152 dossiers",
}


@pytest.fixture
def _home(home) -> None:
    pass


def table(tmp_path: Path, *changes: dict[str, str], columns: dict[str, str] = ROW) -> Path:
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns))
        writer.writeheader()
        writer.writerows(columns | change for change in changes or [{}])
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ValueError) as refused:
        read_table(path)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    "path", sorted(published.SHIPPED.glob("[0-9k]*.csv")), ids=lambda p: p.stem
)
def test_every_shipped_table_is_read_and_every_number_has_its_source_and_quote(path):
    for row in read_table(path):
        assert row.source_url
        assert row.quote
        assert row.source_term in {"dossiers", "meldingen", "unieke meldingen", "klachten"}


def test_all_years_that_were_found_are_shipped(_home):
    assert len(published.years()) == 17
    assert len(published.shipped()) == 127


def test_the_letter_of_2022_2023_stands_in_its_table(_home):
    counts = {row.cell: row.count for row in rows(YEAR)}
    assert counts[Cell("2022-2023", "dossiers")] == 2152
    assert counts[Cell("2022-2023", "dossiers", category="fysiek geweld")] == 560


def test_a_year_of_which_nothing_was_published_has_no_rows(_home):
    assert rows(parse_year("1999-2000")) == []
    assert published.file_of(parse_year("1999-2000")) is None


def test_an_installed_table_comes_before_the_shipped_one(_home, home, tmp_path):
    installed = install(table(tmp_path, {"count": "7"}), YEAR)
    assert installed == home / "published" / "2022-2023.csv"
    assert [row.count for row in rows(YEAR)] == [7]
    assert published.file_of(YEAR) == installed


def test_a_shipped_table_lies_in_the_home_once_it_is_cited_and_follows_the_package(_home, home):
    kept = published.file_of(YEAR)
    assert kept == home / "published" / "shipped" / "2022-2023.csv"
    kept.write_text("an older version of the package")
    assert (
        published.file_of(YEAR).read_bytes() == (published.SHIPPED / "2022-2023.csv").read_bytes()
    )


def test_a_table_of_another_year_is_not_installed(_home, tmp_path):
    with pytest.raises(ValueError, match=r"table.csv is a table of 2022-2023, not of 2021-2022"):
        install(table(tmp_path), parse_year("2021-2022"))


def test_two_sources_that_contradict_each_other_both_stand(_home):
    total = Cell("2013-2014", "reports")
    assert [r.count for r in rows(parse_year("2013-2014")) if r.cell == total] == [2230, 2182]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"school_year": "2022-2024"}, "column school_year: '2022-2024' is not a school year"),
        ({"measure": "klachten"}, "column measure: 'klachten' is not dossiers, reports, referrals"),
        ({"sector": "primair"}, "column sector: 'primair' is not po, so, vo"),
        ({"sector": "kinderopvang"}, "column sector: 'kinderopvang' is not po"),
        ({"category": "geweld"}, "column category: 'geweld' is not seksueel misbruik"),
        ({"subcategory": "pesten"}, "column subcategory: 'pesten' without a category"),
        ({"accused_role": "leraar"}, "column accused_role: 'leraar' is not met taken belast"),
        ({"other_dimension": "weer", "other_value": "nat"}, "column other_dimension: 'weer'"),
        ({"other_dimension": "locatie"}, "columns other_dimension, other_value: one is empty"),
        (
            {"other_dimension": "locatie", "other_value": "thuis"},
            "column other_value: 'thuis' is not op school, onderweg",
        ),
        (
            {"other_dimension": "maand", "other_value": "2021-09"},
            "column other_value: '2021-09' is not 2022-08",
        ),
        ({"measure": "referrals"}, "A count of referrals has verwezen_naar here"),
        ({"count": "2.152"}, "column count: '2.152' is not a whole number in digits only"),
        ({"count": "-1"}, "column count: '-1' is not a whole number"),
        ({"count": ""}, "column count: '' is not a whole number"),
        ({"category": " fysiek geweld"}, "column category: ' fysiek geweld' is not"),
    ],
)
def test_a_faulty_cell_is_named_with_file_row_column_and_what_is_allowed(tmp_path, change, said):
    reason = refusal(table(tmp_path, {}, change))
    assert reason.startswith("table.csv, row 3, ")
    assert said in reason


def test_a_calendar_year_counts_childcare_only(tmp_path):
    assert "A calendar year counts kinderopvang only" in refusal(
        table(tmp_path, {"school_year": "2022"})
    )


def test_a_table_holds_one_year(tmp_path):
    assert "A table holds one year" in refusal(table(tmp_path, {}, {"school_year": "2021-2022"}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "table.csv is empty"),
        (b"a;b;count\n", "It seems to use semicolons"),
        (b"school_year,measure\n", "no column sector, category"),
        (",".join(ROW).encode() + b"\n", "holds no rows below its header"),
        (",".join(ROW).encode() + b"\n1,2\n", "row 2: 2 values under 11 columns"),
        (",".join(ROW).encode() + b"\n\xff\xfe\n", "is not UTF-8 text"),
        (",".join([*ROW, "count"]).encode() + b"\n", "count stands there twice"),
        (",".join(ROW).encode() + b'\n"open', "not readable as CSV"),
    ],
)
def test_a_file_that_is_no_table_is_explained(tmp_path, content, said):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_file_that_is_not_there_a_folder_and_a_huge_one_are_explained(tmp_path, monkeypatch):
    assert "there is no such file" in refusal(tmp_path / "nothing.csv")
    assert "is a folder" in refusal(tmp_path)
    path = table(tmp_path)
    with path.open("ab") as file:
        file.truncate(21_000_000)
    assert "is 21 MB" in refusal(path)


def test_a_byte_order_mark_is_no_obstacle(tmp_path):
    path = table(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_table(path)[0].count == 2152
