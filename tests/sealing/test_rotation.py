"""A new team key, and everything that was sealed opens with it; the old one opens nothing more."""

import fcntl

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from vertrouwd.audit.models import Line
from vertrouwd.sealing import pin
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.destroying import destroy
from vertrouwd.sealing.holders import LastHolder, Revoked, grant_holder, revoke_holder
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import DataKey, Grant, HolderKey, Rotation, TeamKey
from vertrouwd.sealing.opening import Mailbox, Opened
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.rotation import begin, retire, rewrap, rotate, unfinished
from vertrouwd.sealing.rotation_lock import RotationRuns
from vertrouwd.sealing.team import live_team
from vertrouwd.sealing.terms import KeyState, Purpose
from vertrouwd.sealing.texts import seal_many, seal_texts
from vertrouwd.sealing.unreadable import Unreadable


def fresh(opened: Opened) -> Opened:
    """The same person in the next request."""
    return Opened(opened._secret, opened.holder)


@pytest.fixture
def newcomer(opened) -> Opened:
    secret = SecretKey.generate()
    holder = HolderKey.objects.create(
        public_key=secret.public.data, made_at=timezone.now(), signature=b""
    )
    return Opened(secret, holder)


@pytest.fixture
def reports(opened, actor) -> list[tuple[str, Purpose, dict[str, str]]]:
    rows = [(new_record(), purpose, {"text": f"{n} {purpose}"})
            for n in range(3) for purpose in (Purpose.THREAD, Purpose.IDENTITY)]  # fmt: skip
    seal_many(rows, by=actor)
    return rows


def all_open(opened: Opened, rows) -> bool:
    return all(fresh(opened).texts(record, purpose) == texts for record, purpose, texts in rows)


def test_after_a_rotation_everything_opens_under_the_new_key(opened, reports, actor):
    before = pin.pinned()
    result = rotate(opened=opened, by=actor)
    assert not result.unreadable
    assert result.rotation.done == len(reports)
    assert live_team().version == 2
    assert pin.pinned() == live_team().fingerprint != before
    assert all_open(opened, reports)


def test_the_old_secret_is_gone_when_the_old_key_retires(opened, reports, actor):
    rotate(opened=opened, by=actor)
    old = TeamKey.objects.get(version=1)
    assert (old.state, old.sealed_for_recovery) == (KeyState.RETIRED, None)
    assert not Grant.objects.filter(team_key=old).exists()
    assert not DataKey.objects.filter(team_key=old).exists()
    with pytest.raises(Unreadable):
        fresh(opened).secret_of(1)


def test_the_next_rotation_is_made_from_the_last(opened, reports, actor):
    for _ in range(3):
        rotate(opened=fresh(opened), by=actor)
    assert live_team().version == 4
    assert all_open(opened, reports)


def test_the_reporters_code_opens_as_before(opened, actor):
    record, salt = new_record(), new_salt()
    key = mailbox_key(new_code(), salt=salt)
    seal_texts(record, Purpose.THREAD, {"filed": "a"}, by=actor, mailbox_key=key, salt=salt)
    rotate(opened=opened, by=actor)
    assert Mailbox(key).texts(record, Purpose.THREAD) == {"filed": "a"}
    seal_texts(record, Purpose.THREAD, {"b": "c"}, by=actor, mailbox_key=key, salt=salt)
    assert fresh(opened).texts(record, Purpose.THREAD) == {"filed": "a", "b": "c"}


def test_what_comes_in_meanwhile_is_sealed_to_the_new_key_and_late_arrivals_are_swept(
    opened, reports, actor
):
    rotation = begin(opened=opened, by=actor)
    secret = opened.secret_of(1)
    assert not rewrap(rotation, secret=secret)
    late = seal_texts(new_record(), Purpose.NOTES, {"note": "late"}, by=actor)
    assert late.team_key.version == 2
    TeamKey.objects.filter(version=2).update(state=KeyState.RETIRED, retired_at=timezone.now(),
                                             sealed_for_recovery=None)  # fmt: skip
    TeamKey.objects.filter(version=1).update(state=KeyState.LIVE)  # as a request that began before
    pin.pin(TeamKey.objects.get(version=1).fingerprint)
    record = new_record()
    assert seal_texts(record, Purpose.NOTES, {"note": "l"}, by=actor).team_key.version == 1
    TeamKey.objects.filter(version=1).update(state=KeyState.RETIRING)
    TeamKey.objects.filter(version=2).update(
        state=KeyState.LIVE, retired_at=None, sealed_for_recovery=b"x"
    )
    retire(rotation, secret=secret, by=actor)
    assert DataKey.objects.get(record=record).team_key.version == 2
    assert unfinished() is None


def test_a_row_read_before_its_key_was_wrapped_anew_still_opens(opened, reports, actor):
    row = DataKey.objects.get(record=reports[0][0], purpose=reports[0][1])
    key = opened.data_key(row)
    rotate(opened=fresh(opened), by=actor)
    assert fresh(opened).data_key(row) == key


