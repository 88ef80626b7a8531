"""What was sealed opens with its key, at its place, unchanged; anything else is Unreadable."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.sealing.binding import Place, joined, new_record
from vertrouwd.sealing.padding import pad, padded_file_size, padded_size, unpad
from vertrouwd.sealing.suite import derived_key, new_key, open_sealed, seal
from vertrouwd.sealing.unreadable import Unreadable

KEY = bytes(range(32))
PLACE = Place("0" * 31 + "1", "narrative", 1)
TEXTS = st.binary(max_size=2000)


@given(text=TEXTS)
def test_what_was_sealed_is_what_opens(text):
    assert open_sealed(KEY, seal(KEY, text, place=PLACE), place=PLACE) == text


def test_the_same_text_never_looks_the_same_twice():
    assert seal(KEY, b"text", place=PLACE) != seal(KEY, b"text", place=PLACE)


@given(text=TEXTS, key=st.binary(min_size=32, max_size=32).filter(lambda key: key != KEY))
def test_another_key_opens_nothing(text, key):
    with pytest.raises(Unreadable):
        open_sealed(key, seal(KEY, text, place=PLACE), place=PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, record="0" * 31 + "2"),
        replace(PLACE, field="contact"),
        replace(PLACE, revision=2),
    ],
)
def test_a_text_does_not_open_at_another_record_field_or_revision(elsewhere):
    with pytest.raises(Unreadable):
        open_sealed(KEY, seal(KEY, b"text", place=PLACE), place=elsewhere)


@given(text=st.binary(max_size=300), data=st.data())
def test_one_flipped_bit_anywhere_opens_nothing(text, data):
    sealed = bytearray(seal(KEY, text, place=PLACE))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        open_sealed(KEY, bytes(sealed), place=PLACE)


def test_a_text_cut_off_anywhere_opens_nothing():
    sealed = seal(KEY, b"text", place=PLACE)
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            open_sealed(KEY, sealed[:length], place=PLACE)
    with pytest.raises(Unreadable):
        open_sealed(KEY, sealed + b"\0", place=PLACE)


def test_the_refusal_quotes_neither_content_nor_key_nor_why():
    with pytest.raises(Unreadable) as caught:
        open_sealed(KEY, seal(KEY, b"narrative", place=PLACE)[:-1], place=PLACE)
    assert str(caught.value) == "This cannot be opened."
    assert caught.value.__cause__ is None


names = st.text(max_size=8)


@given(one=st.tuples(names, names, st.integers(1)), other=st.tuples(names, names, st.integers(1)))
def test_no_two_places_are_bound_alike(one, other):
    alike = Place(*one).associated_data() == Place(*other).associated_data()
    assert alike == (one == other)


@given(one=st.lists(st.binary(max_size=4)), other=st.lists(st.binary(max_size=4)))
def test_joined_parts_cannot_shift_their_borders(one, other):
    assert (joined(*one) == joined(*other)) == (one == other)


@given(text=st.binary(max_size=10_000))
def test_padding_comes_off_as_it_went_on(text):
    assert unpad(pad(text)) == text
    assert len(pad(text)) == padded_size(len(text)) > len(text)


@given(size=st.integers(0, 10**9))
def test_padding_hides_the_size_and_costs_at_most_an_eighth(size):
    padded = padded_size(size)
    assert size < padded <= size + max(256, size // 8)
    assert len({padded_size(near) for near in range(size, size + 200)}) <= 2


@given(size=st.integers(1, 10**12))
def test_the_size_of_a_file_is_hidden_in_steps_that_cost_little(size):
    padded = padded_file_size(size)
    assert size <= padded < size + max(4096, size / 31)
    assert padded % 4096 == 0
    assert padded_file_size(padded) == padded


def test_texts_of_alike_length_have_one_size_when_sealed():
    sizes = {len(seal(KEY, b"x" * length, place=PLACE)) for length in range(256)}
    assert len(sizes) == 1


@pytest.mark.parametrize("padded", [b"", b"\0" * 256, b"text without padding"])
def test_bytes_without_padding_are_not_read(padded):
    with pytest.raises(Unreadable):
        unpad(padded)


def test_keys_and_records_are_random_and_of_one_shape():
    assert len({new_key() for _ in range(100)}) == 100
    assert {len(new_key()), len(derived_key(KEY, salt=b"", info=b"a"))} == {32}
    assert derived_key(KEY, salt=b"", info=b"a") != derived_key(KEY, salt=b"", info=b"b")
    assert all(len(record) == 32 and int(record, 16) >= 0 for record in [new_record()])
