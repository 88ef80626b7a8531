"""What is sealed opens for the team and, in a thread, for the reporter; moved or changed, never."""

import pytest
from django.db import IntegrityError, transaction

from vertrouwd.audit.models import Line
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.destroying import destroy, sealed_files
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.opening import Mailbox
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import Destroyed, make_data_key, seal_many, seal_texts
from vertrouwd.sealing.unreadable import Unreadable

TEXT = "Dit vertelde ik nog nooit aan iemand. Ook niet aan ë€漢🙂."


@pytest.fixture
def thread(opened, actor):
    """(record, mailbox key) of a thread with one text."""
    record, salt = new_record(), new_salt()
    key = mailbox_key(new_code(), salt=salt)
    seal_texts(record, Purpose.THREAD, {"filed": TEXT}, by=actor, mailbox_key=key, salt=salt)
    return record, key


def test_the_team_opens_what_was_sealed(opened, actor):
    record = new_record()
    seal_texts(record, Purpose.IDENTITY, {"name": "A. Bee", "phone": ""}, by=actor)
    assert opened.texts(record, Purpose.IDENTITY) == {"name": "A. Bee", "phone": ""}


def test_reporter_and_team_open_the_same_thread(opened, thread):
    record, key = thread
    assert Mailbox(key).texts(record, Purpose.THREAD) == {"filed": TEXT}
    assert opened.texts(record, Purpose.THREAD) == {"filed": TEXT}


def test_another_code_opens_nothing_and_adds_nothing(opened, thread, actor):
    record, _ = thread
    salt = new_salt()
    other = mailbox_key(new_code(), salt=salt)
    with pytest.raises(Unreadable):
        Mailbox(other).texts(record, Purpose.THREAD)
    with pytest.raises(Unreadable):
        seal_texts(record, Purpose.THREAD, {"more": "x"}, by=actor, mailbox_key=other, salt=salt)
    assert DataKey.objects.filter(record=record).count() == 1


def test_the_reporter_opens_neither_notes_nor_identity(opened, thread, actor):
    record, key = thread
    for purpose in (Purpose.IDENTITY, Purpose.NOTES, Purpose.DOSSIER):
        seal_texts(record, purpose, {"text": "x"}, by=actor)
        with pytest.raises(Unreadable):
            Mailbox(key).texts(record, purpose)
        with pytest.raises(ValueError, match="team's only"):
            seal_texts(
                new_record(), purpose, {"text": "x"}, by=actor, mailbox_key=key, salt=b"s" * 16
            )


def test_reporter_and_inspector_write_under_the_same_key(opened, thread, actor):
    record, key = thread
    seal_texts(record, Purpose.THREAD, {"answer": "B"}, by=actor, opened=opened)
    salt = DataKey.objects.get(record=record).reporter_salt
    seal_texts(record, Purpose.THREAD, {"reply": "C"}, by=actor, mailbox_key=key, salt=bytes(salt))
    assert DataKey.objects.filter(record=record).count() == 1
    assert Mailbox(key).texts(record, Purpose.THREAD) == {
        "filed": TEXT, "answer": "B", "reply": "C",
    }  # fmt: skip


def test_who_cannot_open_makes_another_key_and_the_last_revision_is_read(opened, actor):
    record = new_record()
    seal_texts(record, Purpose.NOTES, {"note": "first", "other": "stays"}, by=actor)
    seal_texts(record, Purpose.NOTES, {"note": "second"}, by=actor)
    assert [d.number for d in DataKey.objects.filter(record=record)] == [0, 1]
    assert opened.texts(record, Purpose.NOTES) == {"note": "second", "other": "stays"}
    seal_texts(record, Purpose.NOTES, {"note": "third"}, by=actor, opened=opened)
    assert DataKey.objects.filter(record=record).count() == 2
    assert opened.texts(record, Purpose.NOTES)["note"] == "third"
    assert sorted(SealedText.objects.filter(field="note").values_list("revision", flat=True)) == [
        1, 2, 3,
    ]  # fmt: skip


def test_many_are_sealed_in_one_act(opened, actor):
    rows = [(new_record(), Purpose.THREAD, {"filed": f"{n}", "b": ""}) for n in range(7)]
    made = seal_many(iter(rows), by=actor)
    assert len(made) == 7
    assert [opened.texts(r, p)["filed"] for r, p, _ in rows] == [str(n) for n in range(7)]
    [line] = Line.objects.filter(action="seal_texts")
    assert line.detail == {"data_keys": 7, "texts": 14}


def test_a_failed_transaction_leaves_nothing(opened, actor):
    record = new_record()
    with pytest.raises(RuntimeError), transaction.atomic():
        seal_texts(record, Purpose.NOTES, {"note": "x"}, by=actor)
        raise RuntimeError
    assert not DataKey.objects.filter(record=record).exists()


