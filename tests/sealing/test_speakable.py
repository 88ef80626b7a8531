"""Check symbols find the mistakes that people make when they copy."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.sealing.speakable import ALPHABET, POWERS, checks, number, symbols, written

TEXTS = st.text(alphabet=ALPHABET, min_size=1, max_size=28)


def test_the_alphabet_has_no_two_signs_that_look_alike():
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_the_field_has_31_different_powers_so_that_every_position_weighs_differently():
    assert len(set(POWERS)) == 31
    assert 0 not in POWERS


@given(text=TEXTS, data=st.data())
def test_one_wrong_symbol_is_always_found(text, data):
    whole = text + checks(text)
    at = data.draw(st.integers(0, len(whole) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET).filter(lambda symbol: symbol != whole[at]))
    changed = whole[:at] + wrong + whole[at + 1 :]
    assert checks(changed[:-1]) != changed[-1]


@given(text=TEXTS)
def test_two_symbols_that_changed_places_are_always_found(text):
    whole = text + checks(text)
    for one, other in itertools.combinations(range(len(whole)), 2):
        if whole[one] != whole[other]:
            changed = list(whole)
            changed[one], changed[other] = changed[other], changed[one]
            assert checks("".join(changed[:-1])) != changed[-1]


@given(text=st.text(alphabet=ALPHABET, min_size=2, max_size=23), data=st.data())
def test_two_checks_find_any_two_wrong_symbols(text, data):
    whole = list(text + checks(text, 2))
    for at in data.draw(st.sets(st.integers(0, len(whole) - 1), min_size=1, max_size=2)):
        whole[at] = data.draw(st.sampled_from(ALPHABET).filter(lambda s, at=at: s != whole[at]))
    changed = "".join(whole)
    assert checks(changed[:-2], 2) != changed[-2:]


def test_more_symbols_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="At most 30"):
        checks("0" * 31)


@given(value=st.integers(0, 32**9 - 1))
def test_a_number_comes_back_from_its_symbols(value):
    assert number(written(value, 9)) == value
    assert len(written(value, 9)) == 9


def test_signs_that_look_like_others_are_read_as_those():
    assert symbols("o0 iIlL1 u-V. 7k3m") == "0011111VV7K3M"
