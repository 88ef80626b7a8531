"""`vertrouwd make-overview`, on the real road: a demonstration year of real published numbers."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PUBLISHED = Path(__file__).parents[2] / "vertrouwd/figures/data/published"


def make(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refusal(*words: str) -> CommandError:
    with pytest.raises(CommandError) as caught:
        make("make_overview", *words)
    return caught.value


@pytest.mark.parametrize(
    ("year", "table"), [("2020", "kinderopvang-2020.csv"), ("2021-2022", "2021-2022.csv")]
)
def test_every_published_row_stands_in_the_overview(home, db, tmp_path, year, table):
    make("make_year", year, "--from", str(PUBLISHED / table))
    make("freeze_year", year)
    said = json.loads(make("make_overview", year, "--to", str(tmp_path / "o"), "--json"))
    assert said["year"] == year
    assert all((tmp_path / "o" / name).is_file() for name in said["files"])
    changed = {c["cell"] for c in _read(tmp_path / "o/reconciliation.json")["changed_cells"]}
    found = {_key(row): row["count"] for row in _rows(tmp_path / "o/overview.csv")}
    _check_the_queries(home, _read(tmp_path / "o/overview.json"))
    for row in _rows(PUBLISHED / table):
        if _identity(row) not in changed:
            assert found[_key(row)] == row["count"]


def _check_the_queries(home: Path, overview: dict) -> None:
    """Plain DuckDB, in the home folder, returns each key figure from its query."""
    program = (
        "import duckdb, json, sys; print(json.dumps([duckdb.sql(q).fetchall()[0][0] "
        "for q in json.load(sys.stdin)], default=float))"
    )
    figures = [key["figure"] for key in overview["key_figures"]]
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=home, check=True, capture_output=True, text=True,
        input=json.dumps([figure["query"] for figure in figures]),
    )  # fmt: skip
    assert json.loads(answer.stdout) == [figure["value"] for figure in figures]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def _read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


COLUMNS = ("sector", "category", "subcategory", "accused_role", "other_dimension", "other_value")


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("school_year", "measure", *COLUMNS))


def _identity(row: dict[str, str]) -> str:
    codes = {name: row[name] for name in COLUMNS[:4] if row[name]}
    if row["other_dimension"]:
        codes[row["other_dimension"]] = row["other_value"]
    named = (f"{name}={code}" for name, code in codes.items())
    return "/".join([row["school_year"], row["measure"], *named])


def test_a_year_that_was_not_frozen_is_refused(home, db, tmp_path):
    mistake = refusal("2022-2023", "--to", str(tmp_path / "o"))
    assert (mistake.returncode, str(mistake)) == (
        1, "2022-2023 has not been frozen. Run: vertrouwd freeze-year 2022-2023",
    )  # fmt: skip
    assert not (tmp_path / "o").exists()


def test_a_mistyped_year_is_bad_input(home, db, tmp_path):
    mistake = refusal("2022-2024", "--to", str(tmp_path))
    assert mistake.returncode == 2
    assert "Write it as 2022-2023" in str(mistake)


def test_a_file_where_the_folder_should_come_is_bad_input(home, db, tmp_path):
    (tmp_path / "o").write_text("van mij")
    mistake = refusal("2022-2023", "--to", str(tmp_path / "o"))
    assert mistake.returncode == 2
    assert (tmp_path / "o").read_text() == "van mij"
