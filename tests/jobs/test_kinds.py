"""What may be a kind of work, and what a job may be told: never a text, a name or a key."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.jobs.arguments import (
    LARGEST,
    NotForAJob,
    Reference,
    decode,
    encode,
    key_of,
    parameters_of,
)
from vertrouwd.jobs.kinds import kind
from vertrouwd.jobs.moments import Hourly


class Colour(StrEnum):
    RED = "rood"
    BLUE = "blauw"


def all_that_may_be(
    *, dossier: Reference, version: int, is_late: bool, day: date, colour: Colour
) -> Colour: ...


TOLD = {
    "dossier": Reference("D-0000012"), "version": 3, "is_late": False,
    "day": date(2026, 11, 28), "colour": Colour.BLUE,
}  # fmt: skip


def test_what_a_job_is_told_comes_back_as_it_was():
    parameters = parameters_of(all_that_may_be)
    stored = json.loads(json.dumps(encode(parameters, TOLD)))
    told = decode(parameters, stored)
    assert told == TOLD
    assert [type(value) for value in told.values()] == [type(value) for value in TOLD.values()]


def text(*, text: str) -> None: ...
def texts(*, names: list[str]) -> None: ...
def key(*, secret: bytes) -> None: ...
def unsaid(*, something) -> None: ...
def anything(*, something: object) -> None: ...
def either(*, something: int | str) -> None: ...
def moment(*, moment: datetime) -> None: ...
def fraction(*, part: float) -> None: ...
def by_place(number: int) -> None: ...
def as_many_as_you_like(*numbers: int) -> None: ...
def whatever(**numbers: int) -> None: ...
def answers_a_text() -> str: ...
def answers_in_silence(): ...
def takes_our_word(*, not_before: int) -> None: ...


@pytest.mark.parametrize(
    "work",
    [text, texts, key, unsaid, anything, either, moment, fraction, by_place, as_many_as_you_like,
     whatever, answers_a_text, answers_in_silence, takes_our_word],
)  # fmt: skip
def test_work_that_may_be_told_a_text_or_answer_one_is_no_kind(work):
    with pytest.raises(NotForAJob):
        kind("a_kind", "words")(work)


@pytest.mark.parametrize(
    ("name", "value"),
    [("dossier", "D-0000012"), ("version", True), ("version", 2**60), ("version", 3.0),
     ("version", "3"), ("is_late", 1), ("day", "2026-11-28"), ("colour", "blauw"),
     ("day", datetime(2026, 11, 28, tzinfo=UTC)), ("dossier", None)],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_without_being_repeated(name, value):
    with pytest.raises(NotForAJob) as refusal:
        encode(parameters_of(all_that_may_be), TOLD | {name: value})
    assert name in str(refusal.value)
    assert str(value) not in str(refusal.value)


@pytest.mark.parametrize(
    "said", ["", "Jan", "JAN", "jan jansen", "d-0000012", "D-0000012 en een verhaal",
             "D-" + "0" * 23, "0000013", "D-0000012\n"],
)  # fmt: skip
def test_what_is_no_reference_is_not_repeated(said):
    with pytest.raises(NotForAJob) as refusal:
        Reference(said)
    assert not said or said not in str(refusal.value)


@pytest.mark.parametrize("name", ["Sweep", "sweep sessions", "", "a" * 61, "veeg;drop"])
def test_the_name_of_a_kind_is_a_code(name):
    with pytest.raises(NotForAJob):
        kind(name, "words")(lambda: None)


def test_two_kinds_have_two_names():
    def one() -> None: ...
    def other() -> None: ...

    kind("sweep", "words")(one)
    with pytest.raises(NotForAJob, match="two kinds"):
        kind("sweep", "words")(other)


def test_nobody_tells_work_that_recurs_anything():
    def told(*, number: int) -> None: ...

    with pytest.raises(NotForAJob):
        kind("told", "words", every=Hourly())(told)


@pytest.mark.parametrize("left_out", TOLD)
def test_all_that_the_work_asks_for_is_told(left_out):
    parameters = parameters_of(all_that_may_be)
    some = {name: value for name, value in TOLD.items() if name != left_out}
    with pytest.raises(NotForAJob):
        encode(parameters, some)
    with pytest.raises(NotForAJob):
        decode(parameters, some)


@given(
    st.dictionaries(
        st.sampled_from([*TOLD, "more"]),
        st.none() | st.integers() | st.text() | st.booleans() | st.lists(st.integers()),
    )
)
def test_whatever_stands_in_a_row_is_understood_or_refused(stored):
    parameters = parameters_of(all_that_may_be)
    try:
        told = decode(parameters, stored)
    except NotForAJob:
        return
    assert encode(parameters, told) == stored


@given(st.integers(-LARGEST, LARGEST), st.integers(-LARGEST, LARGEST))
def test_the_key_is_the_same_for_the_same_and_only_then(one, other):
    def numbered(*, number: int) -> None: ...

    parameters = parameters_of(numbered)
    keys = [key_of(encode(parameters, {"number": number})) for number in (one, other)]
    assert (keys[0] == keys[1]) == (one == other)
