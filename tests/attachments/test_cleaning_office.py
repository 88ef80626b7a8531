"""Office files keep words and pictures, and nothing that acts, fetches or tells on its maker."""

import io
import zipfile

import openpyxl
import pytest
from odfdo import Document

from tests.attachments.made_files import (
    AUTHOR,
    BILLION,
    letter,
    slides,
    unzipped,
    word,
    word_parts,
    workbook,
    zip_bomb,
    zipped,
)
from vertrouwd.attachments.cleaning.child import clean, read
from vertrouwd.attachments.cleaning.made import Kind, LeftOut, NotPossible, Reason


def cleaned(content: bytes, kind: Kind = Kind.OFFICE):
    with clean([content], kind) as answer:
        return answer, b"".join(answer.pieces)


def refused(content: bytes, kind: Kind = Kind.OFFICE) -> Reason:
    with pytest.raises(NotPossible) as found:
        cleaned(content, kind)
    return found.value.reason


def words(content: bytes) -> str:
    return read([cleaned(content)[1]], Kind.OFFICE)


def test_macros_objects_links_and_the_maker_of_a_word_file_are_gone():
    answer, made = cleaned(word())
    parts = unzipped(made)
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml",
        "word/_rels/document.xml.rels", "word/media/foto.jpeg",
    }  # fmt: skip
    everything = b"".join(parts.values())
    for gone in (AUTHOR, "DDEAUTO", "volg.invalid", "vba", "oleObject", "macroEnabled", "Exif",
                 "rsidR", "2023-01-01"):  # fmt: skip
        assert gone.encode() not in everything, gone
    assert b'r:embed="rId3"' in parts["word/document.xml"]
    assert {LeftOut.SCRIPTS, LeftOut.FILES, LeftOut.LINKS, LeftOut.METADATA} <= {*answer.left_out}
    assert answer.type.endswith("wordprocessingml.document")


def test_the_words_of_a_word_file_are_shown():
    shown = words(word())
    assert "Hij dreigde in de gang & op het plein." in shown
    assert "Later toegevoegd." in shown
    assert "een adres" in shown
    assert "cmd.exe" not in shown


def test_a_workbook_keeps_what_it_says_and_loses_what_it_reckons():
    answer, made = cleaned(workbook())
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert [cell.value for cell in book.active["A"]] == ["Naam", "Groep 7", None, "een adres"]
    assert book.active["A4"].hyperlink is None
    parts = unzipped(made)
    assert AUTHOR.encode() in b"".join(unzipped(workbook()).values())
    assert AUTHOR.encode() not in b"".join(parts.values())
    assert "Een opmerking" in b"".join(parts.values()).decode("latin-1")
    assert LeftOut.FORMULAS in answer.left_out
    assert "Groep 7\t12" in words(workbook())


def test_slides_are_read_in_their_order_and_play_nothing():
    answer, made = cleaned(slides())
    parts = unzipped(made)
    everything = b"".join(parts.values())
    for gone in ("volg.invalid", "geluid.wav", AUTHOR, "hlinkClick", "timing", "cmd"):
        assert gone.encode() not in everything, gone
    assert everything.count(b"r:id=") == 12
    assert {LeftOut.LINKS, LeftOut.SCRIPTS} <= {*answer.left_out}
    shown = words(slides()).split("\n")
    assert [line for line in shown if line] == [
        *(f"Dia {n}" for n in range(1, 13)), "Zeg dit niet hardop.",
    ]  # fmt: skip


def test_an_open_document_opens_again_without_its_maker():
    assert AUTHOR.encode() in b"".join(unzipped(letter()).values())
    _, made = cleaned(letter())
    parts = unzipped(made)
    assert next(iter(parts)) == "mimetype"
    assert AUTHOR.encode() not in b"".join(parts.values())
    again = Document(io.BytesIO(made))
    assert "Wat er in de gang gebeurde." in again.get_formatted_text()
    assert "Wat er in de gang gebeurde." in words(letter())


def test_an_open_document_with_a_macro_an_object_and_a_far_picture_loses_them():
    parts = unzipped(letter())
    content = parts["content.xml"].decode()
    harm = (
        '<text:p><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">'
        '<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xlink:href="https://volg.invalid/a.png"/><draw:object xlink:href="./Object 1" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame></text:p></office:text>'
    )
    parts["content.xml"] = content.replace("</office:text>", harm).encode()
    parts["Basic/Standard/Module1.xml"] = b"<a/>"
    parts["Object 1/content.xml"] = b"<a/>"
    answer, made = cleaned(zipped(parts))
    found = unzipped(made)
    assert {"mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"} >= set(found)
    assert b"volg.invalid" not in found["content.xml"]
    assert b"draw:object" not in found["content.xml"]
    assert b"draw:image" not in found["content.xml"]
    assert {LeftOut.SCRIPTS, LeftOut.FILES, LeftOut.LINKS} <= {*answer.left_out}


def test_a_small_file_that_unpacks_to_a_library_is_refused():
    assert len(zip_bomb()) < 400_000
    assert refused(zip_bomb()) == Reason.TOO_LARGE


def test_a_file_of_very_many_parts_is_refused():
    many = {f"word/{number}.xml": b"" for number in range(6000)}
    assert refused(zipped(word_parts() | many)) == Reason.TOO_LARGE


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml"])
def test_laughter_that_grows_a_billion_times_is_refused(part):
    assert refused(zipped(word_parts() | {part: BILLION})) == Reason.BROKEN


def test_a_document_type_is_refused_however_small():
    small = b'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="x">&b;</w:document>'
    assert refused(zipped(word_parts() | {"word/document.xml": small})) == Reason.BROKEN


def test_what_lies_outside_is_left_out_also_when_it_is_called_as_a_part():
    parts = word_parts()
    relations = parts["word/_rels/document.xml.rels"]
    outside = b'Target="media/foto.jpeg" TargetMode="External"'
    parts["word/_rels/document.xml.rels"] = relations.replace(b'Target="media/foto.jpeg"', outside)
    found = unzipped(cleaned(zipped(parts))[1])
    assert b"External" not in found["word/_rels/document.xml.rels"]
    assert b"r:embed" not in found["word/document.xml"]


def test_two_parts_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = io.BytesIO(word())

        with zipfile.ZipFile(twice, "a") as archive:
            archive.writestr("word/document.xml", b"<a/>")
    assert refused(twice.getvalue()) == Reason.BROKEN


def test_a_way_out_of_the_folder_leads_nowhere():
    _, made = cleaned(zipped(word_parts() | {"word/media/../../../kwaad.jpeg": b"x"}))
    assert not [name for name in unzipped(made) if ".." in name]


def test_an_archive_that_is_no_office_file_is_refused():
    assert refused(zipped({"foto.jpg": b"x"})) == Reason.UNKNOWN


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", word()[:900]])
def test_what_is_no_archive_is_refused(content):
    assert refused(content) == Reason.BROKEN


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Hij zei:\r\n«stil» \U0001f910".encode(), "Hij zei:\n«stil» \U0001f910"),
        ("Hij zei".encode("utf-16"), "Hij zei"),
        ("Hij zei".encode("utf-8-sig"), "Hij zei"),
        ("Café".encode("cp1252"), "Café"),
        (b"rood\x1b[31m\x07", "rood[31m"),
        (b"<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_text_becomes_plain_text(sent, kept):
    answer, made = cleaned(sent, Kind.TEXT)
    assert made.decode() == kept
    assert answer.type == "text/plain; charset=utf-8"
