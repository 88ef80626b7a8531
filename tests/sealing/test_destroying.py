"""What was destroyed is opened by nobody: no holder, no share holders together, no reporter.

Each of them gets everything that is left, and what an accomplice kept of the ciphertext; what a
copy of before still opens is told as well, because the threat model says so.
"""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone

from vertrouwd.sealing.binding import Place, new_record
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.destroying import destroy, sealed_files
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import DataKey, Grant, HolderKey, SealedText, TeamKey
from vertrouwd.sealing.opening import Mailbox, Opened, Opener
from vertrouwd.sealing.recovery import open_for, recovered_key
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.rotation import rotate
from vertrouwd.sealing.shares import Share
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import make_data_key, seal_texts
from vertrouwd.sealing.unreadable import Unreadable

SAID = {
    Purpose.THREAD: {"narrative": "Het was elke dinsdag na de gymles."},
    Purpose.IDENTITY: {"name": "Roos van de Kanarie"},
    Purpose.NOTES: {"notes": "De moeder gelooft haar."},
}
PHOTO = b"\x89PNG een foto, verkleind" * 5000  # two chunks


@dataclass
class Case:
    """A report with its texts and its photo, and all who can open it."""

    record: str
    holder: Opened
    shares: list[Share]
    reporter: Mailbox

    @property
    def people(self) -> dict[str, Opener]:
        """The holder, somebody who comes in with three shares now, and the reporter."""
        newcomer = new_holder()
        recovery = recovered_key(self.shares[1:4])
        open_for(newcomer.holder, recovery=recovery, by=system())
        return {"holder": self.holder, "shares": newcomer, "reporter": self.reporter}

    def readers(self, purpose: Purpose) -> set[str]:
        """Who still reads what was said under this purpose."""
        found = set()
        for name, opener in self.people.items():
            try:
                if opener.texts(self.record, purpose) == SAID[purpose]:
                    found.add(name)
            except Unreadable:
                continue
        return found

    def viewers(self) -> set[str]:
        """Who still sees the photo."""
        data_key = DataKey.objects.get(record=self.record, purpose=Purpose.ATTACHMENT)
        found = set()
        for name, opener in self.people.items():
            try:
                if photo(opener.data_key(data_key), self.record) == PHOTO:
                    found.add(name)
            except Unreadable:
                continue
        return found


def system():
    from vertrouwd.accounts.models import system_actor

    return system_actor()


def new_holder() -> Opened:
    secret = SecretKey.generate()
    made = HolderKey.objects.create(public_key=secret.public.data, made_at=timezone.now())
    return Opened(secret, made)


def photo(key: bytes, record: str) -> bytes:
    return b"".join(sealed_files().read(key, place=Place(record, "photo")))


@pytest.fixture
def case(db, home, actor) -> Case:
    holder = new_holder()
    _, _, shares = make_team(holders=[holder.holder], by=actor)
    record, salt = new_record(), new_salt()
    key = mailbox_key(new_code(), salt=salt)
    for purpose, texts in SAID.items():
        theirs = {"mailbox_key": key, "salt": salt} if purpose is Purpose.THREAD else {}
        seal_texts(record, purpose, texts, by=actor, **theirs)
    with transaction.atomic():
        _, file_key = make_data_key(record, Purpose.ATTACHMENT, mailbox_key=key, salt=salt)
        with sealed_files().sealing(file_key, place=Place(record, "photo")) as file:
            file.write(PHOTO)
    return Case(record, holder, list(shares), Mailbox(key))


def kept_texts(case: Case, purpose: Purpose) -> list[SealedText]:
    """The ciphertexts, as somebody copied them before."""
    rows = SealedText.objects.select_related("data_key__team_key")
    return list(rows.filter(data_key__record=case.record, data_key__purpose=purpose))


def test_before_it_is_destroyed_each_of_them_reads_what_is_theirs(case):
    assert case.readers(Purpose.THREAD) == {"holder", "shares", "reporter"}
    assert case.readers(Purpose.IDENTITY) == {"holder", "shares"}
    assert case.readers(Purpose.NOTES) == {"holder", "shares"}
    assert case.viewers() == {"holder", "shares", "reporter"}


