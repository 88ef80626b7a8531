"""What a reports file may look like, and what is said of one that cannot be used."""

import csv
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.factories import ROW, row, rows, write_csv, write_xlsx
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.reports_file.columns import Layout, WrongHeader
from vertrouwd.dossiers.reports_file.reading import open_table
from vertrouwd.dossiers.reports_file.unreadable import Unreadable


def read_all(path: Path) -> list[tuple[int, list[str]]]:
    with open_table(path) as table:
        return [(number, cells) for number, cells, _ in table.rows]


# Separators, encodings, headers


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_is_read_in_every_form_excel_writes(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    table = [row(instelling_naam="Café «De Brug» €", toelichting="een, twee; drie\nvier")]
    path = write_csv(tmp_path / "m.csv", table, separator=separator, encoding=encoding)
    [(number, cells)] = read_all(path)
    assert number == 2
    assert cells == list(table[0].values())


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "m.csv", [row(toelichting="a\nb"), row(), row()])
    lines = path.read_text().split("\n")
    path.write_text("\n".join([*lines[:3], "", *lines[3:]]))
    assert [number for number, _ in read_all(path)] == [2, 4, 5]


def test_the_line_by_which_excel_names_a_separator_is_skipped(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "m.csv", [row()], separator=";")
    path.write_text("sep=;\n" + path.read_text())
    with open_table(path) as table:
        assert table.header == list(ROW)
        assert [number for number, _, _ in table.rows] == [3]


def test_columns_are_found_by_name_in_any_order_and_spelling(tmp_path: Path, run) -> None:
    turned = {" ".join(name.upper().split("_")) + " ": text for name, text in row().items()}
    table = [dict(reversed(turned.items())) | {"Opmerking": "x", "behandelaar": "y"}]
    outcome = run("import_reports", write_csv(tmp_path / "m.csv", table), "--json")
    assert outcome.summary["stored"] == 1
    assert outcome.summary["columns_ignored"] == ["Opmerking", "behandelaar"]


def test_missing_columns_are_all_named_with_what_they_may_have_been_called() -> None:
    header = [name for name in ROW if name not in ("kanaal", "sector", "toelichting")]
    with pytest.raises(WrongHeader, match=r"lacks required columns: kanaal, sector\."):
        Layout.of(header)
    with pytest.raises(WrongHeader, match=r"kanaal \(written as kanalen\?\)"):
        Layout.of([*header, "sector", "kanalen"])


def test_a_column_may_stand_in_the_header_once() -> None:
    with pytest.raises(WrongHeader, match="twice: sector"):
        Layout.of([*ROW, "Sector"])


# Files that cannot be used: each its own message, exit code 2, nothing stored


def utf16(path: Path) -> None:
    path.write_text(write_csv(path, rows(2)).read_text(), encoding="utf-16")


def utf16_without_mark(path: Path) -> None:
    path.write_text(write_csv(path, rows(2)).read_text(), encoding="utf-16-le")


def mixed_encodings(path: Path) -> None:
    write_csv(path, rows(2, instelling_naam="Café"))
    path.write_bytes(path.read_bytes() + "é,".encode("cp1252") * 3)


def no_known_encoding(path: Path) -> None:
    write_csv(path, rows(2))
    path.write_bytes(path.read_bytes() + b"\x81\xe9,")


def unclosed_quotation_mark(path: Path) -> None:
    write_csv(path, rows(2))
    path.write_bytes(path.read_bytes() + b'R9,"' + b"x,\n" * 500_000)


def header_only(path: Path) -> None:
    path.write_text(",".join(ROW) + "\n")


def damaged(path: Path) -> None:
    whole = write_xlsx(path, rows(50)).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def damaged_sheet(path: Path) -> None:
    write_xlsx(path, rows(50))
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet][: len(parts[sheet]) // 2]
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def billion_laughs(path: Path) -> None:
    write_xlsx(path, rows(2))
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    entities = "".join(
        f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' if i else '<!ENTITY l0 "ha">' for i in range(12)
    )
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = f"<!DOCTYPE x [{entities}]><worksheet>&l11;</worksheet>".encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<x/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("brief.txt", "dag")


UNUSABLE = [
    (lambda path: None, "does not exist"),
    (lambda path: path.mkdir(), "is a folder"),
    (lambda path: os.mkfifo(path), "is not an ordinary file"),
    (lambda path: path.touch(), "is empty"),
    (lambda path: path.write_bytes(b"\xef\xbb\xbf\r\n \r\n"), "is empty"),
    (header_only, "has a header but no rows"),
    (lambda path: path.write_text("naam;leeftijd\nx;3\n"), "does not name the columns"),
    (utf16, "UTF-16"),
    (utf16_without_mark, "UTF-16"),
    (mixed_encodings, "mixes UTF-8 with another encoding"),
    (no_known_encoding, "in neither UTF-8 nor Windows-1252"),
    (unclosed_quotation_mark, "a quotation mark is probably not closed"),
    (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), "neither text nor"),
    (lambda path: path.write_bytes(b"%PDF-1.7\n"), "neither text nor"),
    (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(99)), "old Excel file"),
    (damaged, "damaged XLSX"),
    (damaged_sheet, "damaged XLSX"),
    (billion_laughs, "damaged XLSX"),
    (bomb, "unpacks to 28 MB"),
    (other_zip, "ZIP file but no spreadsheet"),
]


