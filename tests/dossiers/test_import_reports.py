"""A team's registration comes in: good rows are stored, the others come back with their reason."""

import csv
import errno
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.factories import make_report, row, rows, write_csv, write_xlsx
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.schools.models import Institution
from vertrouwd.schools.register import SHIPPED, SHIPPED_ON, limits, update_register
from vertrouwd.schools.register_file import read_register

TOMORROW = date.today() + timedelta(days=1)

# What is wrong (beside a good row), the column that is named, and how it is corrected.
BROKEN = [
    ({"melding_id": ""}, "melding_id", {"melding_id": "B00"}),
    ({"melding_id": "R000001"}, "melding_id", {"melding_id": "B01"}),
    ({"ontvangen_op": ""}, "ontvangen_op", {"ontvangen_op": "17-4-2023"}),
    ({"ontvangen_op": str(TOMORROW)}, "ontvangen_op", {"ontvangen_op": "17-4-2023"}),
    ({"ontvangen_op": "30-2-2023"}, "ontvangen_op", {"ontvangen_op": "28-4-2023"}),
    ({"ontvangen_op": "17/4/2023"}, "ontvangen_op", {"ontvangen_op": "17-4-2023"}),
    ({"kanaal": "postduif"}, "kanaal", {"kanaal": "brief"}),
    ({"melder_rol": "buurvrouw"}, "melder_rol", {"melder_rol": "ander"}),
    ({"instelling_brin": "1AAA"}, "instelling_brin", {"instelling_brin": "01AA"}),
    ({"instelling_brin": "99XX"}, "instelling_brin", {"instelling_brin": "01AA00"}),
    ({"sector": "peuters"}, "sector", {"sector": "po"}),
    ({"instelling_brin": "01AA", "sector": "vo"}, "sector", {"sector": "po"}),
    ({"categorie": "lawaai"}, "categorie", {"categorie": "psychisch geweld"}),
    ({"subcategorie": "mishandeling"}, "subcategorie", {"subcategorie": "pesten"}),
    ({"beklaagde_rol": "dader"}, "beklaagde_rol", {"beklaagde_rol": "ouder"}),
    ({"betrokkene_leeftijd": "140"}, "betrokkene_leeftijd", {"betrokkene_leeftijd": "14"}),
    ({"betrokkene_leeftijd": "twaalf"}, "betrokkene_leeftijd", {"betrokkene_leeftijd": "12"}),
    ({"voorval_tot": "2023-04-02"}, "voorval_tot", {"voorval_tot": "2023-04-03"}),
    ({"voorval_van": "", "voorval_tot": "2023-05-01"}, "voorval_tot", {"voorval_tot": ""}),
    ({"dossier": "zaak", "instelling_brin": "02BB", "sector": "vo"}, "dossier", {"dossier": ""}),
]  # fmt: skip


