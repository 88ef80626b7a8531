"""Names and narratives of a file are sealed while its rows are stored."""

from pathlib import Path

import pytest

from tests.factories import row, write_csv
from tests.teams import make_opened_team
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.sealing.models import DataKey, SealedText, TeamKey
from vertrouwd.sealing.terms import Purpose

SAID = {
    "beklaagde_naam": "Achternaam-van-Iemand",
    "beklaagde_functie": "Conciërge-met-sleutel",
    "betrokkene_initialen": "Q.Z.",
    "toelichting": "Het gebeurde achter het fietsenhok.\n\nElke dag.",
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_csv(
        tmp_path / "m.csv",
        [row(**SAID), row(melding_id="2"), row(melding_id="3", toelichting="Kort.")],
    )


def test_what_a_row_says_opens_for_the_team_and_stands_nowhere_in_clear(home, run, table, caplog):
    opened = make_opened_team()
    outcome = run("import_reports", table, "--json")
    assert outcome.summary["sealed_cells"] == 5
    assert outcome.summary["sealed_cells_dropped"] == 0
    report = Report.objects.get(external_id=row()["melding_id"])
    assert opened.texts(report.record, Purpose.THREAD) == {"narrative": SAID["toelichting"]}
    assert opened.texts(report.record, Purpose.IDENTITY) == {
        "accused_name": SAID["beklaagde_naam"],
        "accused_function": SAID["beklaagde_functie"],
        "affected_initials": SAID["betrokkene_initialen"],
    }
    stored = [
        *Report.objects.values(), *Dossier.objects.values(), *Line.objects.values(),
        *SealedText.objects.values("field", "ciphertext"), outcome.out, outcome.err, caplog.text,
    ]  # fmt: skip
    for word in ("Achternaam", "sleutel", "Q.Z.", "fietsenhok"):
        assert word not in str(stored)


def test_a_row_that_says_nothing_has_no_key(home, run, table):
    make_opened_team()
    run("import_reports", table)
    silent = Report.objects.get(external_id="2")
    assert not DataKey.objects.filter(record=silent.record).exists()


def test_without_a_team_the_words_are_dropped_and_brought_in_by_the_same_file_later(
    home, run, table
):
    first = run("import_reports", table, "--json")
    assert sum(first.summary["sealed_cells_dropped_per_column"].values()) == 5
    assert "no team to seal them to" in first.err
    assert not SealedText.objects.exists()
    opened = make_opened_team()
    second = run("import_reports", table, "--json")
    assert (second.summary["stored"], second.summary["already_there"]) == (0, 3)
    assert second.summary["sealed_cells"] == 5
    report = Report.objects.get(external_id="3")
    assert opened.texts(report.record, Purpose.THREAD) == {"narrative": "Kort."}


def test_the_same_file_again_seals_nothing_twice(home, run, table):
    make_opened_team()
    run("import_reports", table)
    again = run("import_reports", table, "--json")
    assert again.summary["sealed_cells"] == 0
    assert SealedText.objects.count() == 5


def test_what_was_destroyed_does_not_come_back_with_the_same_file(home, run, table, actor):
    from vertrouwd.sealing.destroying import destroy

    make_opened_team()
    run("import_reports", table)
    report = Report.objects.get(external_id="3")
    destroy(report.record, Purpose.THREAD, by=actor)
    run("import_reports", table)
    assert not SealedText.objects.filter(data_key__record=report.record).exists()


def test_a_refused_row_seals_nothing(home, run, tmp_path):
    make_opened_team()
    path = write_csv(tmp_path / "m.csv", [row(kanaal="postduif", **SAID), row(melding_id="2")])
    assert run("import_reports", path, "--json").summary["sealed_cells"] == 0
    assert not DataKey.objects.exists()


def test_nothing_is_stored_when_the_team_key_was_exchanged(home, run, table):
    from vertrouwd.sealing.keys import SecretKey

    make_opened_team()
    TeamKey.objects.update(public_key=SecretKey.generate().public.data)
    outcome = run("import_reports", table)
    assert outcome.code == 1
    assert "pinned" in outcome.err
    assert not Report.objects.exists()
