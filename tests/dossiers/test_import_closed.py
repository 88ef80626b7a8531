"""Old work comes in as closed when whoever imports says until when it is done."""

from pathlib import Path

from tests.factories import row, rows, write_csv
from vertrouwd.dossiers.models import Dossier, Report


def test_a_dossier_whose_last_report_is_long_ago_is_stored_as_closed_when_that_is_asked(
    tmp_path: Path, run
) -> None:
    table = rows(4, ontvangen_op="2023-04-17")
    table[1] |= {"ontvangen_op": "2023-08-01"}
    table[2] |= {"dossier": "zaak", "ontvangen_op": "2023-01-09"}
    table[3] |= {"dossier": "zaak", "ontvangen_op": "2023-09-04"}
    path = write_csv(tmp_path / "m.csv", table)
    outcome = run("import_reports", path, "--close-before", "2023-08-01", "--json")
    assert (outcome.summary["dossiers_opened"], outcome.summary["dossiers_closed"]) == (3, 1)
    [closed] = Dossier.objects.filter(status="gesloten")
    assert closed.reports.get().external_id == table[0]["melding_id"]
    [change] = closed.status_changes.all()
    assert (change.before, change.outcome) == ("open", "onbekend")
    assert Dossier.objects.filter(status="open").count() == 2
    again = run("import_reports", path, "--close-before", "2024-08-01", "--json")
    assert again.summary["dossiers_closed"] == 0  # these were not opened by that import


def test_a_later_report_opens_a_dossier_again_that_an_import_closed(tmp_path: Path, run) -> None:
    first = write_csv(tmp_path / "m.csv", [row(dossier="zaak")])
    run("import_reports", first, "--close-before", "2023-08-01")
    run("import_reports", write_csv(tmp_path / "n.csv", [row(melding_id="2", dossier="zaak")]))
    dossier = Dossier.objects.get()
    assert dossier.status == "open"
    assert dossier.status_changes.last().reason == "nieuwe melding over dezelfde zaak"


def test_what_is_no_day_is_refused_and_nothing_is_stored(tmp_path: Path, run) -> None:
    path = write_csv(tmp_path / "m.csv", [row()])
    outcome = run("import_reports", path, "--close-before", "zomer")
    assert "'zomer' is not a day. Write it as 2024-08-01." in outcome.err
    assert not Report.objects.exists()


def test_imported_dossiers_are_open_unless_that_is_asked(tmp_path: Path, run) -> None:
    run("import_reports", write_csv(tmp_path / "m.csv", rows(2)))
    assert set(Dossier.objects.values_list("status", flat=True)) == {"open"}