def test_a_destroyed_thread_is_read_by_nobody(case, actor):
    assert destroy(case.record, Purpose.THREAD, by=actor) == 1
    assert case.readers(Purpose.THREAD) == set()


def test_who_kept_the_ciphertext_reads_nothing_without_the_key(case, actor):
    [kept] = kept_texts(case, Purpose.THREAD)
    destroy(case.record, Purpose.THREAD, by=actor)
    kept.data_key.refresh_from_db()
    for opener in case.people.values():
        with pytest.raises(Unreadable):
            opener.text(kept)


def test_names_are_destroyed_while_the_thread_and_the_notes_stay(case, actor):
    destroy(case.record, Purpose.IDENTITY, by=actor)
    assert case.readers(Purpose.IDENTITY) == set()
    assert case.readers(Purpose.THREAD) == {"holder", "shares", "reporter"}
    assert case.readers(Purpose.NOTES) == {"holder", "shares"}
    assert case.viewers() == {"holder", "shares", "reporter"}


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_photo_is_seen_by_nobody_also_when_its_file_was_kept_elsewhere(case, actor):
    path = sealed_files().folder / case.record
    elsewhere = path.read_bytes()
    destroy(case.record, Purpose.ATTACHMENT, by=actor)
    assert not path.exists()
    path.write_bytes(elsewhere)
    assert case.viewers() == set()
    assert case.readers(Purpose.THREAD) == {"holder", "shares", "reporter"}


@pytest.mark.django_db(transaction=True)
def test_when_the_destruction_does_not_go_through_the_photo_is_still_there(case, actor):
    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), transaction.atomic():
        destroy(case.record, Purpose.ATTACHMENT, by=actor)
        raise Interrupted
    assert case.viewers() == {"holder", "shares", "reporter"}


def test_a_copy_of_before_held_the_key_so_backups_must_expire(case, actor):
    """What the threat model says of a backup: not a promise, but how it is."""
    [kept] = kept_texts(case, Purpose.THREAD)
    wrapped = bytes(kept.data_key.wrapped)
    destroy(case.record, Purpose.THREAD, by=actor)
    kept.data_key.wrapped = wrapped  # as the backup has it
    assert case.holder.text(kept) == SAID[Purpose.THREAD]["narrative"]


def test_of_a_copy_of_before_only_the_wraps_open_nothing_after_a_rotation(case, actor):
    """The old secret of the team is gone here; who has it too has a whole backup."""
    [kept] = kept_texts(case, Purpose.THREAD)
    wrapped, old = bytes(kept.data_key.wrapped), kept.data_key.team_key
    grant = Grant.objects.get(team_key=old, holder=case.holder.holder)
    sealed_secret = bytes(grant.sealed_secret)
    recovery = bytes(old.sealed_for_recovery)
    destroy(case.record, Purpose.THREAD, by=actor)
    rotate(opened=case.holder, by=actor)
    for opener in (Opened(case.holder._secret, case.holder.holder), case.people["shares"]):
        kept.data_key.refresh_from_db()
        kept.data_key.wrapped, kept.data_key.team_key = wrapped, old
        with pytest.raises(Unreadable):
            opener.text(kept)
    assert not Grant.objects.filter(team_key=old).exists()
    assert TeamKey.objects.get(pk=old.pk).sealed_for_recovery is None
    stored = [bytes(g.sealed_secret) for g in Grant.objects.all()]
    stored += [bytes(k.sealed_for_recovery or b"") for k in TeamKey.objects.all()]
    assert not {sealed_secret, recovery} & set(stored)


def test_what_is_left_shows_that_something_was_destroyed_and_when_and_no_more(case, actor):
    at = timezone.now()
    destroy(case.record, Purpose.THREAD, by=actor, now=at)
    left = DataKey.objects.get(record=case.record, purpose=Purpose.THREAD)
    assert left.destroyed_at == at
    assert (left.wrapped, left.reporter_wrapped, left.reporter_salt) == (None, None, None)
    assert not kept_texts(case, Purpose.THREAD)
