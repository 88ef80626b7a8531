"""Excel files as they come: other epochs, own date formats, shared texts, prefixed names."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from vertrouwd.dossiers.reports_file.reading import open_table
from vertrouwd.dossiers.reports_file.unreadable import Unreadable

DAY = date(2023, 4, 17)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def saved(
    path: Path, *cells: object, formats: dict[int, str] | None = None, **book: object
) -> Path:
    """A workbook with these cells in the second row."""
    made = openpyxl.Workbook()
    for name, value in book.items():
        setattr(made, name, value)
    made.active.append(["melding_id"])
    made.active.append(list(cells))
    for column, form in (formats or {}).items():
        made.active.cell(2, column + 1).number_format = form
    made.save(path)
    return path


def second_row(path: Path) -> list[str]:
    with open_table(path) as table:
        [(number, cells, _)] = table.rows
    assert number == 2
    return cells


def test_a_cell_is_read_as_what_it_shows(tmp_path: Path) -> None:
    cells = ("tekst", 7, 7.0, 14.5, True, False, None, DAY, datetime(2023, 4, 17, 23, 59), 45033)
    assert second_row(saved(tmp_path / "m.xlsx", *cells)) == [
        "tekst", "7", "7", "14.5", "ja", "nee", "", "2023-04-17", "2023-04-17", "45033",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["dd-mm-yyyy", "[$-413]d mmmm yyyy;@", 'd"/"m"/"yy', "mm-dd-yy"])
def test_a_number_with_a_format_of_a_date_is_a_date(tmp_path: Path, form: str) -> None:
    path = saved(tmp_path / "m.xlsx", 45033, formats={0: form})
    assert second_row(path) == ["2023-04-17"]


@pytest.mark.parametrize("form", ["0", "General", '0" dagen"', "[Red]0", "#,##0"])
def test_a_number_with_another_format_is_a_number(tmp_path: Path, form: str) -> None:
    assert second_row(saved(tmp_path / "m.xlsx", 45033, formats={0: form})) == ["45033"]


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    path = saved(tmp_path / "m.xlsx", DAY, epoch=CALENDAR_MAC_1904)
    assert second_row(path) == ["2023-04-17"]


def test_empty_rows_and_cells_keep_their_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "melding_id"
    book.active["AB9"] = "ver"
    book.save(tmp_path / "m.xlsx")
    with open_table(tmp_path / "m.xlsx") as table:
        assert list(table.rows) == [(9, [""] * 27 + ["ver"], 0)]


def handmade(path: Path, sheet: str, texts: str = "") -> Path:
    """The least workbook there is, with a prefix on every name."""
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" '
            f'Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheets>'
            '<x:sheet name="m" r:id="b"/></x:sheets></x:workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="b" Type="{OFFICE}/worksheet"'
            f' Target="s.xml"/><Relationship Id="c" Type="{OFFICE}/sharedStrings"'
            ' Target="sharedStrings.xml"/></Relationships>',
        )
        book.writestr("xl/sharedStrings.xml", f'<x:sst xmlns:x="{MAIN}">{texts}</x:sst>')
        book.writestr(
            "xl/s.xml",
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>'
            f"melding_id</x:t></x:is></x:c></x:row>{sheet}</x:sheetData></x:worksheet>",
        )
    return path


def test_texts_in_parts_are_joined_and_reading_aids_left_out(tmp_path: Path) -> None:
    texts = (
        "<x:si><x:r><x:t xml:space='preserve'>Jan </x:t></x:r><x:r><x:t>&amp; co</x:t></x:r>"
        "<x:rPh><x:t>jan</x:t></x:rPh></x:si><x:si/><x:si><x:t>twee</x:t></x:si>"
    )
    sheet = (
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c>'
        '<x:c t="str"><x:f>A1</x:f><x:v>som</x:v></x:c><x:c t="e" r="D2"><x:f>1/0</x:f>'
        "<x:v>#N/A</x:v></x:c>"
        '<x:c t="d"><x:v>2023-04-17T00:00:00</x:v></x:c>'
        '<x:c t="inlineStr"><x:is><x:r><x:t>in</x:t></x:r><x:r><x:t>eens</x:t></x:r>'
        "<x:rPh><x:t>y</x:t></x:rPh></x:is></x:c></x:row>"
    )
    assert second_row(handmade(tmp_path / "m.xlsx", sheet, texts)) == [
        "Jan & co", "twee", "som", "#N/A", "2023-04-17", "ineens",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sheet",
    [
        '<x:row><x:c t="s"><x:v>7</x:v></x:c></x:row>',
        '<x:row><x:c r="ZZZZ2"><x:v>1</x:v></x:c></x:row>',
        '<x:row><x:c r="é2"><x:v>1</x:v></x:c></x:row>',
        '<x:row r="twee"/>',
    ],
)
def test_a_sheet_that_makes_no_sense_is_damaged(tmp_path: Path, sheet: str) -> None:
    path = handmade(tmp_path / "m.xlsx", sheet)
    with pytest.raises(Unreadable, match="damaged"), open_table(path) as table:
        list(table.rows)


@pytest.mark.parametrize("end", [b"</x:sheetData>", b"</x:row>", b"<x:row>"])
def test_a_sheet_that_was_cut_off_is_damaged(tmp_path: Path, end: bytes) -> None:
    path = handmade(tmp_path / "m.xlsx", "<x:row><x:c><x:v>1</x:v></x:c></x:row>")
    with zipfile.ZipFile(path) as book:
        whole = book.read("xl/s.xml")
    cut = whole[: whole.rindex(end)]
    change(path, "xl/s.xml", whole, cut)
    with pytest.raises(Unreadable, match="damaged"), open_table(path) as table:
        list(table.rows)


def test_a_workbook_without_its_parts_is_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.xlsx", "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable, match="damaged"), open_table(tmp_path / "m.xlsx"):
        pass


def test_cells_stand_where_they_say_in_whatever_order(tmp_path: Path) -> None:
    sheet = '<x:row><x:c r="B2"><x:v>2</x:v></x:c><x:c r="A2"><x:v>een</x:v></x:c></x:row>'
    assert second_row(handmade(tmp_path / "m.xlsx", sheet)) == ["een", "2"]


def test_a_table_may_begin_anywhere_and_its_rows_keep_their_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["C5"] = "melding_id"
    book.active["C7"] = "R1"
    book.save(tmp_path / "m.xlsx")
    with open_table(tmp_path / "m.xlsx") as table:
        assert table.header == ["", "", "melding_id"]
        assert list(table.rows) == [(7, ["", "", "R1"], 0)]


def test_a_formula_is_read_as_its_stored_result(tmp_path: Path) -> None:
    sheet = (
        "<x:row><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c>"
        '<x:c t="str"><x:f>A1</x:f><x:v>som</x:v></x:c><x:c t="b"><x:f>A1</x:f><x:v>1</x:v></x:c>'
        "</x:row>"
    )
    assert second_row(handmade(tmp_path / "m.xlsx", sheet)) == ["2", "som", "ja"]


def test_an_error_is_read_as_an_error_and_only_on_its_own_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A2"] = "#DIV/0!"
    sheet = book.create_sheet("meldingen & meer")
    for values in (["melding_id", "kanaal", "sector"], ["R1", "#REF!", None], ["R2", "", "#N/A"]):
        sheet.append(values)
    sheet.append(['een cel met <c t="e"> erin', "brief", "po"])
    book.save(tmp_path / "m.xlsx")
    with open_table(tmp_path / "m.xlsx") as table:
        assert [cells for _, cells, _ in table.rows] == [
            ["R1", "#REF!"], ["R2", "", "#N/A"], ['een cel met <c t="e"> erin', "brief", "po"],
        ]  # fmt: skip


def test_an_error_without_a_place_refuses_the_file(tmp_path: Path) -> None:
    path = handmade(tmp_path / "m.xlsx", '<x:row><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>')
    with pytest.raises(Unreadable, match="a cell with an error"), open_table(path):
        pass


# What is hostile: refused in a moment, and never the end of the program


@pytest.mark.parametrize("place", ["XFD1048576", "XFD60000", "W4294967295"])
def test_two_cells_far_apart_ask_for_no_memory(tmp_path: Path, place: str) -> None:
    number = place.lstrip("XFDW")
    sheet = f'<x:row r="{number}"><x:c r="{place}"><x:v>1</x:v></x:c></x:row>'
    path = handmade(tmp_path / "m.xlsx", sheet)
    with pytest.raises(Unreadable, match="cells far outside its table"), open_table(path):
        pass


def test_a_workbook_that_promises_countless_texts_is_refused_or_read(tmp_path: Path) -> None:
    path = handmade(tmp_path / "m.xlsx", "<x:row><x:c><x:v>1</x:v></x:c></x:row>")
    change(path, "xl/sharedStrings.xml", b"<x:sst ", b'<x:sst uniqueCount="99999999999" ')
    with pytest.raises(Unreadable, match="within 2 GB"), open_table(path):
        pass


def change(path: Path, part: str, before: bytes, after: bytes) -> None:
    """Put other bytes in one part of a workbook."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert before in parts[part]
    parts[part] = parts[part].replace(before, after)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    true, said = (size.to_bytes(4, "little") for size in (50_000_000, 1_000))
    assert path.read_bytes().count(true) == 2
    path.write_bytes(path.read_bytes().replace(true, said))
    with pytest.raises(Unreadable, match="damaged"), open_table(path):
        pass


