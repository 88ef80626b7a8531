"""What lies at rest: slots that open with one phrase, one pepper and one holder, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.holders import make_holder
from tests.people import make_user
from vertrouwd.accounts.models import UnlockSlot
from vertrouwd.accounts.terms import Role, SlotKind
from vertrouwd.accounts.unlock import keys as unlock_keys
from vertrouwd.accounts.unlock.keys import (
    PepperLost,
    add_passkey,
    forget_passkey,
    open_with_passkey,
    open_with_phrase,
    slots_of,
)
from vertrouwd.accounts.unlock.pepper import PepperMissing, pepper, pepper_file
from vertrouwd.accounts.unlock.seals import passkey_key, pepper_mark
from vertrouwd.accounts.unlock.throttle import LONGEST, after_failure, seconds_left, wait_after
from vertrouwd.audit.models import Line
from vertrouwd.sealing.holders import revoke_holder
from vertrouwd.sealing.unreadable import Unreadable

PRF, SALT, CREDENTIAL = b"\1" * 32, b"\2" * 32, b"a passkey"


@pytest.fixture
def ine(db, home):
    return make_holder(make_user("ine", roles=[Role.INSPECTOR]))


@pytest.fixture
def cor(db, home):
    return make_holder(make_user("cor", roles=[Role.COORDINATOR]))


@pytest.fixture
def passkeys(monkeypatch):
    """Which passkeys a person logs in with, instead of those that a browser made."""
    have = {CREDENTIAL: "laptop"}
    monkeypatch.setattr(unlock_keys, "passkeys_of", lambda user: have)
    return have


def add(held, **changes):
    facts = {"secret": held.secret, "holder": held.holder, "credential": CREDENTIAL, "salt": SALT}
    return add_passkey(**facts | {"prf": PRF, "by": held.user} | changes)


def test_the_phrase_opens_the_secret_of_its_owner_and_of_nobody_else(ine, cor):
    assert open_with_phrase(ine.phrase, by=ine.user) == ine.secret
    for phrase, user in [(ine.phrase, cor.user), (cor.phrase, ine.user), ("", ine.user)]:
        with pytest.raises(Unreadable):
            open_with_phrase(phrase, by=user)


def test_a_slot_that_was_put_under_another_key_opens_nothing(ine, cor):
    cor.holder.unlock_slots.all().delete()
    UnlockSlot.objects.update(holder=cor.holder)
    with pytest.raises(Unreadable):
        open_with_phrase(ine.phrase, by=cor.user)


@pytest.mark.parametrize("field", ["salt", "sealed_seed"])
def test_a_slot_in_which_one_bit_was_changed_opens_nothing(ine, field):
    slot = UnlockSlot.objects.get()
    changed = bytearray(getattr(slot, field))
    changed[-1] ^= 1
    UnlockSlot.objects.update(**{field: bytes(changed)})
    with pytest.raises(Unreadable):
        open_with_phrase(ine.phrase, by=ine.user)


def test_a_revoked_key_is_not_opened(ine):
    revoke_holder(ine.holder, by=ine.user)
    with pytest.raises(Unreadable):
        open_with_phrase(ine.phrase, by=ine.user)


def test_a_passkey_opens_by_what_it_answers(ine, passkeys):
    add(ine)
    assert open_with_passkey(CREDENTIAL, PRF, by=ine.user) == ine.secret
    for credential, prf in [(CREDENTIAL, b"\3" * 32), (CREDENTIAL, b""), (b"other", PRF)]:
        with pytest.raises(Unreadable):
            open_with_passkey(credential, prf, by=ine.user)
    assert [line.action for line in Line.objects.all()][-1] == "add_slot"


def test_a_passkey_that_is_added_again_replaces_itself(ine, passkeys):
    add(ine)
    add(ine, prf=b"\4" * 32)
    assert ine.holder.unlock_slots.filter(kind=SlotKind.PASSKEY).count() == 1
    assert open_with_passkey(CREDENTIAL, b"\4" * 32, by=ine.user) == ine.secret


def test_only_a_passkey_of_ones_own_can_be_added_for_a_key_of_ones_own(ine, cor, passkeys):
    with pytest.raises(Unreadable):
        add(ine, credential=b"of somebody else")
    with pytest.raises(Unreadable):
        add(ine, secret=cor.secret)
    for field in ("prf", "salt"):
        with pytest.raises(ValueError, match="32 bytes"):
            add(ine, **{field: b"short"})


def test_a_passkey_that_no_longer_logs_in_no_longer_unlocks(ine, passkeys):
    add(ine)
    assert len(slots_of(ine.user)) == 2
    passkeys.clear()
    assert [slot.kind for slot in slots_of(ine.user)] == [SlotKind.PASSPHRASE]
    with pytest.raises(Unreadable):
        open_with_passkey(CREDENTIAL, PRF, by=ine.user)


def test_a_passkey_is_forgotten_with_a_line_in_the_log(ine, cor, passkeys):
    add(ine)
    assert forget_passkey(by=cor.user, credential_id=CREDENTIAL) == 0
    assert forget_passkey(by=ine.user, credential_id=CREDENTIAL) == 1
    assert Line.objects.last().action == "remove_slot"


def test_with_another_pepper_nothing_opens_and_the_reason_is_not_the_phrase(ine):
    pepper_file().unlink()
    with pytest.raises(PepperLost):
        open_with_phrase(ine.phrase, by=ine.user)


def test_the_pepper_is_made_once_whole_and_for_its_owner_only(home):
    first = pepper()
    assert len(first) == 32
    assert pepper() == first
    assert pepper_file() == home / "pepper.key"
    assert pepper_file().stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == ["pepper.key"]


def test_the_pepper_may_lie_elsewhere(home, tmp_path, monkeypatch):
    monkeypatch.setenv("VERTROUWD_PEPPER_FILE", str(tmp_path / "other"))
    pepper()
    assert (tmp_path / "other").exists()
    assert not (home / "pepper.key").exists()


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "é" * 64, "ab" * 31])
def test_a_damaged_pepper_is_not_replaced_and_not_shown(home, content):
    (home / "pepper.key").write_text(content, encoding="utf-8")
    with pytest.raises(PepperMissing) as caught:
        pepper()
    assert not content or content not in str(caught.value)
    assert (home / "pepper.key").read_text(encoding="utf-8") == content


def test_a_folder_that_cannot_be_written_says_so(home, monkeypatch):
    monkeypatch.setenv("VERTROUWD_PEPPER_FILE", str(home / "nowhere" / "pepper"))
    with pytest.raises(PepperMissing, match="There is no pepper in"):
        pepper()


def test_a_pepper_and_a_salt_each_change_the_key_of_a_passkey():
    keys = {
        passkey_key(PRF, salt=salt, pepper=with_pepper)
        for salt in (SALT, PRF)
        for with_pepper in (SALT, PRF)
    }
    assert len(keys) == 4
    assert pepper_mark(PRF) != pepper_mark(SALT)


def test_the_wait_grows_from_the_fourth_wrong_try_to_a_minute():
    assert [wait_after(n) for n in range(12)] == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
    assert wait_after(10**9) == LONGEST


@given(st.integers(0, 1000), st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_nobody_ever_waits_longer_than_a_minute_whatever_the_clock_does(failures, at, now):
    assert 0 <= seconds_left([failures, at], now=now) <= LONGEST


def test_a_session_that_remembers_nothing_lets_one_try():
    assert seconds_left(None, now=1.0) == 0
    assert after_failure(None, now=1.0) == [1, 1.0]
    assert after_failure([3, 0.5], now=1.0) == [4, 1.0]
