"""A demonstration year reproduces a published table, cell by cell."""

import json
import os
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import transaction

from tests.demonstration.counting import count, dossiers_of
from vertrouwd.audit.models import Line
from vertrouwd.demonstration.year import draw_year
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.figures import published
from vertrouwd.schools.models import Institution
from vertrouwd.schools.years import parse_year

SHIPPED = sorted(path for path in published.SHIPPED.glob("*.csv") if path.stem != "shares")
TABLE = published.SHIPPED / "2022-2023.csv"

DRAW_ELSEWHERE = """
import sys
from hashlib import sha256
from pathlib import Path
from vertrouwd.demonstration.year import draw_year
from vertrouwd.figures.published import read_table
from vertrouwd.schools.years import parse_year
drawn = draw_year(parse_year("2022-2023"), read_table(Path(sys.argv[1])), seed=5)
print(sha256(repr(drawn.dossiers).encode()).hexdigest())
"""

# Cells that contradict the rest of their table, as the notes beside the tables describe them.
CHANGED = {
    "2013-2014": [
        ("2013-2014/reports", 2182, 2230),
        ("2013-2014/reports/category=seksuele intimidatie", 249, 246),
    ],
    "2021-2022": [("2021-2022/reports", 1742, 1743)],
    "2022-2023": [("2022-2023/dossiers/category=overig", 8, 7)],
}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_published_year_is_reproduced_except_the_cells_that_contradict(path, home, make_year):
    rows = published.read_table(path)
    year = rows[0].cell.school_year
    make_year(year, path)
    summary = json.loads((home / "demonstrations" / f"{year}.json").read_text())
    changed = [(c["cell"], c["published"], c["drawn"]) for c in summary["changed_cells"]]
    assert changed == CHANGED.get(year, [])
    dossiers = dossiers_of(parse_year(year))
    old = all(row.cell.measure != "dossiers" for row in rows)
    instead = {(cell, published): drawn for cell, published, drawn in changed}
    for row in rows:
        wanted = instead.get((row.cell.id, row.count), row.count)
        assert count(row.cell, dossiers, reports_are_dossiers=old) == wanted, row.cell.id


def test_the_same_seed_gives_the_same_year_and_another_seed_another(make_year, table):
    path = table({"count": "40"}, {"count": "11", "sector": "vo"})
    first = made_and_forgotten(make_year, path, seed="7")
    assert made_and_forgotten(make_year, path, seed="7") == first
    assert made_and_forgotten(make_year, path, seed="8") != first


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_seed_gives_the_same_year_in_another_process(hash_seed):
    drawn = draw_year(parse_year("2022-2023"), published.read_table(TABLE), seed=5)
    elsewhere = subprocess.run(
        [sys.executable, "-c", DRAW_ELSEWHERE, str(TABLE)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == sha256(repr(drawn.dossiers).encode()).hexdigest()


def test_running_it_again_changes_nothing_and_says_so(make_year):
    make_year("2022-2023", TABLE)
    before = (Report.objects.count(), Dossier.objects.count(), Line.objects.count())
    assert "nothing was changed" in make_year("2022-2023", TABLE)
    assert (Report.objects.count(), Dossier.objects.count(), Line.objects.count()) == before


def test_another_seed_or_table_for_a_year_that_stands_is_refused(make_year, table):
    make_year("2022-2023", TABLE)
    with pytest.raises(CommandError, match="with seed 29240") as refusal:
        make_year("2022-2023", TABLE, "--seed", "1")
    assert refusal.value.returncode == 2
    with pytest.raises(CommandError, match="VERTROUWD_HOME"):
        make_year("2022-2023", table({"count": "3"}))


def test_several_years_stand_side_by_side_and_share_institutions(make_year):
    for name in ("2021-2022", "2022-2023"):
        make_year(name, published.SHIPPED / f"{name}.csv")
    make_year("2022", published.SHIPPED / "kinderopvang-2022.csv")
    assert len(dossiers_of(parse_year("2021-2022"))) == 1743
    assert len(dossiers_of(parse_year("2022-2023"))) == 2152
    assert len(dossiers_of(parse_year("2022"))) == 233
    both = Institution.objects.filter(
        reports__received_on__lt=date(2022, 8, 1)
    ) & Institution.objects.filter(reports__received_on__gte=date(2022, 8, 1))
    assert both.exists()


def test_every_case_is_invented_and_dated_within_the_year(make_year):
    make_year("2022-2023", TABLE)
    year = parse_year("2022-2023")
    assert not Report.objects.filter(is_invented=False).exists()
    assert not Institution.objects.filter(is_invented=False).exists()
    assert all(code.startswith("ZZ") for code in Institution.objects.values_list("code", flat=True))
    for report in Report.objects.all():
        assert report.received_on in year
        assert report.happened_from is None or report.happened_from <= report.received_on
        assert report.happened_until is None or report.happened_until <= report.received_on


def test_the_published_number_of_reports_is_spread_over_the_dossiers(make_year):
    make_year("2022-2023", TABLE)
    assert Report.objects.count() == 3125
    sizes = [len(reports) for reports in dossiers_of(parse_year("2022-2023")).values()]
    assert len(sizes) == 2152
    assert sizes.count(1) > 1000 and max(sizes) > 4


def test_a_withheld_sector_has_no_institution_and_others_have_one(make_year):
    make_year("2022-2023", TABLE)
    withheld = Dossier.objects.filter(sector="niet bekendgemaakt")
    assert withheld.count() == 8
    assert not withheld.filter(institution__isnull=False).exists()
    named = Dossier.objects.exclude(sector="niet bekendgemaakt")
    assert not named.filter(institution__isnull=True).exists()
    counts = [i.dossiers.count() for i in Institution.objects.all()]
    assert max(counts) > 2


def test_the_act_leaves_one_line_and_the_table_is_kept_as_it_was(home, make_year):
    make_year("2022-2023", TABLE)
    [line] = Line.objects.filter(action="make_year")
    assert line.detail == {"dossiers": 2152, "reports": 3125, "seed": 29240}
    assert (home / "published" / "2022-2023.csv").read_bytes() == TABLE.read_bytes()


def test_a_summary_names_the_table_without_its_folder(home, make_year):
    summary = json.loads(make_year("2022-2023", TABLE, "--json"))
    assert summary == json.loads((home / "demonstrations" / "2022-2023.json").read_text())
    assert (summary["table"], summary["dossiers"], summary["reports"]) == (
        "2022-2023.csv", 2152, 3125,
    )  # fmt: skip
    assert str(TABLE.parent) not in json.dumps(summary)


def coded_reports() -> list[tuple]:
    fields = [
        field.name
        for field in Report._meta.fields
        if field.name not in ("id", "record", "recorded_at", "dossier", "institution")
    ]
    return list(Report.objects.order_by("external_id").values_list(*fields, "institution__code"))


def made_and_forgotten(make_year, path: Path, *, seed: str) -> list[tuple]:
    """The reports of a year that is taken back afterwards, so that it can be made once more."""
    before = transaction.savepoint()
    make_year("2022-2023", path, "--seed", seed)
    found = coded_reports()
    transaction.savepoint_rollback(before)
    return found
