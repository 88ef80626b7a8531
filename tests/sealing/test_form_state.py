"""The answers that a form carries open for that form only, unchanged, and for a while."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.sealing.form_state import (
    COMPRESSED_FROM,
    LARGEST,
    LARGEST_TEXT,
    Expired,
    Forged,
    TooLarge,
    open_state,
    seal_state,
)

KEY = bytes(range(32))
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
VALUES = st.dictionaries(
    st.text(max_size=20), st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
)


def opened(text: str, *, key: bytes = KEY, form: str = "melden", now: datetime = NOW):
    return open_state(text, key=key, form=form, now=now, max_age=DAY)


def sealed(values, *, form: str = "melden") -> str:
    return seal_state(values, key=KEY, form=form, now=NOW)


@given(values=VALUES)
def test_what_was_answered_is_what_comes_back(values):
    text = sealed(values)
    assert re.fullmatch(r"[A-Za-z0-9._-]+", text)
    assert opened(text) == values


def test_nothing_of_an_answer_can_be_read_and_its_length_hardly():
    short, long = sealed({"wie": "ja"}), sealed({"wie": "een leerkracht van groep acht"})
    assert len(short) == len(long)
    assert short != sealed({"wie": "ja"})
    assert "leerkracht" not in long


def test_another_form_or_another_key_opens_nothing():
    text = sealed({"a": "b"})
    with pytest.raises(Forged):
        opened(text, form="wegwijzer")
    with pytest.raises(Forged):
        opened(text, key=bytes(32))


@given(data=st.data())
def test_a_sign_that_was_changed_anywhere_opens_nothing(data):
    text = sealed({"a": "b"})
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(max_codepoint=0x2FF).filter(lambda c: c != text[at]))
    with pytest.raises(Forged):
        opened(text[:at] + other + text[at + 1 :])


@given(typed=st.text(max_size=400))
def test_what_somebody_makes_up_opens_nothing(typed):
    for text in (typed, "1." + typed):
        with pytest.raises(Forged):
            opened(text)


@pytest.mark.parametrize("spoiled", ["{}=", "{}\n", " {}", "{}A", "1.{}", "{}\x00"])
def test_there_is_one_way_to_write_a_state(spoiled):
    text = sealed({"a": "b"})
    with pytest.raises(Forged):
        opened(spoiled.format(text))


def test_a_state_cut_off_anywhere_opens_nothing():
    text = sealed({"a": "b"})
    for length in range(len(text)):
        with pytest.raises(Forged):
            opened(text[:length])


def test_a_state_is_good_for_a_day_and_no_longer():
    text = sealed({"a": "b"})
    assert opened(text, now=NOW + DAY) == {"a": "b"}
    with pytest.raises(Expired):
        opened(text, now=NOW + DAY + timedelta(seconds=1))


def test_a_clock_that_was_set_back_costs_nobody_their_answers():
    assert opened(sealed({"a": "b"}), now=NOW - timedelta(hours=3)) == {"a": "b"}


def test_a_long_story_in_any_script_still_fits():
    story = "\U0001f9d2" * 100_000
    text = sealed({"verhaal": story})
    assert len(text) <= LARGEST_TEXT
    assert opened(text) == {"verhaal": story}


def test_a_long_story_does_not_make_the_page_as_long_as_itself():
    story = " ".join(f"Op dag {n} zei hij het weer." for n in range(3_500))
    assert len(story) > 90_000
    text = sealed({"verhaal": story})
    assert len(text) < len(story) / 3
    assert opened(text) == {"verhaal": story}


@given(size=st.integers(COMPRESSED_FROM - 40, COMPRESSED_FROM + 40))
def test_what_was_sealed_comes_back_whether_it_was_compressed_or_not(size):
    values = {"verhaal": "é" * (size // 2)}
    assert opened(sealed(values)) == values


def test_of_what_is_not_long_the_length_says_nothing_of_what_it_holds():
    dull, varied = "a" * 12_000, "".join(chr(97 + n * n % 26) for n in range(12_000))
    assert len(sealed({"verhaal": dull})) == len(sealed({"verhaal": varied}))


def test_answers_larger_than_a_form_may_carry_are_refused():
    with pytest.raises(TooLarge):
        sealed({"verhaal": "a" * LARGEST})
    with pytest.raises(Forged):
        opened("1." + "A" * LARGEST_TEXT)


def test_the_largest_state_that_can_be_sealed_can_be_opened():
    values = {"a": "b" * (LARGEST - len('{"a":""}'))}
    assert opened(sealed(values)) == values


def test_no_message_holds_an_answer():
    with pytest.raises(Forged) as refused:
        opened("1.een-geheim-verhaal")
    assert "geheim" not in str(refused.value)
