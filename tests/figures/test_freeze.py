"""A frozen year never changes: what is in it, what makes a revision, what refuses."""

import json
import shutil
from datetime import date
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from tests.emptying import without_triggers
from tests.factories import make_institution, make_report, report
from vertrouwd.audit.models import Line
from vertrouwd.audit.record import record
from vertrouwd.disclosure.release import release_year
from vertrouwd.dossiers.actions import code_dossier, join, receive_reports, separate
from vertrouwd.dossiers.counting import count
from vertrouwd.dossiers.models import Report
from vertrouwd.figures import freeze
from vertrouwd.figures.freeze import NothingToFreeze, NotPossible, freeze_year
from vertrouwd.figures.snapshot import Damaged, Snapshot, folder_of, latest
from vertrouwd.figures.terms import RevisionReason
from vertrouwd.schools.years import parse_year

YEAR = parse_year("2022-2023")
CHILDCARE = parse_year("2022")
LATER = date(2024, 1, 22)


@pytest.fixture(autouse=True)
def _own_home(home: Path, db: None) -> None:
    pass


def frozen(actor, year=YEAR, **options) -> Snapshot:
    return freeze_year(year, by=actor, today=LATER, **options).snapshot


def dossiers_of(snapshot: Snapshot) -> list[dict]:
    return pq.read_table(snapshot.folder / "dossiers.parquet").to_pylist()


def reports_of(snapshot: Snapshot) -> list[dict]:
    return pq.read_table(snapshot.folder / "reports.parquet").to_pylist()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_dossier_counts_in_the_year_of_its_first_report(actor):
    first = make_report(received_on=date(2022, 7, 31)).dossier
    join(make_report(received_on=date(2022, 8, 1)).dossier, into=first, by=actor)
    make_report(received_on=date(2022, 8, 1))
    make_report(received_on=date(2023, 7, 31))
    make_report(received_on=date(2023, 8, 1))
    snapshot = frozen(actor)
    assert [row["month"] for row in dossiers_of(snapshot)] == ["2022-08", "2023-07"]
    assert [row["month"] for row in reports_of(snapshot)] == ["2022-08", "2022-08", "2023-07"]


def test_a_dossier_of_which_the_first_report_was_separated_moves_with_the_reports_left(actor):
    early = make_report(received_on=date(2022, 7, 1))
    late = make_report(received_on=date(2022, 9, 1))
    join(late.dossier, into=early.dossier, by=actor)
    early.refresh_from_db()
    separate(early, by=actor)
    assert [row["month"] for row in dossiers_of(frozen(actor))] == ["2022-09"]


def test_a_report_of_a_later_year_does_not_change_the_dossier(actor):
    dossier = make_report(received_on=date(2022, 9, 1), place="op school").dossier
    later = make_report(received_on=date(2023, 9, 1), place="online").dossier
    join(later, into=dossier, by=actor)
    [row] = dossiers_of(frozen(actor))
    assert (row["n_reports"], row["places"]) == (1, ["op school"])


def test_a_snapshot_has_as_many_dossiers_as_the_ledger_counts(actor):
    chance = Random(29240)
    sectors = ["po", "kinderopvang"]
    days = [date(2021, 12, 1), date(2022, 7, 31), date(2022, 8, 1), date(2023, 3, 1)]
    reports = [
        make_report(sector=sectors[n % 2], received_on=chance.choice(days)) for n in range(40)
    ]
    for kind in (reports[::2], reports[1::2]):
        for _ in range(12):
            one, other = (Report.objects.get(pk=r.pk) for r in chance.sample(kind, 2))
            if one.dossier_id != other.dossier_id:
                join(other.dossier, into=one.dossier, by=actor)
            elif chance.random() < 0.5:
                separate(other, by=actor)
    for year in (YEAR, CHILDCARE, parse_year("2021-2022")):
        assert frozen(actor, year).rows("dossiers.parquet") == count(year)


def test_childcare_counts_by_calendar_year_and_apart_from_education(actor):
    make_report(received_on=date(2022, 9, 1), sector="kinderopvang", setting="gastouderopvang")
    make_report(received_on=date(2022, 9, 1), sector="po")
    assert [row["setting"] for row in dossiers_of(frozen(actor, CHILDCARE))] == ["gastouderopvang"]
    assert [row["sector"] for row in dossiers_of(frozen(actor))] == ["po"]


def test_a_snapshot_holds_codes_and_no_identifier_no_text_and_no_day(actor):
    place = make_institution(name="Basisschool De Proef")
    make_report(institution=place, institution_as_given="De Proef, Voorbeelddorp")
    snapshot = frozen(actor)
    [row] = dossiers_of(snapshot)
    assert set(row) == {
        "month", "sector", "category", "subcategory", "accused_roles", "affected_roles",
        "youngest_involved", "affected_age_band", "places", "social_media",
        "referred_to_police", "setting", "sector_withheld", "n_reports",
        "institution_reported_before", "institution",
    }  # fmt: skip
    assert row["institution"] == 1
    content = b"".join(bytes_of(snapshot.folder).values())
    assert b"Proef" not in content
    assert b"2023-04-17" not in content


