"""A signature counts for one key, one purpose and exactly these parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.sealing.signing import NotSigned, SigningKey, check

KEY, OTHER = SigningKey(bytes(32)), SigningKey.generate()
PARTS = st.lists(st.binary(max_size=6) | st.text(max_size=6), min_size=1, max_size=4)


def as_bytes(parts):
    return [part if isinstance(part, bytes) else part.encode() for part in parts]


@given(parts=PARTS)
def test_what_was_signed_checks(parts):
    check(KEY.sign(*parts, purpose="holder"), *parts, purpose="holder", public=KEY.public)


@given(one=PARTS, other=PARTS)
def test_a_signature_over_some_parts_does_not_count_for_others(one, other):
    if as_bytes(one) == as_bytes(other):
        return
    with pytest.raises(NotSigned):
        check(KEY.sign(*one, purpose="holder"), *other, purpose="holder", public=KEY.public)


def test_a_signature_for_one_purpose_does_not_count_for_another():
    with pytest.raises(NotSigned):
        check(KEY.sign("key", purpose="holder"), "key", purpose="anchor", public=KEY.public)


def test_a_signature_of_another_key_does_not_count():
    with pytest.raises(NotSigned):
        check(OTHER.sign("key", purpose="holder"), "key", purpose="holder", public=KEY.public)


@given(bit=st.integers(0, 64 * 8 - 1))
def test_one_flipped_bit_in_a_signature_is_noticed(bit):
    signature = bytearray(KEY.sign("key", purpose="holder"))
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NotSigned):
        check(bytes(signature), "key", purpose="holder", public=KEY.public)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33)])
def test_a_public_key_of_another_size_signs_nothing(public):
    with pytest.raises(NotSigned):
        check(KEY.sign("key", purpose="holder"), "key", purpose="holder", public=public)


def test_a_signing_key_never_shows_its_seed():
    assert OTHER.seed.hex() not in repr(OTHER)
    assert repr(OTHER.seed) not in repr(OTHER)
