"""The last of the disk is for words: files are refused, and the form goes through without them."""

import os
import resource
import subprocess

import pytest
from django.core.files.uploadhandler import SkipFile

from tests.attachments.sending import on_disk, part, raw, send, sent
from vertrouwd.attachments import space
from vertrouwd.attachments.not_taken import NoRoom, TooBusy
from vertrouwd.attachments.space import Room, free_bytes
from vertrouwd.attachments.uploading import SealingUploadHandler

MEBIBYTE = 1 << 20
NO_RESERVE = -(1 << 50)  # so that nothing is asked beforehand and the disk itself says no


@pytest.fixture
def small_disk(home):
    """A disk of 4 MiB under the home folder."""
    if os.geteuid() != 0:
        pytest.skip("only root makes a disk")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", home], check=False)
    if made.returncode:
        pytest.skip("no disk can be made here")
    yield home
    subprocess.run(["umount", home], check=True)


def test_a_file_that_would_take_what_is_for_words_is_refused_and_the_answers_stay(
    browser, settings
):
    settings.VERTROUWD_RESERVE_BYTES = free_bytes() + MEBIBYTE
    status, told = send(browser, sent("foto.jpg"))
    assert (status, told["refused"], told["name"]) == (413, "NoRoom", "")
    assert told["answers"]["verhaal"] == "Het was dinsdag."
    assert on_disk() == []


def test_a_form_without_files_needs_no_room(browser, settings):
    settings.VERTROUWD_RESERVE_BYTES = free_bytes() + MEBIBYTE
    status, told = raw(browser, b'Content-Disposition: form-data; name="verhaal"\r\n\r\nDinsdag.')
    assert (status, told) == (200, {"answers": {"verhaal": "Dinsdag."}, "files": []})


def test_when_the_disk_fills_up_meanwhile_nothing_of_the_form_is_kept(
    browser, small_disk, settings
):
    settings.VERTROUWD_RESERVE_BYTES = NO_RESERVE
    for sizes in ([5 * MEBIBYTE], [MEBIBYTE, 4 * MEBIBYTE], [5 * MEBIBYTE, 10]):
        status, told = send(browser, *(sent("f", b"x" * size) for size in sizes), then="keep")
        assert (status, told["refused"]) == (413, "NoRoom")
        assert told["answers"]["verhaal"] == "Het was dinsdag."
        assert on_disk() == []
    assert send(browser, sent("f", b"x" * MEBIBYTE))[0] == 200


def test_when_others_fill_the_disk_meanwhile_what_is_for_words_stays_free(small_disk, settings):
    settings.VERTROUWD_RESERVE_BYTES = MEBIBYTE
    handler = SealingUploadHandler()
    handler.new_file("bestand", "f", "video/mp4", None)
    handler.receive_data_chunk(b"x" * 70_000, 0)
    (small_disk / "words").write_bytes(bytes(free_bytes() - MEBIBYTE // 2))
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"x" * 70_000, 70_000)
    assert isinstance(handler.refused, NoRoom)
    assert on_disk() == []


def test_when_only_the_end_does_not_fit_it_is_the_same(browser, small_disk, settings):
    """The last chunk and the padding are written when the file has come in."""
    settings.VERTROUWD_RESERVE_BYTES = NO_RESERVE
    (small_disk / "words").write_bytes(bytes(free_bytes() - 96 * 1024))
    status, told = send(browser, sent("f", b"x" * 120_000))
    assert (status, told["refused"]) == (413, "NoRoom")
    assert on_disk() == []


def test_a_limit_of_the_account_is_no_room_too(browser):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * MEBIBYTE, hard))
    try:
        status, told = send(browser, sent("f", b"x" * 9 * MEBIBYTE))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (status, told["refused"]) == (413, "NoRoom")
    assert on_disk() == []


def test_forms_that_come_in_together_are_not_promised_the_same_room(home, settings):
    room = Room()
    settings.VERTROUWD_RESERVE_BYTES = free_bytes() - 100 * MEBIBYTE
    with room.promised(60 * MEBIBYTE):
        with pytest.raises(NoRoom), room.promised(60 * MEBIBYTE):
            pass
        with room.promised(20 * MEBIBYTE):
            pass
    with room.promised(60 * MEBIBYTE):
        pass


def test_all_forms_together_have_a_limit(home, settings, monkeypatch):
    room = Room()
    settings.VERTROUWD_RESERVE_BYTES = NO_RESERVE
    monkeypatch.setattr(space, "GOING_ON", 100)
    with room.promised(60):
        with pytest.raises(TooBusy), room.promised(60):
            pass
        with room.promised(40):
            pass


def test_room_is_given_back_however_a_form_ends(browser, settings, monkeypatch):
    room = Room()
    monkeypatch.setattr("vertrouwd.attachments.uploading.ROOM", room)
    monkeypatch.setattr(space, "GOING_ON", 2 * MEBIBYTE)
    settings.VERTROUWD_RESERVE_BYTES = NO_RESERVE
    large = b"x" * (MEBIBYTE + MEBIBYTE // 2)
    for _ in range(2):
        assert send(browser, sent("f", large))[0] == 200
        assert send(browser, sent("f", large), then="leave")[0] == 200
        assert send(browser, sent("f", large), then="break")[0] == 500
        assert send(browser, *(sent("f", b"x") for _ in range(6)))[1]["refused"] == "TooManyFiles"
        assert raw(browser, part(b"f", large), end=b"")[1]["refused"] == "BrokeOff"
