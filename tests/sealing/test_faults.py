"""Whatever happens to what is stored: what opens is what was sealed there, or nothing opens.

Every column of every row of the sealing is spoilt in every way below, one at a time. That each key
or stream by itself notices a flipped bit is told in the tests of those.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, models, transaction

from vertrouwd.sealing.binding import Place, new_record
from vertrouwd.sealing.destroying import sealed_files
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.opening import Mailbox, Opened
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.team import NotPinned, live_team
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import make_data_key, seal_texts
from vertrouwd.sealing.unreadable import Unreadable

SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "first bit": lambda value: bytes([value[0] ^ 128]) + value[1:],
    "second byte": lambda value: value[:1] + bytes([value[1] ^ 1]) + value[2:],
    "middle": lambda value: (
        value[: len(value) // 2]
        + bytes([value[len(value) // 2] ^ 8])
        + value[len(value) // 2 + 1 :]
    ),
    "last bit": lambda value: value[:-1] + bytes([value[-1] ^ 1]),
    "cut": lambda value: value[: len(value) // 2],
    "one byte less": lambda value: value[:-1],
    "one byte more": lambda value: value + b"\0",
    "empty": lambda value: b"",
    "zeros": lambda value: bytes(len(value)),
}
ALL = 20  # texts that open: 16 for the team, 4 of them for their reporters as well
PLACES = {DataKey: ["record", "purpose", "number"], SealedText: ["data_key", "field", "revision"]}


class Told:
    """Two reports and what was ever sealed at each of their places."""

    def __init__(self, opened: Opened, actor) -> None:
        self.opened, self.codes = opened, {}
        self.sealed: dict[tuple[str, Purpose, str], list[str]] = {}
        for record in (new_record(), new_record()):
            salt, code = new_salt(), new_code()
            key, self.codes[record] = mailbox_key(code, salt=salt), code
            self._seal(record, Purpose.THREAD, actor, mailbox_key=key, salt=salt)
            for _ in range(2):
                self._seal(record, Purpose.NOTES, actor, opened=opened)
            self._seal(record, Purpose.IDENTITY, actor)

    def _seal(self, record: str, purpose: Purpose, actor, **how) -> None:
        texts = {field: f"{len(self.sealed)} {field} of {record}" for field in ("one", "two")}
        texts["one"] += " again" * len(self.sealed.get((record, purpose, "one"), []))
        seal_texts(record, purpose, texts, by=actor, **how)
        for field, text in texts.items():
            self.sealed.setdefault((record, purpose, field), []).append(text)

    def opens(self) -> int:
        """How many texts open. Fails the test for one that was never sealed at its place."""
        inspector, found = Opened(self.opened._secret, self.opened.holder), 0
        for row in SealedText.objects.select_related("data_key__team_key"):
            with suppress(Unreadable):
                place = (row.data_key.record, row.data_key.purpose, row.field)
                revisions = self.sealed.get(place, [])
                assert inspector.text(row) in revisions[row.revision - 1 : row.revision]
                found += 1
        for record, code in self.codes.items():
            thread = DataKey.objects.filter(record=record, reporter_salt__isnull=False).first()
            key = mailbox_key(code, salt=bytes(thread.reporter_salt)) if thread else bytes(32)
            with suppress(Unreadable):
                for field, text in Mailbox(key).texts(record, Purpose.THREAD).items():
                    assert text in self.sealed.get((record, Purpose.THREAD, field), ())
                    found += 1
        return found


@pytest.fixture
def told(opened, actor) -> Told:
    made = Told(opened, actor)
    assert made.opens() == ALL
    return made


def values() -> Iterator[tuple[models.Model, str]]:
    """Each row of the sealing, and each of its columns of bytes that holds any."""
    for model in apps.get_app_config("sealing").get_models():
        columns = [f.name for f in model._meta.fields if isinstance(f, models.BinaryField)]
        for row in model.objects.all():
            yield from ((row, column) for column in columns if getattr(row, column))


def changed(row: models.Model, column: str, value: object) -> bool:
    """Write it, as who can write the database can; whether the database took it."""
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{column: value})
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_value_anywhere_opens_nothing_that_was_not_sealed_there(told, how):
    tried = 0
    public = bytes(live_team().public_key)
    for row, column in list(values()):
        good = bytes(getattr(row, column))
        if (bad := SPOILT[how](good)) == good:
            continue
        assert changed(row, column, bad)
        opened = told.opens()
        if column in {"ciphertext", "wrapped", "sealed_secret"}:
            assert opened < ALL, (row, column)
        with suppress(NotPinned):
            assert bytes(live_team().public_key) == public
        assert changed(row, column, good)
        tried += 1
    assert tried > 30
    assert told.opens() == ALL


def test_a_value_in_the_place_of_another_opens_nothing_that_was_not_sealed_there(told):
    for row, column in list(values()):
        others = type(row).objects.exclude(pk=row.pk)
        good = bytes(getattr(row, column))
        for other in others[:12]:
            value = getattr(other, column)
            if value and changed(row, column, bytes(value)):
                assert told.opens() < ALL, (row, column)
                changed(row, column, good)
    assert told.opens() == ALL


@pytest.mark.parametrize("model", PLACES, ids=lambda model: model.__name__)
def test_a_row_that_says_it_belongs_elsewhere_opens_nothing_there(told, model):
    taken = 0
    for row in list(model.objects.all()):
        for column in PLACES[model]:
            good = getattr(row, column)
            wrong = {getattr(other, column) for other in model.objects.all()} - {good}
            for value in [*wrong, 9] if column in {"number", "revision"} else wrong:
                if changed(row, column, value):
                    taken += 1
                    assert told.opens() < ALL, (row, column, value)
                    assert changed(row, column, good)
    assert taken > 4
    assert told.opens() == ALL


def test_the_last_revision_is_the_last_also_when_the_clock_goes_back(opened, actor):
    record = new_record()
    for year, note in [("2099", "first"), ("1999", "second"), ("2026", "third")]:
        with time_machine.travel(f"{year}-12-31", tick=False):
            seal_texts(record, Purpose.NOTES, {"note": note}, by=actor, opened=opened)
            assert opened.texts(record, Purpose.NOTES) == {"note": note}


def test_a_file_that_was_cut_or_grew_or_changed_on_the_disk_is_noticed(opened, actor):
    place = Place(new_record(), "file")
    _, key = make_data_key(place.record, Purpose.ATTACHMENT)
    files = sealed_files()
    with files.sealing(key, place=place) as writer:
        writer.write(b"bytes" * 40_000)
    path = files.folder / place.record
    good = path.read_bytes()
    for spoil in SPOILT.values():
        path.write_bytes(spoil(good))
        with pytest.raises(Unreadable):
            files.verify(key, place=place)
    path.write_bytes(good)
    assert files.verify(key, place=place) == 200_000