def test_an_institution_that_was_reported_before_is_known_by_that_only(actor):
    known, fresh = make_institution(), make_institution()
    make_report(institution=known, received_on=date(2019, 5, 6))
    make_report(institution=known, received_on=date(2022, 9, 1), place="online")
    make_report(institution=fresh, received_on=date(2022, 9, 1), place="op school")
    make_report(institution=None, received_on=date(2022, 9, 1), place="onderweg")
    before = {r["places"][0]: r["institution_reported_before"] for r in dossiers_of(frozen(actor))}
    assert before == {"online": True, "op school": False, "onderweg": False}


def test_freezing_twice_changes_nothing_and_says_so(actor):
    make_report()
    first = freeze_year(YEAR, by=actor, today=LATER)
    content = bytes_of(first.snapshot.folder)
    make_report(received_on=date(2024, 1, 1))
    again = freeze_year(YEAR, by=actor, today=date(2025, 1, 1))
    assert (first.is_new, again.is_new, again.snapshot.revision) == (True, False, 1)
    assert bytes_of(again.snapshot.folder) == content
    assert Line.objects.filter(action="freeze_year").count() == 1


def test_the_same_dossiers_give_the_same_bytes_in_another_home(actor, settings, tmp_path):
    places = [make_institution(), make_institution()]
    for number in range(6):
        make_report(institution=places[number % 2], affected_age=8 + number % 3)
    here = bytes_of(frozen(actor).folder)
    settings.VERTROUWD_HOME = tmp_path / "elsewhere"
    assert bytes_of(frozen(actor).folder) == here


def test_a_changed_dossier_makes_a_new_revision_beside_the_old_one(actor):
    dossier = make_report(category="psychisch geweld", subcategory="pesten").dossier
    first = frozen(actor)
    content = bytes_of(first.folder)
    code_dossier(
        dossier,
        category="fysiek geweld",
        subcategory="wapens",
        sector="po",
        by=actor,
        reason="meldingen verschillen",
    )
    second = frozen(actor, reason=RevisionReason.CODING)
    assert (second.revision, bytes_of(first.folder)) == (2, content)
    listed = json.loads((second.folder / "differences.json").read_text())
    assert listed["reason"] == "codering herzien"
    assert listed["rows"] == {
        "dossiers": {"added": 1, "removed": 1},
        "reports": {"added": 0, "removed": 0},
    }
    changed = {c["cell"]: (c["old"], c["new"]) for c in listed["cells"]}
    assert changed["2022-2023/dossiers/category=fysiek geweld"] == (0, 1)
    assert changed["2022-2023/dossiers/category=psychisch geweld"] == (1, 0)
    assert "2022-2023/dossiers" not in changed


def test_other_numbers_for_the_same_institutions_are_no_difference(actor):
    make_report(institution=make_institution(), category="psychisch geweld")
    frozen(actor)
    make_report(institution=make_institution(), received_on=date(2022, 8, 1))
    second = frozen(actor)
    assert [row["institution"] for row in dossiers_of(second)] == [1, 2]
    listed = json.loads((second.folder / "differences.json").read_text())
    assert listed["rows"]["dossiers"] == {"added": 1, "removed": 0}


def test_a_reason_is_not_yet_given_unless_somebody_gives_one(actor):
    make_report()
    frozen(actor)
    make_report()
    listed = json.loads((frozen(actor).folder / "differences.json").read_text())
    assert listed["reason"] == "nog niet opgegeven"


def test_the_manifest_names_what_was_written(actor):
    make_report()
    manifest = json.loads((frozen(actor).folder / "manifest.json").read_text())
    assert manifest["files"]["dossiers.parquet"]["rows"] == 1
    assert set(manifest["files"]) == {"dossiers.parquet", "reports.parquet", "codes.json"}
    assert (manifest["year"], manifest["revision"]) == ("2022-2023", 1)
    assert manifest["counting_rules"]
    assert manifest["demonstration"] is False


def test_one_invented_report_makes_the_year_a_demonstration(actor):
    make_report()
    make_report(is_invented=True)
    assert frozen(actor).is_demonstration


def test_a_year_without_dossiers_cannot_be_frozen(actor):
    make_report(received_on=date(2020, 1, 1))
    with pytest.raises(NothingToFreeze, match="No education dossier was opened in 2022-2023"):
        frozen(actor)
    assert latest(YEAR) is None