def test_no_entity_of_another_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "geheim").write_text("geheim")
    path = handmade(tmp_path / "m.xlsx", "<x:row><x:c><x:v>&g;</x:v></x:c></x:row>")
    declared = f'<!DOCTYPE x [<!ENTITY g SYSTEM "{(tmp_path / "geheim").as_uri()}">]><x:worksheet'
    change(path, "xl/s.xml", b"<x:worksheet", declared.encode())
    with pytest.raises(Unreadable, match="damaged"), open_table(path):
        pass


@pytest.mark.parametrize(
    ("part", "message"), [("mimetype", "OpenDocument"), ("xl/workbook.bin", "binary workbook")]
)
def test_a_spreadsheet_of_another_kind_is_named(tmp_path: Path, part: str, message: str) -> None:
    path = tmp_path / "m"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(part, "x")
        book.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable, match=f"{message}.*Save it as XLSX or CSV"), open_table(path):
        pass


def test_a_workbook_without_a_cell_says_that_it_names_no_columns(tmp_path: Path, run) -> None:
    openpyxl.Workbook().save(tmp_path / "m.xlsx")
    outcome = run("import_reports", tmp_path / "m.xlsx")
    assert outcome.code == 2
    assert "does not name the columns" in outcome.err


def test_a_sheet_is_let_go_when_its_reader_stops_early(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(20_000):
        book.active.append([f"melding_id {number}"] * 5)
    book.save(tmp_path / "m.xlsx")
    with open_table(tmp_path / "m.xlsx") as table:
        assert next(table.rows)[0] == 2
