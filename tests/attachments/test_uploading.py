"""Files of a form are sealed as they come in, or not taken; the answers beside them stay."""

from hashlib import sha256

import pytest

from tests.attachments.sending import OTHER, PAGE, PHOTO, on_disk, part, raw, send, sent
from vertrouwd.attachments import uploading
from vertrouwd.attachments.files import original_place, sealed_files


def test_a_photo_is_sealed_and_opens_with_its_key_alone(browser):
    status, told = send(browser, sent("foto.jpg"))
    (file,) = told["files"]
    assert (status, told["answers"]["verhaal"]) == (200, "Het was dinsdag.")
    assert (file["name"], file["type"]) == ("foto.jpg", "image/jpeg")
    assert (file["size"], file["sha256"]) == (len(PHOTO), sha256(PHOTO).hexdigest())
    place = original_place(file["record"])
    assert b"".join(sealed_files().read(bytes.fromhex(file["key"]), place=place)) == PHOTO
    assert on_disk() == [file["record"]]
    assert PHOTO[1000:1100] not in (sealed_files().folder / file["record"]).read_bytes()


def test_five_files_are_taken_and_of_six_none(browser):
    files = [sent(f"{n}.jpg", bytes([n]) * 70_000) for n in range(6)]
    status, told = send(browser, *files[:5])
    assert [file["size"] for file in told["files"]] == [70_000] * 5
    before = on_disk()
    status, told = send(browser, *files)
    assert (status, told["refused"], told["name"]) == (413, "TooManyFiles", "5.jpg")
    assert told["answers"]["verhaal"] == "Het was dinsdag."
    assert on_disk() == before


def test_a_whole_folder_of_photos_is_refused_with_the_answers_kept(browser):
    status, told = send(browser, *(sent(f"{n}.jpg", b"x") for n in range(60)))
    assert (status, told["refused"]) == (413, "TooManyFiles")
    assert told["answers"]["verhaal"] == "Het was dinsdag."


def test_a_file_that_is_too_large_is_named_and_nothing_of_the_form_is_kept(browser, monkeypatch):
    monkeypatch.setattr(uploading, "FILE_AT_MOST", 200_000)
    exact, larger = sent("a.txt", b"x" * 200_000), sent("film.mp4", b"x" * 200_001)
    status, told = send(browser, exact)
    assert (status, len(told["files"])) == (200, 1)
    before = on_disk()
    small = sent("b.txt", b"x")
    for files in ([larger], [small, larger], [larger, small]):
        status, told = send(browser, *files, daarna="ja")
        assert (status, told["refused"], told["name"]) == (413, "FileTooLarge", "film.mp4")
        assert told["answers"] == {"verhaal": "Het was dinsdag.", "daarna": "ja"}
        for file in files:
            file.seek(0)
    assert on_disk() == before


def test_the_limits_are_those_the_pages_promise():
    assert (uploading.FILES_AT_MOST, uploading.FILE_AT_MOST) == (5, 100_000_000)


def test_an_input_for_files_that_was_left_empty_is_no_file(browser):
    status, told = raw(browser, part(b"", b""))
    assert (status, told["files"]) == (200, [])
    assert on_disk() == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"../../etc/passwd", "passwd"),
        (rb"C:\\Users\\Roos\\foto.jpg", "foto.jpg"),
        (b"/", "bestand"),
        (b"..", "bestand"),
        (b"foto\0.jpg", "foto.jpg"),
        (b"foto\x1b[2J\x07.jpg", "foto[2J.jpg"),
        ("foto\u202egpj.exe".encode(), "fotogpj.exe"),
        ("\u202e\u200b\ufeff".encode(), "bestand"),
        ("e\u0301e\u0301n.jpg".encode(), "één.jpg"),
        (b"a" * 300 + b".jpeg", "a" * 115 + ".jpeg"),
        (b"a." + b"b" * 300, "a." + "b" * 118),
        (b"x; filename*=utf-8''y", "x; filename*=utf-8''y"),
        (b"&#47;etc&#47;x <b>.jpg", "&#47;etc&#47;x <b>.jpg"),
    ],
)  # fmt: skip
def test_of_a_name_only_what_cannot_mislead_is_kept(browser, name, shown):
    status, told = raw(browser, part(name))
    assert status == 200
    assert [file["name"] for file in told["files"]] == [shown]


def test_a_name_in_no_encoding_of_ours_is_refused(browser):
    body = b"--x\r\n" + part(b"\xff\xfe\xed\xa0\x80.jpg") + b"\r\n--x--\r\n"
    answer = browser.post(PAGE, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert on_disk() == []


def test_a_form_that_breaks_off_in_the_middle_of_a_file_leaves_nothing(browser):
    status, told = raw(browser, part(b"heel.jpg"), part(b"half.jpg"), end=b"")
    assert (status, told["refused"], told["name"]) == (413, "BrokeOff", "half.jpg")
    assert on_disk() == []


def test_files_that_the_page_never_asks_for_are_taken_away(browser):
    assert send(browser, sent("foto.jpg"), then="leave")[1]["files"] == 1
    assert on_disk() == []


def test_a_page_that_never_asks_gets_no_files_of_a_form_that_is_refused(browser):
    files = [sent(f"{n}.jpg", b"x") for n in range(6)]
    assert send(browser, *files, then="leave")[1]["files"] == 0


def test_who_asked_for_the_files_answers_for_them_also_when_the_page_then_breaks(browser):
    """They may be stored already: what is nobody's goes with the orphans, not in haste."""
    assert send(browser, sent("foto.jpg"), then="break")[0] == 500
    assert len(on_disk()) == 1


def test_a_page_that_takes_no_files_drops_them_and_reads_the_rest(browser):
    status, told = send(browser, sent("foto.jpg"), to=OTHER)
    assert (status, told) == (200, {"answers": {"verhaal": "Het was dinsdag."}, "files": 0})
    assert on_disk() == []


def test_a_page_that_takes_no_files_does_not_read_a_large_form(browser):
    large = sent("film.mp4", b"x" * (uploading.WORDS_AT_MOST + 1))
    assert browser.post(OTHER, {"bestand": large}).status_code == 400
    assert on_disk() == []


def test_base64_that_is_none_is_refused_and_leaves_nothing(browser):
    line = b'Content-Disposition: form-data; name="bestand"; filename="a"\r\n'
    broken = line + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"*" * 3
    body = b"--x\r\n" + part(b"b.jpg") + b"\r\n--x\r\n" + broken + b"\r\n--x--\r\n"
    answer = browser.post(PAGE, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert on_disk() == []


def test_a_form_with_too_many_words_is_refused_and_its_files_are_gone(browser):
    words = b'Content-Disposition: form-data; name="verhaal"\r\n\r\n' + b"a" * 1_100_000
    body = b"--x\r\n" + part(b"b.jpg") + b"\r\n--x\r\n" + words + b"\r\n--x--\r\n"
    answer = browser.post(PAGE, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert on_disk() == []
