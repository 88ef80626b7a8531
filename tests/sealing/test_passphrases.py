"""Six words that were drawn, typed somehow, give one key, slowly and only with the pepper."""

import math
import re
import threading

import pytest
from django.contrib.auth.hashers import make_password
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.sealing import passphrases
from vertrouwd.sealing.passphrases import (
    AT_ONCE,
    Busy,
    generate,
    new_salt,
    normalise,
    passphrase_key,
    turn,
    unknown_words,
    words,
)
from vertrouwd.sealing.unreadable import Unreadable

pytestmark = pytest.mark.usefixtures("real_cost")
PEPPER = b"\x01" * 32
SALT = b"\x01" + bytes(16)
PHRASE = "wazig sappig zodra gebouwd gemak dappere"
# By OpenSSL's argon2id and HMAC-SHA256 by hand, not by this program: for each cost there was.
KNOWN_KEYS = {
    1: "254b4b1e306d7f2b43f185e820601a3680cdb0362e3bb02e26af9f1c1d2497ef",
    2: "aed8f6b8bed072ec6ee08f6529b7f0195b0967e33b7b42e11f66bd4f5c8685ae",
}


def test_the_list_holds_7776_distinct_words_of_three_to_eight_plain_letters():
    assert len(words()) == len(set(words())) == 6**5
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words())
    assert list(words()) == sorted(words())


def test_no_word_of_the_list_is_crude_or_frightening():
    bad = {"dood", "moord", "bloed", "verkracht", "misbruik", "geweld", "wapen", "hoer", "kut"}
    assert not bad & set(words())


def test_a_passphrase_is_six_words_and_77_bits():
    phrase = generate()
    assert len(phrase.split()) == 6
    assert unknown_words(phrase) == []
    assert normalise(phrase) == phrase
    assert math.log2(len(words())) * 6 > 77.5
    assert len({generate() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "typed",
    [
        "Wazig Sappig Zodra Gebouwd Gemak Dappere",
        "  wazig  sappig\tzodra\ngebouwd gemak dappere ",
        "wazig-sappig-zodra-gebouwd-gemak-dappere",
        "wazig, sappig, zodra, gebouwd, gemak, dappere.",
        "wazíg sappig zodra gebouwd gemak dappere",
        "ｗazig sappig zodra gebouwd gemak dappere",
        "\U0001d5b6azig sappig zodra gebouwd gemak dappere",  # a sans-serif capital
        "wazig\u00a0sappig zodra_gebouwd gemak \u2013 dappere",
    ],
)
def test_the_way_a_phrase_is_typed_does_not_matter(typed):
    assert normalise(typed) == PHRASE


@given(text=st.text(max_size=40))
def test_a_normalised_text_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)


def test_a_typing_error_is_told_from_the_list_alone():
    assert unknown_words("Wazig sapig zodra gebouwd gemak dapere sapig") == ["sapig", "dapere"]
    assert unknown_words("tafel stoel") == []  # known words, whosever phrase it is


def test_the_same_phrase_gives_the_same_key_however_it_is_typed():
    key = passphrase_key(PHRASE, salt=SALT, pepper=PEPPER)
    assert key == passphrase_key(PHRASE.upper(), salt=SALT, pepper=PEPPER)
    assert len(key) == 32


def test_another_phrase_salt_or_pepper_gives_another_key():
    keys = {
        passphrase_key(PHRASE, salt=SALT, pepper=PEPPER),
        passphrase_key(PHRASE + " tafel", salt=SALT, pepper=PEPPER),
        passphrase_key(PHRASE, salt=new_salt(), pepper=PEPPER),
        passphrase_key(PHRASE, salt=SALT, pepper=b"\x02" * 32),
    }
    assert len(keys) == 4


@pytest.mark.parametrize("cost", passphrases.COSTS)
def test_the_key_is_argon2id_under_the_pepper_and_never_changes(cost):
    # A change would lock everybody out whose passphrase was made with it.
    key = passphrase_key(PHRASE, salt=bytes([cost]) + SALT[1:], pepper=PEPPER)
    assert key.hex() == KNOWN_KEYS[cost]


def test_a_stored_password_says_that_it_was_hashed_at_the_full_cost():
    assert "$argon2id$v=19$m=47104,t=1,p=1$" in make_password("zeven groene fietsen")


def test_a_new_passphrase_gets_the_newest_cost():
    assert new_salt()[0] == passphrases.NEWEST == max(passphrases.COSTS)


def test_an_unknown_cost_is_unreadable_and_not_guessed():
    for salt in (b"", b"\x63" + bytes(16), SALT[:-1]):
        with pytest.raises(Unreadable):
            passphrase_key(PHRASE, salt=salt, pepper=PEPPER)


def test_a_pepper_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match="at least 32"):
        passphrase_key(PHRASE, salt=SALT, pepper=b"")


def test_when_all_turns_are_taken_one_waits_and_then_hears_that_it_is_busy():
    held = [turn() for _ in range(AT_ONCE)]
    for one in held:
        one.__enter__()
    try:
        with pytest.raises(Busy):
            passphrase_key(PHRASE, salt=SALT, pepper=PEPPER, patience=0.01)
    finally:
        for one in held:
            one.__exit__(None, None, None)
    assert passphrase_key(PHRASE, salt=SALT, pepper=PEPPER)


def test_a_failed_derivation_gives_its_turn_back():
    for _ in range(AT_ONCE + 1):
        with pytest.raises(RuntimeError), turn(0.01):
            raise RuntimeError


def test_no_more_than_a_few_derive_at_once(monkeypatch):
    inside, most, guard = 0, 0, threading.Lock()
    real = passphrases.turn

    def counted(patience):
        return Counted(real(patience))

    class Counted:
        def __init__(self, turn):
            self.turn = turn

        def __enter__(self):
            nonlocal inside, most
            self.turn.__enter__()
            with guard:
                inside += 1
                most = max(most, inside)

        def __exit__(self, *raised):
            nonlocal inside
            with guard:
                inside -= 1
            return self.turn.__exit__(*raised)

    monkeypatch.setattr(passphrases, "turn", counted)
    keys = []
    threads = [
        threading.Thread(
            target=lambda: keys.append(
                passphrase_key(PHRASE, salt=SALT, pepper=PEPPER, patience=30)
            )
        )
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE
    assert len(set(keys)) == 1 and len(keys) == 6