def test_a_year_that_runs_is_frozen_only_as_provisional_and_then_made_final(actor):
    make_report(received_on=date(2022, 9, 1))
    during, after = date(2023, 7, 31), date(2023, 8, 1)
    with pytest.raises(NotPossible, match="runs until 2023-07-31"):
        freeze_year(YEAR, by=actor, today=during)
    assert freeze_year(YEAR, by=actor, today=during, provisional=True).snapshot.is_provisional
    final = freeze_year(YEAR, by=actor, today=after, provisional=True).snapshot
    assert (final.revision, final.is_provisional) == (2, False)


def test_dossiers_whose_reports_disagree_are_named_and_nothing_is_frozen(actor):
    one = make_report(category="psychisch geweld")
    other = make_report(category="fysiek geweld", subcategory="mishandeling")
    join(other.dossier, into=one.dossier, by=actor)
    with pytest.raises(NotPossible, match=f"{one.dossier.reference}.*vertrouwd list-disagreements"):
        frozen(actor)
    assert latest(YEAR) is None
    code_dossier(
        one.dossier,
        category="fysiek geweld",
        subcategory="",
        sector="po",
        by=actor,
        reason="meldingen verschillen",
    )
    assert frozen(actor).revision == 1


def test_a_disagreement_in_another_year_is_no_obstacle(actor):
    one = make_report(received_on=date(2020, 9, 1))
    other = make_report(received_on=date(2020, 9, 1), category="fysiek geweld", subcategory="")
    join(other.dossier, into=one.dossier, by=actor)
    make_report(received_on=date(2022, 9, 1))
    assert frozen(actor).revision == 1


def test_frozen_files_cannot_be_written_by_accident(actor):
    make_report()
    for path in frozen(actor).folder.iterdir():
        assert path.stat().st_mode & 0o222 == 0


def test_a_file_that_was_changed_after_freezing_is_noticed(actor):
    make_report()
    table = frozen(actor).folder / "dossiers.parquet"
    table.chmod(0o644)
    table.write_bytes(table.read_bytes() + b" ")
    with pytest.raises(Damaged, match=r"snapshots/2022-2023/r1/dossiers.parquet was changed"):
        frozen(actor)


def test_a_line_without_the_digest_of_a_manifest_is_no_obstacle(actor):
    make_report()
    old = {"dossiers": 1, "reports": 1, "sha256": "0" * 64, "provisional": False}
    name = "2022-2023 revision 1"
    record(by=actor, action="freeze_year", kind="snapshot", object=name, detail=old)
    assert frozen(actor).name == name
    assert release_year(YEAR, by=actor).year == "2022-2023"


def test_a_manifest_that_was_changed_after_freezing_is_noticed(actor):
    make_report(is_invented=True)
    manifest = frozen(actor).folder / "manifest.json"
    manifest.chmod(0o644)
    said = manifest.read_text()
    manifest.write_text(said.replace('"demonstration": true', '"demonstration": false'))
    assert manifest.read_text() != said
    with pytest.raises(Damaged, match=r"r1/manifest.json is not the one that was written down"):
        frozen(actor)
    with pytest.raises(Damaged, match=r"r1/manifest.json is not the one that was written down"):
        release_year(YEAR, by=actor)


def test_a_revision_that_was_removed_and_made_anew_gets_a_line_of_its_own(actor):
    make_report()
    shutil.rmtree(frozen(actor).folder)
    make_report()
    frozen(actor)
    lines = Line.objects.filter(action="freeze_year", object="2022-2023 revision 1")
    assert [line.detail["dossiers"] for line in lines] == [1, 2]


def test_a_freeze_that_died_half_way_leaves_no_revision_and_hinders_nobody(actor, monkeypatch):
    make_report()

    def power_cut(path: Path, rows: object) -> None:
        path.write_bytes(b"half a tab")
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(freeze, "write_reports", power_cut)
        with pytest.raises(OSError, match="no space"):
            frozen(actor)
    assert latest(YEAR) is None
    left_behind = folder_of(YEAR) / ".making-dead"
    left_behind.mkdir()
    assert frozen(actor).revision == 1
    assert not left_behind.exists()


def test_a_revision_whose_line_was_lost_gets_it_at_the_next_freeze(actor):
    make_report()
    frozen(actor)
    with without_triggers():
        Line.objects.all().delete()
    frozen(actor)
    assert Line.objects.filter(action="freeze_year", object="2022-2023 revision 1").count() == 1


def test_a_thousand_dossiers_are_read_in_a_handful_of_queries(actor, django_assert_max_num_queries):
    receive_reports([report() for _ in range(1000)], by=actor)
    with django_assert_max_num_queries(20):
        assert frozen(actor).rows("dossiers.parquet") == 1000


def test_files_are_closed_to_other_accounts(actor):
    make_report()
    assert frozen(actor).folder.stat().st_mode & 0o077 == 0
