"""The files of the overview: complete, in agreement, and never half."""

import csv
import io
import json

import pytest

from tests.publication.overview_example import ExampleRelease
from vertrouwd.disclosure.safe import Mark
from vertrouwd.publication.overview import files
from vertrouwd.publication.overview.contents import from_json, overview_of
from vertrouwd.publication.overview.files import overview_files, write_overview

RELEASE = ExampleRelease()


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return overview_files(RELEASE)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_the_cells_have_exactly_the_columns_of_the_published_tables(made):
    first = made["overview.csv"].split(b"\n", 1)[0]
    assert first == (
        b"school_year,measure,sector,category,subcategory,accused_role,other_dimension,"
        b"other_value,count"
    )
    assert b"\r" not in made["overview.csv"]


def test_the_cells_are_those_of_the_release(made):
    wanted = [(cell.category, cell.sector, str(count)) for cell, count, _ in RELEASE.cells]
    read = [(r["category"], r["sector"], r["count"]) for r in rows(made["overview.csv"])]
    assert read == wanted


@pytest.mark.parametrize("table", [*RELEASE.tables, RELEASE.series], ids=lambda t: t.name)
def test_each_table_says_of_every_number_where_it_comes_from(table, made):
    words = {Mark.PUBLISHED: "gepubliceerd", Mark.INVENTED: "verzonnen"}
    read = rows(made[f"tables/{table.name}.csv"])
    assert [tuple(r[d] for d in table.dimensions) for r in read] == [r.codes for r in table.rows]
    for line, row in zip(read, table.rows, strict=True):
        known = row.value is not None
        assert line["aantal"] == (str(row.value) if known else "")
        assert line["herkomst"] == (words[row.mark] if known else "niet gepubliceerd")
        assert line["bron"] == row.source
        assert line["besluit"] == RELEASE.policy.name


def test_the_json_holds_every_table_with_its_marks_and_can_be_read_back(made):
    data = json.loads(made["overview.json"])
    assert [table["name"] for table in data["tables"]] == [t.name for t in RELEASE.tables]
    assert data["provenance"]["sha256"] == RELEASE.provenance.sha256
    assert data["policy"]["decision"] == RELEASE.policy.decision
    assert from_json(data) == overview_of(RELEASE)


def test_each_key_figure_carries_the_query_that_returns_it(made):
    figures = json.loads(made["overview.json"])["key_figures"]
    assert {f["figure"]["query"] for f in figures} >= {"SELECT 2152", "SELECT 409"}


def test_the_reconciliation_names_total_parts_and_difference(made):
    data = json.loads(made["reconciliation.json"])
    assert data["mismatches"][0]["total"] == 2152
    assert data["mismatches"][0]["sum"] == 2153
    assert data["mismatches"][0]["difference"] == 1
    assert data["changed_cells"][0]["published"] == 8


def test_the_same_release_gives_the_same_bytes(made):
    again = overview_files(ExampleRelease())
    assert {name for name in made if made[name] != again[name]} == set()


def test_writing_again_replaces_its_own_files_and_leaves_others_alone(tmp_path):
    (tmp_path / "eigen.txt").write_text("van mij")
    (tmp_path / "overview.csv").write_text("oud")
    written = write_overview(RELEASE, tmp_path)
    assert (tmp_path / "eigen.txt").read_text() == "van mij"
    assert (tmp_path / "overview.csv").read_text().startswith("school_year")
    there = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert there == {*written, tmp_path / "eigen.txt"}


def test_a_failure_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "render_document", lambda overview: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_overview(RELEASE, tmp_path / "o")
    assert not (tmp_path / "o").exists()


def test_a_full_disk_halfway_leaves_the_old_files(tmp_path, monkeypatch):
    write_overview(RELEASE, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    real = files.Path.write_bytes

    def full(path, content):
        if path.name == "overview.json":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(files.Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_overview(ExampleRelease(year="2023-2024"), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "o").write_text("")
    with pytest.raises(NotADirectoryError, match="is a file"):
        write_overview(RELEASE, tmp_path / "o")
