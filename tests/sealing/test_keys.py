"""A wrapped secret opens with the one key, for the one purpose, record and version."""

import signal
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.sealing.keys import SEED_BYTES, PublicKey, SecretKey, unwrap, wrap
from vertrouwd.sealing.unreadable import Unreadable

TEAM, OTHER = SecretKey(bytes(range(96))), SecretKey.generate()
SECRET = b"\x07" * 32
BOUND = {"purpose": "identiteit", "record": "0" * 32, "key_version": 1}


def test_what_was_wrapped_to_a_public_key_its_secret_key_unwraps():
    assert unwrap(wrap(SECRET, to=TEAM.public, **BOUND), key=TEAM, **BOUND) == SECRET


def test_a_wrap_opens_after_the_key_was_kept_as_its_seed():
    kept = SecretKey(TEAM.seed)
    assert unwrap(wrap(SECRET, to=TEAM.public, **BOUND), key=kept, **BOUND) == SECRET
    assert PublicKey(kept.public.data) == TEAM.public


def test_another_key_unwraps_nothing():
    with pytest.raises(Unreadable):
        unwrap(wrap(SECRET, to=TEAM.public, **BOUND), key=OTHER, **BOUND)


@pytest.mark.parametrize(
    "elsewhere", [{"purpose": "gesprek"}, {"record": "1" * 32}, {"key_version": 2}]
)
def test_a_wrap_does_not_open_for_another_purpose_record_or_version(elsewhere):
    with pytest.raises(Unreadable):
        unwrap(wrap(SECRET, to=TEAM.public, **BOUND), key=TEAM, **(BOUND | elsewhere))


WRAPPED = wrap(SECRET, to=TEAM.public, **BOUND)


@given(bit=st.integers(0, len(WRAPPED) * 8 - 1))
def test_one_flipped_bit_anywhere_in_a_wrap_opens_nothing(bit):
    changed = bytearray(WRAPPED)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        unwrap(bytes(changed), key=TEAM, **BOUND)


@given(length=st.integers(0, len(WRAPPED) - 1))
def test_a_wrap_cut_off_anywhere_opens_nothing(length):
    with pytest.raises(Unreadable):
        unwrap(WRAPPED[:length], key=TEAM, **BOUND)


def test_half_of_the_hybrid_key_is_not_enough_to_unwrap():
    mlkem_only = SecretKey(TEAM.seed[:64] + OTHER.seed[64:])
    x25519_only = SecretKey(OTHER.seed[:64] + TEAM.seed[64:])
    for half in (mlkem_only, x25519_only):
        with pytest.raises(Unreadable):
            unwrap(WRAPPED, key=half, **BOUND)


@given(size=st.integers(0, 2000).filter(lambda size: size != SEED_BYTES))
def test_a_seed_of_another_size_is_refused(size):
    with pytest.raises(ValueError, match="96 bytes"):
        SecretKey(bytes(size))


def test_a_public_key_of_another_size_is_refused():
    with pytest.raises(ValueError, match="1216 bytes"):
        PublicKey(bytes(1215))


def test_a_secret_key_never_shows_its_seed():
    shown = repr(TEAM) + str(TEAM)
    assert TEAM.seed.hex() not in shown
    assert repr(TEAM.seed) not in shown
    assert TEAM.public.fingerprint in shown


def test_a_fingerprint_is_ten_groups_of_five_digits_and_tells_keys_apart():
    groups = TEAM.public.fingerprint.split()
    assert len(groups) == 10
    assert all(len(group) == 5 and group.isdecimal() for group in groups)
    assert TEAM.public.fingerprint != OTHER.public.fingerprint


def test_ctrl_c_while_something_opens_is_ctrl_c_and_no_wrong_key():
    """A rotation that is stopped must not call sound reports unreadable."""
    here, wrapped = threading.get_ident(), wrap(SECRET, to=TEAM.public, **BOUND)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for number in range(100):
            later = number % 20 / 10_000  # seconds: at other places within the opening
            press = threading.Timer(later, signal.pthread_kill, [here, signal.SIGINT])
            with pytest.raises(KeyboardInterrupt):
                press.start()
                until = time.monotonic() + 10
                while time.monotonic() < until:
                    unwrap(wrapped, key=TEAM, **BOUND)
            press.join()
            assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    finally:
        signal.signal(signal.SIGINT, before)