@pytest.mark.parametrize(("make", "message"), UNUSABLE)
def test_a_file_that_cannot_be_used_says_why_in_one_line(
    tmp_path: Path, run, make, message: str
) -> None:
    path = tmp_path / "meldingen"
    make(path)
    outcome = run("import_reports", path)
    assert outcome.code == 2
    assert message in outcome.err
    assert str(path) in outcome.err
    assert "\n" not in outcome.err.strip()
    assert not Report.objects.exists()


# Rows that are cut or glued


def test_a_row_with_too_few_or_too_many_cells_is_refused_not_shifted(tmp_path: Path, run) -> None:
    path = write_csv(tmp_path / "m.csv", rows(3))
    lines = path.read_text().splitlines()
    lines[2] = ",".join(lines[2].split(",")[:12])
    lines[3] += ",extra"
    path.write_text("\n".join(lines))
    outcome = run("import_reports", path, "--json")
    assert outcome.summary["stored"] == 1
    assert [r["problem"] for r in outcome.summary["rejects"]] == [
        "the row has 12 cells and the header 23", "the row has 24 cells and the header 23",
    ]  # fmt: skip


def test_a_quotation_mark_that_swallows_rows_is_named_with_the_lines_it_took(
    tmp_path: Path, run
) -> None:
    path = write_csv(tmp_path / "m.csv", rows(6))
    lines = path.read_text().splitlines()
    lines[2] = lines[2].replace("telefoon", '"telefoon')
    lines[5] = lines[5].replace("telefoon", 'telefoon"')
    path.write_text("\n".join(lines))
    outcome = run("import_reports", path, "--json")
    [reason] = outcome.summary["rejects"]
    assert reason["row"] == 3
    assert reason["problem"] == "a cell holds other rows: the row runs over 4 lines"


# Excel


def test_dates_and_numbers_of_excel_are_read_as_what_they_are(tmp_path: Path, run) -> None:
    cells = row() | {
        "melding_id": 1001,
        "ontvangen_op": datetime(2023, 4, 17, 9, 30),
        "voorval_van": date(2023, 4, 3),
        "voorval_tot": 45030,
        "betrokkene_leeftijd": 10.0,
        "dossier": 7,
        "beklaagde_leeftijd": 12,
    }
    assert run("import_reports", write_xlsx(tmp_path / "m.xlsx", [cells])).code == 0
    stored = Report.objects.get()
    assert stored.external_id == "1001"
    assert stored.received_on == date(2023, 4, 17)
    assert (stored.happened_from, stored.happened_until) == (date(2023, 4, 3), date(2023, 4, 14))
    assert (stored.affected_age, stored.accused_age) == (10, 12)
    assert stored.dossier.external_group == "7"


def test_the_sheet_with_the_reports_is_found_among_others(tmp_path: Path, run) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Toelichting bij dit bestand"])
    sheet = book.create_sheet("meldingen")
    sheet.append(list(ROW))
    sheet.append([])
    sheet.append([text or None for text in row().values()])
    book.save(tmp_path / "m.xlsx")
    outcome = run("import_reports", tmp_path / "m.xlsx", "--json")
    assert outcome.summary["stored"] == 1


@pytest.mark.slow
def test_a_large_file_is_read_within_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(ROW)
        for number in range(20_000):
            writer.writerow(row(melding_id=str(number), toelichting="x" * 10_000).values())
    assert path.stat().st_size > 200_000_000
    program = (
        "import sys; from pathlib import Path\n"
        "from vertrouwd.dossiers.reports_file.reading import open_table\n"
        "with open_table(Path(sys.argv[1])) as table:\n"
        "    assert sum(1 for _ in table.rows) == 20_000\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    assert int(found.stdout) < 100_000  # kB


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = write_csv(tmp_path / "m.csv", [row()])
    path.chmod(0)
    with pytest.raises(Unreadable, match="may not be read"):
        read_all(path)


def test_reading_a_file_leaves_the_longest_cell_of_other_readers_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    long = row(toelichting="x" * (before + 1))
    assert len(read_all(write_csv(tmp_path / "m.csv", [long]))) == 1
    assert csv.field_size_limit() == before
