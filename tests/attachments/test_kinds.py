"""What a file is follows from its first bytes, whatever it is called and whoever says otherwise."""

import io
import zipfile

import pytest
from PIL import Image

from tests.attachments.sending import part, raw, send, sent
from vertrouwd.attachments.kinds import START, UNKNOWN, kind_of

MAIL = b"From: roos@example.nl\r\nSubject: dinsdag\r\n\r\nHallo"
BEGINNINGS = {
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "video/mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00",
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00",
    "video/webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm",
    "video/x-matroska": b"\x1aE\xdf\xa3\x93B\x82\x88matroska",
    "audio/ogg": b"OggS\x00\x02",
    "audio/mpeg": b"ID3\x04\x00",
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "application/pdf": b"%PDF-1.7\n",
    "message/rfc822": MAIL,
    "text/plain": "Het was dinsdag, één keer. 🙁".encode(),
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_each_kind_is_known_by_its_beginning(kind):
    assert kind_of(BEGINNINGS[kind]) == kind


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP", "AVIF"])
def test_a_picture_as_a_program_writes_it_is_known(name):
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, name)
    assert kind_of(made.getvalue()[:START]) == f"image/{name.lower()}"


@pytest.mark.parametrize(
    ("brands", "kind"),
    [
        (b"heix\x00\x00\x00\x00mif1heic", "image/heic"),
        (b"mif1\x00\x00\x00\x00mif1heic", "image/heic"),
        (b"mif1\x00\x00\x00\x00mif1avif", "image/avif"),
        (b"avis\x00\x00\x00\x00avifavis", "image/avif"),
    ],
)
def test_the_codec_of_a_picture_follows_from_all_its_brands(brands, kind):
    """What comes after the first box says nothing of it."""
    assert kind_of((8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands + b"avif") == kind


def test_an_office_file_is_a_zip_until_somebody_looks_inside():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert kind_of(made.getvalue()) == "application/zip"


@pytest.mark.parametrize(
    "start",
    [
        b"", b"\x00", b"MZ\x90\x00\x03", b"\x7fELF", b"BM\x00", b"BM is een afkorting\x00",
        bytes(START), b"RIFF\x00\x00\x00\x00AVI ", b"\xff\xfe\x00", b"tekst met een \x00 nul",
        b"\xff\xff\xff\xff",
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_none_of_them_is_just_bytes(start):
    assert kind_of(start) == UNKNOWN


@pytest.mark.parametrize("before", range(4))
def test_a_text_may_be_cut_in_the_middle_of_a_sign(before):
    text = ("a" * before + "🙁" * START).encode()
    assert kind_of(text[:START]) == "text/plain"


@pytest.mark.parametrize("text", ["BM was hier", "GIFT", "PK!", "%PDF", "IDee", "From dinsdag on"])
def test_words_that_look_like_a_beginning_are_words(text):
    assert kind_of(text.encode()) == "text/plain"


def test_text_of_another_program_is_text_too():
    assert kind_of("\ufeffDinsdag".encode("utf-16")) == "text/plain"
    assert kind_of(b"\xef\xbb\xbfDinsdag") == "text/plain"
    assert kind_of(b"From: roos@example.nl\n" + bytes(10)) == UNKNOWN


def test_the_word_of_the_browser_counts_for_nothing(browser):
    page = b"<html><script>alert(1)</script></html>"
    _, told = send(browser, sent("foto.jpg", page, kind="image/jpeg"))
    assert told["files"][0]["type"] == "text/plain"


def test_a_file_that_is_two_things_is_the_one_it_begins_as(browser):
    """A picture with an archive behind it, a PDF that is a page too: the cleaner looks further."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("kwaad.exe", "MZ")
    picture = b"\xff\xd8\xff\xe0" + bytes(100) + archive.getvalue()
    _, told = raw(browser, part(b"a.zip", picture), part(b"b.html", b"%PDF-1.4\n<script>"))
    assert [file["type"] for file in told["files"]] == ["image/jpeg", "application/pdf"]


def test_the_kind_is_known_also_when_the_first_bytes_come_one_by_one(browser, monkeypatch):
    monkeypatch.setattr("vertrouwd.attachments.uploading.SealingUploadHandler.chunk_size", 5)
    _, told = raw(browser, part(b"a", BEGINNINGS["image/heic"]))
    assert told["files"][0]["type"] == "image/heic"