def the_file(folder: Path, kind: str, table: list[dict[str, str]]) -> Path:
    if kind == "csv":
        return write_csv(folder / "meldingen.csv", table, separator=";", encoding="cp1252")
    days = ("ontvangen_op", "voorval_van", "voorval_tot")
    cells = [
        {
            name: date.fromisoformat(text) if name in days and re.match(r"\d{4}-", text) else text
            for name, text in values.items()
        }
        for values in table
    ]
    return write_xlsx(folder / "meldingen.xlsx", cells)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_thousand_good_rows_are_stored_and_twenty_broken_ones_say_why(
    tmp_path: Path, run, kind: str
) -> None:
    good = rows(1000)
    good[1] |= {"dossier": "zaak", "instelling_brin": "01AA"}
    broken = [row(melding_id=f"B{i:02}") | wrong for i, (wrong, _, _) in enumerate(BROKEN)]
    path = the_file(tmp_path, kind, good + broken)
    rejects = tmp_path / "afgekeurd.csv"

    outcome = run("import_reports", path, "--rejects", rejects, "--json")

    assert outcome.code == 0
    assert outcome.summary["stored"] == 1000
    assert outcome.summary["rejected"] == 20
    assert Report.objects.count() == Dossier.objects.count() == 1000
    named = [(reason["row"], reason["column"]) for reason in outcome.summary["rejects"]]
    assert named == [(1002 + i, column) for i, (_, column, _) in enumerate(BROKEN)]
    reasons = {(r["column"], r["problem"]) for r in outcome.summary["rejects"]}
    assert len(reasons) == 20
    assert all(reason["allowed"] for reason in outcome.summary["rejects"])

    again = run("import_reports", path, "--rejects", rejects, "--json")
    assert again.code == 0
    assert again.summary["stored"] == again.summary["changed"] == 0
    assert again.summary["already_there"] == 1000
    assert again.summary["rejects"] == outcome.summary["rejects"]
    assert Report.objects.count() == LedgerEvent.objects.count() == 1000

    with rejects.open(encoding="utf-8-sig", newline="") as file:
        refused = list(csv.DictReader(file, delimiter=";"))
    assert [int(values["rij"]) for values in refused] == list(range(1002, 1022))
    assert all(values["reden"] for values in refused)
    for values, (_, _, right) in zip(refused, BROKEN, strict=True):
        values |= right
    corrected = run("import_reports", write_csv(tmp_path / "verbeterd.csv", refused), "--json")
    assert (corrected.code, corrected.summary["stored"]) == (0, 20)
    assert corrected.summary["columns_ignored"] == []


def test_real_reports_beside_invented_ones_are_warned_about(tmp_path: Path, run) -> None:
    alone = run("import_reports", write_csv(tmp_path / "echt.csv", [row()]))
    assert "invented" not in alone.err
    make_report(is_invented=True)
    beside = run("import_reports", write_csv(tmp_path / "meer.csv", [row(melding_id="R2")]))
    assert beside.code == 0
    assert "Warning: real reports and invented ones" in beside.err


def test_the_rejects_keep_the_row_as_it_was_for_its_owner_only(tmp_path: Path, run) -> None:
    wrong = row(kanaal="postduif", toelichting='Hij zei: "ik,\nwij; é"')
    rejects = tmp_path / "afgekeurd.csv"
    outcome = run(
        "import_reports", write_csv(tmp_path / "m.csv", [row(), wrong]), "--rejects", rejects
    )
    assert rejects.stat().st_mode & 0o777 == 0o600
    assert "clear text" in outcome.err
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        [kept] = csv.DictReader(file)
    assert kept.pop("rij") == "3"
    assert "telefoon, website, e-mail, brief, gesprek" in kept.pop("reden")
    assert kept == wrong


def test_the_file_of_rejects_never_overwrites_the_source(tmp_path: Path, run) -> None:
    path = write_csv(tmp_path / "m.csv", [row(kanaal="postduif")])
    before = path.read_bytes()
    assert run("import_reports", path, "--rejects", path).code == 2
    assert path.read_bytes() == before


