"""A file is opened for the first time: the copy is made, sealed, and there for whoever comes next;
the original stays as it was."""

import os
import signal
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from tests.attachments.made_files import EICAR, acting_pdf, image_bomb, letter, photo, word
from tests.attachments.made_heif import telephone_photo
from tests.attachments.scanner import Scanner
from tests.attachments.sent_files import send
from tests.dossiers.casework import Office
from vertrouwd.attachments.cleaning import child, opening
from vertrouwd.attachments.cleaning.copies import copy_of, picture_of, read_copy, words_of
from vertrouwd.attachments.cleaning.made import LeftOut, Reason
from vertrouwd.attachments.cleaning.opening import cleaned_copy, try_again
from vertrouwd.attachments.evidence import save_original
from vertrouwd.attachments.files import sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.storing import destroy_files, known_records, read_original
from vertrouwd.attachments.terms import Cleaning, Evidence, Scan
from vertrouwd.audit.models import Line
from vertrouwd.sealing.unreadable import Unreadable


@pytest.fixture
def office(db, home, settings) -> Office:
    settings.VERTROUWD_CLAMD = ""
    return Office()


@pytest.fixture
def came(office):
    """`came(content)`: a file of a report in a dossier of the inspector."""
    return lambda content, **more: send(office.dossier().reports.get(), content, **more)


@pytest.fixture
def opened(office):
    """`opened(attachment)`: it is opened by the inspector."""
    unlocked = office.opened
    return lambda file, **more: cleaned_copy(file, opened=unlocked, by=office.inspector, **more)


def shown(attachment: Attachment, opener) -> bytes:
    return b"".join(read_copy(attachment, opener=opener))


def test_the_first_who_opens_a_file_makes_the_copy_and_the_next_one_finds_it(office, came, opened):
    sent = photo()
    file = came(sent)
    assert file.cleaning == Cleaning.WAITING
    first = opened(file)
    assert (first.cleaning, first.why_not, first.busy_until) == (Cleaning.CLEANED, "", None)
    made = shown(first, office.opened)
    copy = copy_of(first, opener=office.opened)
    assert b"Exif" not in made
    assert (copy.type, copy.size, copy.sha256) == (
        "image/jpeg", len(made), sha256(made).hexdigest(),
    )  # fmt: skip
    assert LeftOut.LOCATION in copy.left_out
    assert "calls" in copy.isolation
    assert b"".join(read_original(first, opener=office.opened)) == sent
    second = opened(Attachment.objects.get(pk=file.pk))
    assert second.cleaned == first.cleaned
    assert Line.objects.filter(action="clean_file", object=file.reference).count() == 1


def test_a_photo_of_an_iphone_is_shown_like_any_other_and_stays_evidence_as_it_came(
    office, came, opened
):
    sent = telephone_photo()
    file = opened(came(sent, name="IMG_0042.HEIC"))
    copy = copy_of(file, opener=office.opened)
    assert (copy.type, copy.is_picture, copy.pages) == ("image/jpeg", True, 1)
    assert copy.left_out == (LeftOut.LOCATION, LeftOut.METADATA)
    kind, picture = picture_of(file, copy, 1, opener=office.opened)
    assert (kind, picture[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert b"".join(read_original(file, opener=office.opened)) == sent


def test_nothing_of_a_file_stands_in_the_clear_on_the_disk(came, opened, home):
    opened(came(b"Hij dreigde bij de fietsenstalling. " * 50, name="verhaal.txt"))
    for path in home.rglob("*"):
        assert not path.is_file() or b"fietsenstalling" not in path.read_bytes(), path


def test_the_log_says_what_became_of_it_and_nothing_of_what_it_is(came, opened):
    file = opened(came(image_bomb(), name="geheim.png"))
    line = Line.objects.get(action="clean_file")
    assert line.object == file.reference
    assert line.detail == {"became": "not_possible", "scan": "not_done", "reason": "too_large"}


def test_pages_of_a_pdf_and_words_of_a_letter_come_from_the_copy(office, came, opened):
    pdf, text = opened(came(acting_pdf())), opened(came(letter()))
    unlocked = office.opened
    copy = copy_of(pdf, opener=unlocked)
    kind, picture = picture_of(pdf, copy, 2, opener=unlocked)
    assert (kind, picture[:4]) == ("image/png", b"\x89PNG")
    assert picture_of(pdf, copy, 3, opener=unlocked) is None
    words = words_of(text, copy_of(text, opener=unlocked), opener=unlocked)
    assert "Wat er in de gang gebeurde." in words


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ID3" + bytes(500), Reason.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), Reason.UNKNOWN),
        (photo()[:300], Reason.BROKEN),
        (word()[:500], Reason.BROKEN),
        (image_bomb(), Reason.TOO_LARGE),
    ],
    ids=["sound", "old office", "cut off", "half an archive", "bomb"],
)
def test_what_cannot_be_cleaned_says_why_and_has_no_copy(office, came, opened, content, reason):
    file = opened(came(content))
    assert (file.cleaning, file.why_not, file.cleaned) == (Cleaning.NOT_POSSIBLE, reason, "")
    with pytest.raises(Unreadable):
        copy_of(file, opener=office.opened)
    assert sealed_files().records() == {file.record}