@pytest.mark.parametrize("change", ["flip", "cut", "empty", "other_suite"])
def test_a_corrupted_ciphertext_does_not_open(opened, thread, change):
    text = SealedText.objects.get(data_key__record=thread[0])
    good = bytes(text.ciphertext)
    text.ciphertext = {
        "flip": good[:-1] + bytes([good[-1] ^ 1]),
        "cut": good[: len(good) // 2],
        "empty": b"",
        "other_suite": b"\x63" + good[1:],
    }[change]
    text.save()
    for opener in (opened, Mailbox(thread[1])):
        with pytest.raises(Unreadable) as refused:
            opener.texts(thread[0], Purpose.THREAD)
        assert "vertelde" not in str(refused.value)


@pytest.mark.parametrize("level", ["record", "purpose", "field", "revision"])
def test_swapped_ciphertexts_do_not_open(opened, actor, level):
    a, b = new_record(), new_record()
    seal_texts(a, Purpose.NOTES, {"one": "1", "two": "2"}, by=actor)
    seal_texts(a, Purpose.NOTES, {"one": "1 again"}, by=actor, opened=opened)
    seal_texts(a, Purpose.DOSSIER, {"one": "3"}, by=actor)
    seal_texts(b, Purpose.NOTES, {"one": "4"}, by=actor)
    texts = SealedText.objects.order_by("pk")
    first = texts.get(data_key__record=a, data_key__purpose=Purpose.NOTES, field="one", revision=1)
    other = {
        "record": texts.get(data_key__record=b),
        "purpose": texts.get(data_key__record=a, data_key__purpose=Purpose.DOSSIER),
        "field": texts.get(data_key__record=a, field="two"),
        "revision": texts.get(data_key__record=a, revision=2),
    }[level]
    first.ciphertext, other.ciphertext = other.ciphertext, first.ciphertext
    for text in (first, other):
        with pytest.raises(Unreadable):
            opened.text(text)


@pytest.mark.parametrize("level", ["record", "purpose", "number", "version"])
def test_swapped_wraps_do_not_open(opened, actor, level):
    """A wrap belongs to its place: who moves it makes nobody read another's text."""
    a, b = new_record(), new_record()
    seal_texts(a, Purpose.NOTES, {"one": "1"}, by=actor)
    seal_texts(a, Purpose.NOTES, {"one": "2"}, by=actor)
    seal_texts(a, Purpose.DOSSIER, {"one": "3"}, by=actor)
    seal_texts(b, Purpose.NOTES, {"one": "4"}, by=actor)
    first = DataKey.objects.get(record=a, purpose=Purpose.NOTES, number=0)
    text = first.texts.get()
    assert opened.text(text) == "1"
    if level == "version":
        first.team_key.version = 2
    else:
        other = {
            "record": DataKey.objects.get(record=b),
            "purpose": DataKey.objects.get(record=a, purpose=Purpose.DOSSIER),
            "number": DataKey.objects.get(record=a, number=1),
        }[level]
        first.wrapped = other.wrapped
    with pytest.raises(Unreadable):
        opened.data_key(first)


def test_a_reporters_wrap_moved_to_another_record_does_not_open(opened, thread, actor):
    record, key = thread
    other, salt = new_record(), new_salt()
    seal_texts(other, Purpose.THREAD, {"filed": "of somebody else"}, by=actor,
               mailbox_key=mailbox_key(new_code(), salt=salt), salt=salt)  # fmt: skip
    mine = DataKey.objects.get(record=record)
    DataKey.objects.filter(record=other).update(reporter_wrapped=mine.reporter_wrapped)
    with pytest.raises(Unreadable):
        Mailbox(key).texts(other, Purpose.THREAD)


def test_what_was_destroyed_does_not_open_and_takes_nothing_more(opened, actor):
    record = new_record()
    seal_texts(record, Purpose.IDENTITY, {"name": "A. Bee"}, by=actor)
    seal_texts(record, Purpose.NOTES, {"note": "stays"}, by=actor)
    kept_row = DataKey.objects.get(record=record, purpose=Purpose.IDENTITY)
    kept_text = kept_row.texts.get()
    assert destroy(record, Purpose.IDENTITY, by=actor) == 1
    row = DataKey.objects.get(pk=kept_row.pk)
    assert (row.wrapped, row.reporter_wrapped) == (None, None)
    assert row.destroyed_at
    assert opened.texts(record, Purpose.IDENTITY) == {}
    kept_text.data_key = row
    with pytest.raises(Unreadable):
        opened.text(kept_text)
    with pytest.raises(Destroyed):
        seal_texts(record, Purpose.IDENTITY, {"name": "again"}, by=actor)
    assert opened.texts(record, Purpose.NOTES) == {"note": "stays"}
    assert destroy(record, Purpose.IDENTITY, by=actor) == 0
    assert Line.objects.filter(action="destroy_texts").count() == 1


def test_a_destroyed_attachment_takes_its_file_with_it(
    opened, actor, django_capture_on_commit_callbacks
):
    from vertrouwd.sealing.binding import Place

    record = new_record()
    _, key = make_data_key(record, Purpose.ATTACHMENT)
    with sealed_files().sealing(key, place=Place(record, "file")) as writer:
        writer.write(b"bytes")
    assert sealed_files().records() == {record}
    with django_capture_on_commit_callbacks(execute=True):
        destroy(record, Purpose.ATTACHMENT, by=actor)
    assert sealed_files().records() == set()


def test_a_destroyed_key_cannot_keep_its_wrap(opened, actor):
    record = new_record()
    data_key = seal_texts(record, Purpose.NOTES, {"note": "x"}, by=actor)
    data_key.destroyed_at = data_key.made_at
    with pytest.raises(IntegrityError), transaction.atomic():
        data_key.save()


def test_the_log_names_record_and_purpose_but_no_text(opened, thread):
    line = Line.objects.get(action="seal_texts")
    assert (line.object, line.detail) == (thread[0], {"purpose": "thread", "texts": 1})