def test_an_interrupted_rotation_goes_on(opened, reports, actor):
    rotation = begin(opened=opened, by=actor)
    assert all_open(opened, reports)
    assert rotate(opened=fresh(opened), by=actor).rotation.pk == rotation.pk
    assert all_open(opened, reports)
    assert Rotation.objects.count() == 1


def test_a_second_rotation_at_the_same_time_says_so_and_does_nothing(opened, reports, actor, home):
    with (home / ".rotation").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(RotationRuns, match="did nothing"):
            rotate(opened=opened, by=actor)
    assert TeamKey.objects.count() == 1


def test_two_unfinished_rotations_cannot_be_stored(opened, actor):
    rotation = begin(opened=opened, by=actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rotation.objects.create(
            from_key=rotation.to_key, to_key=rotation.from_key, started_at=timezone.now()
        )


def test_a_data_key_that_does_not_open_keeps_the_old_key_from_retiring(opened, reports, actor):
    broken = DataKey.objects.get(record=reports[0][0], purpose=reports[0][1])
    DataKey.objects.filter(pk=broken.pk).update(wrapped=b"\x01" + bytes(1200))
    result = rotate(opened=opened, by=actor)
    assert result.unreadable == (broken.record,)
    assert TeamKey.objects.get(version=1).state == KeyState.RETIRING
    assert all_open(opened, reports[1:])
    destroy(broken.record, Purpose(broken.purpose), by=actor)
    assert not rotate(opened=fresh(opened), by=actor).unreadable
    assert TeamKey.objects.get(version=1).state == KeyState.RETIRED


def test_what_is_destroyed_during_a_rotation_stays_destroyed(opened, reports, actor):
    record, purpose, _ = reports[0]
    rotation = begin(opened=opened, by=actor)
    destroy(record, purpose, by=actor)
    rewrap(rotation, secret=opened.secret_of(1))
    assert DataKey.objects.get(record=record, purpose=purpose).wrapped is None


def test_a_colleague_opens_history_too(opened, newcomer, reports, actor):
    begin(opened=opened, by=actor)  # old and new data keys live side by side
    grant_holder(newcomer.holder, opened=fresh(opened), by=actor)
    assert all_open(newcomer, reports)
    rotate(opened=newcomer, by=actor)
    assert all_open(newcomer, reports)
    assert all_open(opened, reports)


def test_nobody_opens_without_a_grant(newcomer, reports, actor):
    with pytest.raises(Unreadable):
        newcomer.texts(*reports[0][:2])
    with pytest.raises(Unreadable):
        rotate(opened=newcomer, by=actor)
    assert TeamKey.objects.count() == 1


def test_who_was_revoked_opens_nothing_also_when_the_rows_are_put_back_before_a_rotation(
    opened, newcomer, reports, actor
):
    grant_holder(newcomer.holder, opened=opened, by=actor)
    grant = Grant.objects.get(holder=newcomer.holder)
    revoke_holder(newcomer.holder, by=actor)
    with pytest.raises(Unreadable):
        newcomer.texts(*reports[0][:2])
    with pytest.raises(Revoked):
        grant_holder(newcomer.holder, opened=opened, by=actor)
    rotate(opened=opened, by=actor)
    HolderKey.objects.filter(pk=newcomer.holder.pk).update(revoked_at=None)
    grant.pk, grant.team_key = None, TeamKey.objects.get(version=2)
    grant.save(force_insert=True)
    with pytest.raises(Unreadable):
        fresh(newcomer).texts(*reports[0][:2])


def test_nothing_is_sealed_to_a_holder_key_that_nobody_vouched_for(opened, newcomer, actor):
    """Somebody wrote a key and a grant into the database: the next rotation passes it by."""
    Grant.objects.create(team_key=live_team(), holder=newcomer.holder, sealed_secret=b"x",
                         granted_at=timezone.now(), granted_by="nobody")  # fmt: skip
    begin(opened=opened, by=actor)
    assert not Grant.objects.filter(holder=newcomer.holder, team_key__version=2).exists()
    line = Line.objects.get(action="grant_team", result="refused")
    assert (line.object, line.detail) == (newcomer.holder.reference, {"reason": "not_signed"})


def test_the_last_holder_cannot_be_revoked(opened, actor):
    with pytest.raises(LastHolder):
        revoke_holder(opened.holder, by=actor)
    assert opened.holder.grants.exists()


def test_a_clock_that_jumps_changes_nothing(opened, reports, actor):
    with time_machine.travel("1999-12-31", tick=False):
        rotate(opened=fresh(opened), by=actor)
        assert all_open(opened, reports)
    with time_machine.travel("2099-01-01", tick=False):
        rotate(opened=fresh(opened), by=actor)
        assert all_open(opened, reports)
    assert live_team().version == 3


def test_the_log_tells_begin_and_end(opened, reports, actor):
    rotate(opened=opened, by=actor)
    told = list(Line.objects.filter(kind="team_key").values_list("action", "object"))
    assert told == [
        ("create_team", "TEAM-1"), ("begin_rotation", "TEAM-2"), ("end_rotation", "TEAM-2"),
    ]  # fmt: skip