def test_nothing_is_stored_when_the_rejects_cannot_be_written(
    tmp_path: Path, run, monkeypatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    path = write_csv(tmp_path / "m.csv", [row(), row(melding_id="2", kanaal="x")])
    outcome = run("import_reports", path, "--rejects", tmp_path / "afgekeurd.csv")
    assert outcome.code == 1
    assert "No space left on device" in outcome.err
    assert "nothing was stored" in outcome.err
    assert not Report.objects.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["m.csv"]


def test_when_every_row_is_refused_the_command_says_so(tmp_path: Path, run) -> None:
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", [row(kanaal="postduif")]))
    assert outcome.code == 2
    assert "every row was refused" in outcome.err


def test_no_name_and_no_narrative_is_stored_or_repeated(tmp_path: Path, run, caplog) -> None:
    secret = "Geheimnaam"
    sealed = {
        "beklaagde_naam": secret, "beklaagde_functie": secret, "betrokkene_initialen": secret,
        "toelichting": secret,
    }  # fmt: skip
    table = [row(**sealed), row(melding_id="2", kanaal=secret, ontvangen_op=secret, **sealed)]
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", table), "--json")
    assert outcome.summary["sealed_cells_dropped"] == 8
    assert "no team to seal them to" in outcome.err
    assert secret not in outcome.out + outcome.err + caplog.text
    stored = [*Report.objects.values(), *Dossier.objects.values(), *Line.objects.values()]
    assert secret not in str(stored)


def test_a_changed_row_is_reported_by_column_and_not_overwritten(tmp_path: Path, run) -> None:
    path = tmp_path / "m.csv"
    run("import_reports", write_csv(path, rows(3)))
    changed = rows(3)
    changed[1] |= {"kanaal": "brief", "betrokkene_leeftijd": "12", "instelling_naam": "Elders"}
    outcome = run("import_reports", write_csv(path, changed), "--json")
    assert outcome.code == 0
    assert (outcome.summary["changed"], outcome.summary["already_there"]) == (1, 2)
    stored = Report.objects.get(external_id="R000002")
    assert outcome.summary["changed_rows"] == [
        {
            "row": 3,
            "report": stored.reference,
            "columns": ["kanaal", "instelling_naam", "betrokkene_leeftijd"],
        }
    ]
    assert (stored.channel, stored.affected_age) == ("telefoon", 10)


def test_the_same_report_written_another_way_is_not_a_changed_row(tmp_path: Path, run) -> None:
    run("import_reports", write_csv(tmp_path / "m.csv", [row(instelling_brin="01AA")]))
    same = row(
        instelling_brin="01aa00", ontvangen_op="17-4-2023", kanaal=" Telefoon", voorval_van="45019"
    )
    outcome = run("import_reports", write_csv(tmp_path / "n.csv", [same]), "--json")
    assert (outcome.summary["already_there"], outcome.summary["changed"]) == (1, 0)


def test_rows_with_one_grouping_go_into_one_dossier_also_from_another_file(
    tmp_path: Path, run
) -> None:
    table = rows(4)
    for number in (0, 2):
        table[number]["dossier"] = "zaak 7"
    run("import_reports", write_csv(tmp_path / "m.csv", table))
    assert Dossier.objects.count() == 3
    later = write_csv(tmp_path / "n.csv", [row(melding_id="later", dossier="zaak 7")])
    outcome = run("import_reports", later, "--json")
    assert outcome.summary["dossiers_opened"] == 0
    [dossier] = Dossier.objects.filter(external_group="zaak 7")
    assert dossier.reports.count() == 3
    assert LedgerEvent.objects.filter(dossier=dossier).count() == 3


def test_a_grouping_follows_its_reports_into_the_dossier_they_were_joined_into(
    tmp_path: Path, run, actor
) -> None:
    from vertrouwd.dossiers import actions

    table = rows(2)
    table[0]["dossier"] = "zaak 7"
    run("import_reports", write_csv(tmp_path / "m.csv", table))
    first, second = Dossier.objects.order_by("pk")
    actions.join(first, into=second, by=actor)
    run("import_reports", write_csv(tmp_path / "n.csv", [row(melding_id="3", dossier="zaak 7")]))
    assert Report.objects.get(external_id="3").dossier == second


def test_a_dossier_takes_its_institution_from_the_first_report_that_names_one(
    tmp_path: Path, run, register
) -> None:
    table = rows(3, dossier="zaak")
    table[1] |= {"instelling_brin": "01AA"}
    table[2] |= {"instelling_brin": "02BB", "sector": "vo"}
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", table), "--json")
    assert [(r["row"], r["column"]) for r in outcome.summary["rejects"]] == [(4, "dossier")]
    assert Dossier.objects.get().institution == register["01AA"]


@pytest.mark.parametrize(
    "other",
    [
        {"instelling_brin": "ZZ99"},
        {"instelling_brin": "123456789", "sector": "kinderopvang"},
        {"instelling_naam": "ROC Verzonnen", "instelling_plaats": "Ergens", "sector": "mbo"},
    ],
)
def test_a_row_refused_for_its_grouping_opens_no_institution(
    tmp_path: Path, run, register, other: dict[str, str]
) -> None:
    before = Institution.objects.count()
    table = rows(3)
    table[0] |= {"dossier": "zaak", "instelling_brin": "01AA"}
    table[1] |= {"dossier": "zaak"} | other
    path = write_csv(tmp_path / "m.csv", table)
    outcome = run("import_reports", path, "--json")
    assert [(r["row"], r["column"]) for r in outcome.summary["rejects"]] == [(3, "dossier")]
    assert Institution.objects.count() == before
    table[2] |= {"melding_id": "anders"} | other  # what was taken back can be opened later
    outcome = run("import_reports", write_csv(path, table), "--json")
    assert outcome.summary["stored"] == 1
    opened = Report.objects.get(external_id="anders").institution
    assert opened is not None
    assert Institution.objects.count() == before + 1


def test_an_institution_is_known_by_its_number_with_or_without_location(
    tmp_path: Path, run, register
) -> None:
    table = rows(5)
    table[0]["instelling_brin"] = "01AA"
    table[4] |= {"instelling_brin": "02BB", "sector": "niet bekendgemaakt"}
    table[1]["instelling_brin"] = "01aa00"
    table[2] |= {"instelling_brin": "02BB01", "sector": "so"}
    table[3] |= {"instelling_brin": "02BB", "sector": ""}
    assert run("import_reports", write_csv(tmp_path / "m.csv", table)).code == 0
    found = Report.objects.order_by("external_id").values_list("institution__code", "sector")
    assert list(found) == [
        ("01AA", "po"), ("01AA", "po"), ("02BB", "so"), ("02BB", "vo"), ("02BB", "vo"),
    ]  # fmt: skip


def test_an_institution_outside_the_register_keeps_its_name_and_is_one(
    tmp_path: Path, run, register
) -> None:
    table = rows(6, sector="mbo", instelling_naam="ROC Proef", instelling_plaats="Voorbeeldstad")
    table[1]["instelling_naam"] = "  roc  PROEF "
    table[2]["instelling_plaats"] = "Elders"
    table[3] |= {"sector": "kinderopvang", "instelling_brin": "123456789"}
    table[4] |= {"sector": "kinderopvang", "instelling_brin": "123456789"}
    table[5] |= {"sector": "mbo", "instelling_brin": "25XX"}
    assert run("import_reports", write_csv(tmp_path / "m.csv", table)).code == 0
    new = Institution.objects.exclude(pk__in=[s.pk for s in register.values()])
    assert sorted(new.values_list("register", "name", "town", "sector")) == [
        ("brin", "ROC Proef", "Voorbeeldstad", "mbo"),
        ("geen", "ROC Proef", "Elders", "mbo"),
        ("geen", "ROC Proef", "Voorbeeldstad", "mbo"),
        ("lrk", "ROC Proef", "Voorbeeldstad", "kinderopvang"),
    ]
    again = rows(6, sector="mbo", instelling_naam="ROC Proef", instelling_plaats="Voorbeeldstad")
    run("import_reports", write_csv(tmp_path / "n.csv", [again[0] | {"melding_id": "x"}]))
    assert new.count() == 4


def test_a_fictitious_number_makes_an_invented_institution(tmp_path: Path, run) -> None:
    table = rows(2, instelling_brin="ZZ01")
    table[1]["sector"] = "vo"
    run("import_reports", write_csv(tmp_path / "m.csv", table))
    assert Institution.objects.get(code="ZZ01").is_invented
    assert Report.objects.filter(is_invented=True).count() == 2


def test_a_name_that_is_not_found_leaves_the_institution_unknown_but_kept_as_given(
    tmp_path: Path, run
) -> None:
    table = rows(2, instelling_naam="Onvindbare Academie", instelling_plaats="Nergenshuizen")
    table[1] |= {"instelling_naam": "", "instelling_plaats": "", "sector": ""}
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", table), "--json")
    assert outcome.summary["institutions_unresolved"] == 1
    assert outcome.summary["unresolved_rows"] == [2]
    assert outcome.summary["institutions_withheld"] == 1
    found = Report.objects.order_by("external_id").values_list("institution_as_given", "sector")
    assert list(found) == [
        ("Onvindbare Academie, Nergenshuizen", "po"),
        ("", "niet bekendgemaakt"),
    ]


def test_a_name_and_town_that_are_certain_find_the_school(tmp_path: Path, run, actor) -> None:
    shipped = read_register(SHIPPED, limits=limits())
    update_register(shipped, by=actor, on=SHIPPED_ON, allow_closing=True)
    school = {"instelling_naam": "obs Meester Vegter", "instelling_plaats": "Emmen"}
    table = [*rows(1, sector="po", **school), row(sector="", **school)]
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", table), "--json")
    assert outcome.summary["institutions_resolved"] == 2
    assert {(r.institution.code, r.sector) for r in Report.objects.all()} == {("16BX", "po")}


def test_childcare_has_a_setting_and_education_has_none(tmp_path: Path, run) -> None:
    table = [r | {"opvangvoorziening": ""} for r in rows(4)]
    childcare = {"sector": "kinderopvang", "instelling_brin": "123456789"}
    table[0] |= childcare | {"opvangvoorziening": "gastouderopvang"}
    table[1] |= childcare | {"instelling_brin": "987654321"}
    table[2] |= {"opvangvoorziening": "gastouderopvang"}
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", table), "--json")
    found = Report.objects.order_by("external_id").values_list("setting", flat=True)
    assert list(found) == ["gastouderopvang", "onbekend", ""]
    assert [r["column"] for r in outcome.summary["rejects"]] == ["opvangvoorziening"]


def test_every_reason_of_a_row_is_given(tmp_path: Path, run) -> None:
    wrong = row(kanaal="x", categorie="y", betrokkene_leeftijd="z", melding_id="2")
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", [row(), wrong]), "--json")
    assert outcome.summary["rejected"] == 1
    assert [r["column"] for r in outcome.summary["rejects"]] == [
        "kanaal", "categorie", "betrokkene_leeftijd",
    ]  # fmt: skip


def test_older_spellings_are_stored_as_the_value_of_now(tmp_path: Path, run) -> None:
    older = row(
        melder_rol="leerling/student", beklaagde_rol="overig/ander", betrokkene_rol="ouder",
        sector="sbo", categorie="Discriminatie", subcategorie="migratieachtergrond",
    )  # fmt: skip
    assert run("import_reports", write_csv(tmp_path / "m.csv", [older])).code == 0
    stored = Report.objects.get()
    assert (stored.reporter_role, stored.accused_role, stored.affected_role) == (
        "leerling", "ander", "ander",
    )  # fmt: skip
    assert (stored.sector, stored.category, stored.subcategory) == (
        "po", "discriminatie", "afkomst",
    )  # fmt: skip


def test_one_line_of_the_log_says_what_an_import_did(tmp_path: Path, run) -> None:
    path = write_csv(tmp_path / "Jan Jansen.csv", [*rows(2), row(kanaal="x")])
    outcome = run("import_reports", path, "--json")
    [line] = Line.objects.filter(action="import_reports")
    assert line.object == outcome.summary["sha256"]
    assert line.detail["stored"] == 2
    assert line.detail["rejected"] == 1
    assert "Jansen" not in str(Line.objects.values())


def test_the_summary_names_dossiers_that_need_a_decision_and_the_command(
    tmp_path: Path, run
) -> None:
    table = rows(2, dossier="zaak")
    table[1]["subcategorie"] = "bedreiging"
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", table))
    assert "to settle        1 (dossiers whose reports disagree): " in outcome.out
    assert "settle-coding" in outcome.out