def test_harmful_software_goes_into_quarantine_and_no_child_sees_it(
    office, came, opened, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr(child, "_started", None)
    with Scanner(tmp_path) as scanner:
        settings.VERTROUWD_CLAMD = scanner.address
        file = opened(came(b"Lees dit: " + EICAR, name="lees.txt"))
    assert (file.cleaning, file.scan, file.cleaned) == (Cleaning.QUARANTINED, Scan.FOUND, "")
    assert file.scanned_at
    assert opened(file).cleaning == Cleaning.QUARANTINED


def test_a_scan_that_failed_is_said_and_done_again(office, came, opened, settings, tmp_path):
    settings.VERTROUWD_CLAMD = str(tmp_path / "nobody")
    file = opened(came(photo() + EICAR))
    assert (file.cleaning, file.scan) == (Cleaning.CLEANED, Scan.FAILED)
    with Scanner(tmp_path) as scanner:
        settings.VERTROUWD_CLAMD = scanner.address
        again = try_again(file, opened=office.opened, by=office.inspector)
    assert (again.cleaning, again.scan, again.cleaned) == (Cleaning.QUARANTINED, Scan.FOUND, "")


def test_the_copy_of_what_turns_out_to_be_harmful_goes(
    office, came, settings, tmp_path, django_capture_on_commit_callbacks
):
    file = cleaned_copy(came(photo() + EICAR), opened=office.opened, by=office.inspector)
    with Scanner(tmp_path) as scanner, django_capture_on_commit_callbacks(execute=True):
        settings.VERTROUWD_CLAMD = scanner.address
        try_again(file, opened=office.opened, by=office.inspector)
    assert sealed_files().records() == {file.record}


def test_while_one_request_is_at_it_another_is_told_so(came, opened):
    file = came(photo())
    now = timezone.now()
    Attachment.objects.filter(pk=file.pk).update(busy_until=now + timedelta(minutes=2))
    with pytest.raises(child.Busy):
        opened(file, now=now)


def test_what_broke_off_is_begun_again(came, opened):
    file = came(photo())
    now = timezone.now()
    Attachment.objects.filter(pk=file.pk).update(busy_until=now)
    assert opened(file, now=now + timedelta(seconds=1)).cleaning == Cleaning.CLEANED


def test_a_child_that_is_killed_leaves_nothing_and_can_be_tried_again(
    office, came, opened, monkeypatch
):
    real = child._started

    def start(*words):
        made = real(*words)
        os.kill(made.pid, signal.SIGKILL)
        return made

    monkeypatch.setattr(child, "_started", start)
    file = opened(came(photo()))
    assert (file.cleaning, file.why_not) == (Cleaning.NOT_POSSIBLE, Reason.CRASHED)
    assert sealed_files().records() == {file.record}
    monkeypatch.setattr(child, "_started", real)
    assert try_again(file, opened=office.opened, by=office.inspector).cleaning == Cleaning.CLEANED


def test_a_request_that_dies_before_the_copy_is_written_down_leaves_nothing(
    came, opened, monkeypatch
):
    file = came(photo())
    real = opening.seal_under

    def fails(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(opening, "seal_under", fails)
    with pytest.raises(KeyboardInterrupt):
        opened(file)
    file.refresh_from_db()
    assert (file.cleaning, file.busy_until) == (Cleaning.WAITING, None)
    assert sealed_files().records() == {file.record}
    monkeypatch.setattr(opening, "seal_under", real)
    assert opened(file).cleaning == Cleaning.CLEANED


def test_who_comes_too_late_throws_the_own_copy_away(came, opened, monkeypatch):
    file = came(photo())
    real = opening._made

    def slow(attachment, unlocked):
        made = real(attachment, unlocked)
        Attachment.objects.filter(pk=file.pk).update(busy_until=timezone.now())  # of somebody else
        return made

    monkeypatch.setattr(opening, "_made", slow)
    assert opened(file).cleaning == Cleaning.WAITING
    assert sealed_files().records() == {file.record}


def test_an_original_that_was_changed_is_not_opened(office, came, opened, home):
    file = came(photo(), hashed=b"iets anders")
    with pytest.raises(Unreadable):
        opened(file)
    whole = home / "files" / file.record
    whole.write_bytes(whole.read_bytes()[:-100])
    with pytest.raises(Unreadable):
        opened(file)
    assert Attachment.objects.get(pk=file.pk).cleaning == Cleaning.WAITING


def test_the_copy_goes_with_the_keys_of_the_report(
    office, came, opened, django_capture_on_commit_callbacks
):
    file = opened(came(photo()))
    assert known_records() == sealed_files().records() == {file.record, file.cleaned}
    with django_capture_on_commit_callbacks(execute=True):
        destroy_files(file.report, by=office.inspector)
    assert sealed_files().records() == set()
    with pytest.raises(Unreadable):
        copy_of(file, opener=office.opened)


def test_the_original_is_saved_whole_for_a_reason_that_is_written_down(office, came):
    sent = word()
    file = came(sent)
    size, pieces = save_original(
        file, reason=Evidence.POLICE, opened=office.opened, by=office.inspector
    )
    assert (size, b"".join(pieces)) == (len(sent), sent)
    line = Line.objects.get(action="save_original")
    assert (line.object, line.detail) == (file.reference, {"reason": "police"})


def test_an_original_that_is_not_whole_is_not_handed_out(office, came):
    file = came(photo(), hashed=b"anders")
    with pytest.raises(Unreadable):
        save_original(file, reason=Evidence.POLICE, opened=office.opened, by=office.inspector)
    assert not Line.objects.filter(action="save_original").exists()
