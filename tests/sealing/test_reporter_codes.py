"""A reporter copies reference and code to paper and back; only the code opens."""

import contextlib
import functools
import re
import secrets
from operator import and_, or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.sealing.reporter_codes import (
    Mistake,
    Mistyped,
    code_from,
    mailbox_key,
    new_code,
    new_reference,
    new_salt,
    read_code,
    read_reference,
    unwrap_for_reporter,
    wrap_for_reporter,
)
from vertrouwd.sealing.speakable import ALPHABET, number
from vertrouwd.sealing.unreadable import Unreadable

REFERENCE = "V-7K3-M9Q-TXK"
CODE = "7K3M 9QTX 4B20 WV1P"
# By HMAC-SHA256 by hand, not by this program.
KNOWN_CODE = "7FAH RBWM YW1W FY5F"
KNOWN_MAILBOX_KEY = "58b031adbb8028c5d6e23af5ef1248d08071b84218038074430780ddfb0fc849"
SALT = bytes(16)
RECORD = "0" * 32
TOKENS = st.binary(min_size=32, max_size=32)


def mistake(read, text: str) -> Mistake:
    with pytest.raises(Mistyped) as caught:
        read(text)
    assert text not in str(caught.value) or not text
    return caught.value.mistake


def test_the_form_of_reference_and_code_is_fixed_forever():
    for _ in range(200):
        assert re.fullmatch(r"V(-[0-9A-HJKMNP-TV-Z]{3}){3}", new_reference())
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){3}", new_code())
    assert read_reference(REFERENCE) == REFERENCE
    assert read_code(CODE) == CODE


def test_no_group_of_a_reference_can_be_read_as_a_word():
    groups = [group for _ in range(2000) for group in new_reference().split("-")[1:]]
    assert not [group for group in groups if group.isalpha() and set(group) & set("AEIOUY")]


def test_a_reference_without_its_v_is_read_and_one_without_its_end_is_not():
    for _ in range(300):
        reference = new_reference()
        assert read_reference(reference[1:]) == reference
        assert mistake(read_reference, reference[:-1]) is Mistake.LENGTH


def test_what_was_drawn_is_read_back_and_never_drawn_twice():
    references = {new_reference() for _ in range(500)}
    codes = {new_code() for _ in range(500)}
    assert len(references) == len(codes) == 500
    assert {read_reference(reference) for reference in references} == references
    assert {read_code(code) for code in codes} == codes


@pytest.mark.parametrize(
    "typed",
    [
        "v-7k3-m9q-txk",
        "7K3M9QTXK",
        "V7K3M9QTXK",
        " V - 7K3 - M9Q - TXK ",
        "V\u20137K3\u2013M9Q\u2013TXK",
        "Ｖ-7K3-M9Q-TXK",
    ],
)
def test_a_reference_is_read_however_it_is_typed(typed):
    assert read_reference(typed) == REFERENCE


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M9QTX4B20WV1P",
        "7k3m-9qtx-4b20-wv1p",
        "7K3M 9QTX 4B2O WUIP",
        "7k3m 9qtx 4b2o wulp",
        " 7K3M  9QTX\t4B20\nWV1P ",
        "7K3M.9QTX.4B20.WV1P",
        "7K3M\u20119QTX\u20134B20\u00a0WV1P",
        "٧K٣M ٩QTX ٤B٢٠ WV١P",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


def test_what_is_wrong_is_told_without_looking_anything_up():
    assert mistake(read_reference, "V-7K3-M9Q-TX") is Mistake.LENGTH
    assert mistake(read_reference, "") is Mistake.LENGTH
    assert mistake(read_reference, "V-7K3-M9Q-TX*") is Mistake.SIGN
    assert mistake(read_reference, "V-7K3-M9Q-TXW") is Mistake.CHECK
    assert mistake(read_code, CODE[:-1]) is Mistake.LENGTH
    assert mistake(read_code, "") is Mistake.LENGTH
    assert mistake(read_code, CODE + " 7") is Mistake.LENGTH
    assert mistake(read_code, CODE[:-1] + "*") is Mistake.SIGN
    assert mistake(read_code, CODE[:-1] + "É") is Mistake.SIGN


@given(text=st.text(max_size=60))
def test_any_text_is_a_code_a_reference_or_a_mistake(text):
    for read in (read_code, read_reference):
        with contextlib.suppress(Mistyped):
            assert read(read(text)) == read(text)


@given(token=TOKENS, at=st.integers(0, 15), wrong=st.sampled_from(ALPHABET))
def test_a_code_with_a_wrong_symbol_is_read_and_opens_another_mailbox(token, at, wrong):
    symbols = code_from(token).replace(" ", "")
    typed = symbols[:at] + wrong + symbols[at + 1 :]
    keys = {mailbox_key(code, salt=SALT) for code in (symbols, typed)}
    assert (len(keys) == 1) == (typed == symbols)


def test_every_bit_of_a_code_is_drawn():
    for draw in (new_code, lambda: code_from(secrets.token_bytes(32))):
        drawn = [number(draw().replace(" ", "")) for _ in range(200)]
        assert [functools.reduce(join, drawn) for join in (or_, and_)] == [2**80 - 1, 0]


def test_one_wrong_symbol_never_makes_another_reference():
    for at, right in enumerate(REFERENCE):
        for wrong in ALPHABET:
            if at > 0 and right not in ("-", wrong):
                assert mistake(read_reference, REFERENCE[:at] + wrong + REFERENCE[at + 1 :])


@given(token=TOKENS)
def test_a_token_always_gives_the_same_code(token):
    assert code_from(token) == code_from(token) == read_code(code_from(token))


def test_the_code_of_a_token_never_changes():
    assert code_from(bytes(32)) == KNOWN_CODE
    with pytest.raises(ValueError, match="32 bytes"):
        code_from(bytes(31))


@given(one=TOKENS, other=TOKENS)
def test_different_tokens_give_different_codes(one, other):
    assert (code_from(one) == code_from(other)) == (one == other)


def test_the_mailbox_key_follows_from_code_and_salt_however_the_code_is_typed():
    key = mailbox_key(CODE, salt=SALT)
    assert key == mailbox_key(CODE.replace(" ", ""), salt=SALT)
    assert key.hex() == KNOWN_MAILBOX_KEY
    assert key != mailbox_key(CODE, salt=new_salt())
    assert key != mailbox_key(new_code(), salt=SALT)


def test_the_reporter_opens_the_thread_key_with_the_right_code_only():
    thread_key, key = b"\x07" * 32, mailbox_key(CODE, salt=SALT)
    wrapped = wrap_for_reporter(thread_key, key=key, record=RECORD)
    assert unwrap_for_reporter(wrapped, key=key, record=RECORD) == thread_key
    with pytest.raises(Unreadable):
        unwrap_for_reporter(wrapped, key=mailbox_key(new_code(), salt=SALT), record=RECORD)
    with pytest.raises(Unreadable):
        unwrap_for_reporter(wrapped, key=key, record="1" * 32)


WRAPPED = wrap_for_reporter(b"\x07" * 32, key=bytes(32), record=RECORD)


@given(bit=st.integers(0, len(WRAPPED) * 8 - 1))
def test_one_flipped_bit_in_the_reporters_wrap_opens_nothing(bit):
    changed = bytearray(WRAPPED)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        unwrap_for_reporter(bytes(changed), key=bytes(32), record=RECORD)
