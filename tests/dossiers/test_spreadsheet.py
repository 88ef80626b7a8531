"""Excel files as they come: other epochs, own date formats, shared texts, prefixed names."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from vertrouwd.dossiers.reports_file.reading import Unreadable, open_table

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
            ' Target="t.xml"/></Relationships>',
        )
        book.writestr("xl/t.xml", f'<x:sst xmlns:x="{MAIN}">{texts}</x:sst>')
        book.writestr(
            "xl/s.xml",
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>'
            f"melding_id</x:t></x:is></x:c></x:row>{sheet}</x:sheetData></x:worksheet>",
        )
    return path


def test_texts_in_parts_are_joined_and_reading_aids_left_out(tmp_path: Path) -> None:
    texts = (
        "<x:si><x:r><x:t>Jan </x:t></x:r><x:r><x:t>&amp; co</x:t></x:r>"
        "<x:rPh><x:t>jan</x:t></x:rPh></x:si><x:si/><x:si><x:t>twee</x:t></x:si>"
    )
    sheet = (
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c>'
        '<x:c t="str"><x:f>A1</x:f><x:v>som</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c>'
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
        '<x:row><x:c r="B2"><x:v>1</x:v></x:c><x:c r="A2"><x:v>1</x:v></x:c></x:row>',
        '<x:row><x:c r="ZZZZ2"><x:v>1</x:v></x:c></x:row>',
        '<x:row><x:c r="é2"><x:v>1</x:v></x:c></x:row>',
        '<x:row r="twee"/>',
        "<x:row><x:c><x:v>geen getal</x:v></x:c></x:row>",
        "<x:row>",
    ],
)
def test_a_sheet_that_makes_no_sense_is_damaged(tmp_path: Path, sheet: str) -> None:
    path = handmade(tmp_path / "m.xlsx", sheet)
    with pytest.raises(Unreadable, match="damaged"), open_table(path) as table:
        list(table.rows)


def test_a_workbook_without_its_parts_is_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.xlsx", "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable, match="damaged"), open_table(tmp_path / "m.xlsx"):
        pass
