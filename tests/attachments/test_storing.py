"""Sealed files become those of a report: team and reporter open them, until they are destroyed."""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.at_once import at_once
from tests.attachments.sending import on_disk
from tests.factories import make_report
from tests.teams import make_opened_team
from vertrouwd.attachments.files import cleaned_place, original_place, sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.attachments.storing import (
    attach,
    destroy_files,
    discard,
    facts_of,
    known_records,
    original_of,
    read_original,
)
from vertrouwd.attachments.terms import Cleaning
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.models import Report
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.destroying import destroy
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.opening import Mailbox, Opened
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.rotation import rotate
from vertrouwd.sealing.suite import new_key
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

PHOTO = b"\x89PNG\r\n\x1a\n een foto, verzonnen" * 5000
NAME = "foto van de Kanarie.png"


@dataclass
class Case:
    """A report, who opens it, and the key and salt of its mailbox."""

    report: Report
    team: Opened
    key: bytes
    salt: bytes

    def attach(self, *files: SealedFile) -> list[Attachment]:
        with transaction.atomic():
            return attach(
                self.report, files, mailbox_key=self.key, salt=self.salt, now=timezone.now()
            )

    @property
    def reporter(self) -> Mailbox:
        return Mailbox(self.key)


@pytest.fixture
def case(db, home) -> Case:
    salt = new_salt()
    team = make_opened_team()
    return Case(make_report(), team, mailbox_key(new_code(), salt=salt), salt)


def came_in(content: bytes = PHOTO, name: str = NAME) -> SealedFile:
    """As the upload handler leaves it."""
    record, key = new_record(), new_key()
    with sealed_files().sealing(key, place=original_place(record)) as writer:
        writer.write(content)
    return SealedFile(record, key, name, "image/png", len(content), "0" * 64)


def read(attachment: Attachment, opener) -> bytes:
    return b"".join(read_original(attachment, opener=opener))


def test_the_team_and_the_reporter_read_the_file_and_its_name(case):
    (attachment,) = case.attach(came_in())
    attachment.refresh_from_db()
    for opener in (case.team, case.reporter):
        facts = original_of(attachment, opener)
        assert (facts.name, facts.type, facts.size) == (NAME, "image/png", len(PHOTO))
        assert read(attachment, opener) == PHOTO
    assert (attachment.cleaning, attachment.cleaned) == (Cleaning.WAITING, "")


def test_another_code_opens_neither_the_file_nor_its_name(case):
    (attachment,) = case.attach(came_in())
    stranger = Mailbox(mailbox_key(new_code(), salt=case.salt))
    assert facts_of([attachment], opener=stranger) == {attachment.pk: None}
    with pytest.raises(Unreadable):
        original_of(attachment, stranger)
    with pytest.raises(Unreadable):
        read(attachment, stranger)


def test_files_that_come_later_stand_beside_those_of_before(case):
    first = case.attach(came_in(b"een"), came_in(b"twee", "b.txt"))
    later = case.attach(came_in(b"drie", "c.txt"))
    assert [read(each, case.reporter) for each in first + later] == [b"een", b"twee", b"drie"]
    names = [facts.name for facts in facts_of(first + later, opener=case.team).values()]
    assert names == [NAME, "b.txt", "c.txt"]
    assert [key.number for key in DataKey.objects.order_by("pk")] == [0, 1, 2]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_windows_that_add_files_at_the_same_moment_all_do(case):
    files = [[came_in(b"een"), came_in(b"twee")] for _ in range(4)]
    made = at_once(*(lambda two=two: case.attach(*two) for two in files))
    assert [len(each) if isinstance(each, list) else each for each in made] == [2, 2, 2, 2]
    assert {key.number for key in DataKey.objects.all()} == set(range(8))
    for attachment in Attachment.objects.select_related("data_key"):
        assert read(attachment, case.reporter) in (b"een", b"twee")


def test_more_files_ask_no_more_of_the_database(case, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        case.attach(came_in())
    with CaptureQueriesContext(connection) as five:
        made = case.attach(*(came_in() for _ in range(5)))
    assert len(five) <= len(one)
    with django_assert_num_queries(1):
        facts_of(made, opener=case.reporter)


def test_no_name_and_no_key_lies_in_the_clear(case):
    file = came_in()
    case.attach(file)
    rows = repr(list(DataKey.objects.values())) + repr(list(Attachment.objects.values()))
    assert NAME not in rows
    assert file.key.hex() not in rows.lower()
    line = Line.objects.get(action="attach_files")
    assert (line.actor, line.detail) == ("public", {"files": 1})


def test_when_the_report_is_not_stored_its_files_are_nobodys(case):
    file = came_in()
    with pytest.raises(RuntimeError), transaction.atomic():
        case.attach(file)
        raise RuntimeError
    assert known_records() == set()
    assert on_disk() == [file.record]
    discard([file])
    discard([file])
    assert on_disk() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_destroyed_is_read_by_nobody_and_its_files_go_the_copies_too(case, actor):
    original, other = case.attach(came_in(), came_in(b"twee"))
    cleaned = new_record()
    with sealed_files().sealing(new_key(), place=cleaned_place(cleaned)) as writer:
        writer.write(b"schoon")
    Attachment.objects.filter(pk=original.pk).update(
        cleaning=Cleaning.CLEANED, cleaned=cleaned, cleaned_at=timezone.now()
    )
    assert known_records() == {original.record, other.record, cleaned} == set(on_disk())
    assert destroy_files(case.report, by=actor) == 2
    assert (on_disk(), known_records()) == ([], set())
    original = Attachment.objects.select_related("data_key").get(pk=original.pk)
    for opener in (case.team, case.reporter):
        with pytest.raises(Unreadable):
            read(original, opener)


@pytest.mark.django_db(transaction=True)
def test_a_destruction_that_does_not_go_through_leaves_the_files(case, actor):
    (attachment,) = case.attach(came_in())
    with pytest.raises(RuntimeError), transaction.atomic():
        destroy_files(case.report, by=actor)
        raise RuntimeError
    assert read(attachment, case.team) == PHOTO


def test_who_destroys_only_the_keys_leaves_files_that_are_known_as_nobodys(case, actor):
    (attachment,) = case.attach(came_in())
    destroy(case.report.record, Purpose.ATTACHMENT, by=actor)
    assert known_records() == set()
    strays = sealed_files().orphans(known_records(), before=2e10)
    assert [path.name for path in strays] == [attachment.record]


def test_after_a_rotation_team_and_reporter_still_read_the_file(case, actor):
    (attachment,) = case.attach(came_in())
    rotate(opened=case.team, by=actor)
    attachment = Attachment.objects.select_related("data_key__team_key").get(pk=attachment.pk)
    assert attachment.data_key.team_key.version == 2
    for opener in (Opened(case.team._secret, case.team.holder), case.reporter):
        assert read(attachment, opener) == PHOTO
        assert original_of(attachment, opener).name == NAME


def test_a_file_that_changed_on_the_disk_does_not_open(case):
    (attachment,) = case.attach(came_in())
    path = sealed_files().folder / attachment.record
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read(attachment, case.team)
    path.unlink()
    with pytest.raises(Unreadable):
        read(attachment, case.team)
