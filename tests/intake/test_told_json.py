"""What was told is written as JSON and read back as it was; nothing else is read."""

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.tellings import KEPT, TOLD
from vertrouwd.dossiers.casework_terms import Condition, Wish
from vertrouwd.dossiers.terms import Category, ReporterRole
from vertrouwd.intake.told import Told
from vertrouwd.intake.told_json import READ, NotTold, as_json, told_from
from vertrouwd.schools.terms import Sector, Setting

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
TEXTS = st.dictionaries(st.sampled_from(["narrative", "institution", "reporter_name"]), WORDS)
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1)) | st.none()
TELLINGS = st.builds(
    Told,
    reporter_role=st.sampled_from(ReporterRole),
    sector=st.sampled_from(Sector),
    setting=st.sampled_from(Setting) | st.none(),
    institution=st.integers(1, 10**9) | st.none(),
    category=st.sampled_from(Category),
    accused_age=st.integers(0, 120) | st.none(),
    happened_from=DAYS,
    condition=st.sampled_from(Condition),
    is_acute=st.booleans(),
    keeps_to_self=st.booleans(),
    wishes=st.frozensets(st.sampled_from(Wish)),
    texts=TEXTS,
    identity=TEXTS,
)


@given(TELLINGS)
def test_what_is_written_is_read_back_as_it_was(told) -> None:
    written = json.dumps(as_json(told))
    assert told_from(json.loads(written)) == told


def test_every_answer_of_the_form_is_written() -> None:
    assert READ.keys() == {field.name for field in fields(Told)}
    assert as_json(TOLD).keys() == {"version", *READ}


@given(TELLINGS, TELLINGS)
def test_two_tellings_are_written_alike_only_when_they_are_alike(one, two) -> None:
    assert (as_json(one) == as_json(two)) == (one == two)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": True},
        {"version": "1"},
        {"category": "iets anders"},
        {"category": 3},
        {"affected_age": "12"},
        {"affected_age": True},
        {"affected_age": -1},
        {"affected_age": 12.0},
        {"happened_from": "2 november"},
        {"happened_from": "20261102"},
        {"is_acute": "nee"},
        {"is_acute": 0},
        {"wishes": "advies"},
        {"wishes": ["advies", "advies"]},
        {"wishes": ["zomaar"]},
        {"texts": {"narrative": 3}},
        {"texts": []},
        {"institution": "1"},
        {"more": 1},
    ],
)
def test_anything_else_is_not_read_and_not_repeated(change) -> None:
    values = json.loads(json.dumps(as_json(KEPT))) | change
    with pytest.raises(NotTold) as refused:
        told_from(values)
    assert str(refused.value) == str(NotTold())
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("name", sorted(READ))
def test_what_lacks_an_answer_is_not_read(name) -> None:
    values = as_json(KEPT)
    del values[name]
    with pytest.raises(NotTold):
        told_from(values)


@pytest.mark.parametrize("values", [None, [], "", 3, {}, {"version": 1}])
def test_what_is_no_telling_at_all_is_not_read(values) -> None:
    with pytest.raises(NotTold):
        told_from(values)
