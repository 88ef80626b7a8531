"""The facts as they are given: what is understood, and each way in which they are refused."""

import json
from datetime import date

import pytest
from hypothesis import given

from tests.duties.strategies import partly_unknown
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.facts_file import LARGEST, NotFacts, as_object, facts_from
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence, Weighing
from vertrouwd.schools.terms import Sector


def read(**given: object) -> Facts:
    return facts_from(json.dumps(given).encode())


def test_all_facts_are_read():
    assert read(
        sector="kinderopvang",
        category="fysiek geweld",
        possible_offence="mishandeling",
        accused_role="huisgenoot gastouder",
        affected_role="leerling",
        affected_age=2,
        affected_incapacitated=False,
        dependency_relation=True,
        known_by=["personeel", "houder", "personeel"],
        weighing="twijfel",
        refused_on="2026-11-03",
        known_on="2026-11-03",
        rule_set="NL-2013-childcare",
    ) == Facts(
        sector=Sector.CHILDCARE,
        category="fysiek geweld",  # type: ignore[arg-type]
        possible_offence=Offence.ASSAULT,
        accused_role=AccusedParty.HOUSEMATE,
        affected_role=AffectedParty.LEARNER,
        affected_age=2,
        affected_incapacitated=False,
        dependency_relation=True,
        known_by=frozenset({Knower.STAFF, Knower.PROVIDER}),
        weighing=Weighing.DOUBT,
        refused_on=date(2026, 11, 3),
        known_on=date(2026, 11, 3),
        rule_set="NL-2013-childcare",
    )


@pytest.mark.parametrize(
    "key",
    [
        "sector",
        "category",
        "accused_role",
        "affected_role",
        "affected_age",
        "affected_incapacitated",
        "dependency_relation",
        "known_by",
    ],
)
def test_null_is_unknown(key: str):
    assert getattr(read(**{key: None}), key) is UNKNOWN
    assert getattr(read(weighing=None), key) is UNKNOWN


def test_no_offence_suspected_is_another_thing_than_an_offence_that_is_unknown():
    assert read(possible_offence=None).possible_offence is None
    assert read(sector="po").possible_offence is UNKNOWN


def test_nobody_knows_is_another_thing_than_who_knows_is_unknown():
    assert read(known_by=[]).known_by == frozenset()


@pytest.mark.parametrize("key", ["weighing", "refused_on", "known_on", "rule_set"])
def test_null_or_absent_is_not_yet(key: str):
    assert getattr(read(**{key: None}), key) is None
    assert getattr(read(sector="po"), key) is None


def test_a_withheld_sector_and_an_unknown_accused_are_unknown():
    found = read(sector="niet bekendgemaakt", accused_role="onbekend")
    assert found == Facts()


def test_a_byte_order_mark_is_no_mistake():
    assert facts_from(b'\xef\xbb\xbf{"sector": "po"}') == Facts(sector=Sector.PRIMARY)


SECRET = "Jan-Piet de Vries"
REFUSED: dict[str, bytes] = {
    "over 1 MB": b'{"sector": "po"}' + b" " * LARGEST,
    "not UTF-8": b'{"sector": "\xff"}',
    "UTF-16": '{"sector": "po"}'.encode("utf-16"),
    "nothing": b"",
    "only space": b"  \n",
    "not JSON": b"{sector: po}",
    "cut off": b'{"sector": "po"',
    "two objects": b'{"sector": "po"} {"sector": "vo"}',
    "a list": b'[{"sector": "po"}]',
    "a text": b'"po"',
    "a null": b"null",
    "an empty object": b"{}",
    "nested without end": b"[" * 400_000,
    "a key twice": b'{"sector": "po", "sector": "vo"}',
    "an unknown key": json.dumps({"sector": "po", SECRET: 1}).encode(),
    "a key in capitals": b'{"Sector": "po"}',
    "a number of thousands of digits": b'{"affected_age": ' + b"9" * 5000 + b"}",
    "no finite number": b'{"affected_age": NaN}',
}
VALUES = {
    "sector": ["PO", SECRET, 1, [], {}, True, "\ud800"],
    "category": [SECRET, 1, ["overig"]],
    "possible_offence": [SECRET, "", False, 0],
    "accused_role": [SECRET, 3, ["ouder"], ""],
    "affected_role": ["onbekend", "ouder", 1],
    "affected_age": [-1, 121, 9.0, 9.5, "9", True, [9], 10**30],
    "affected_incapacitated": [0, 1, "true", "ja", []],
    "dependency_relation": [0, 1, "false", {}],
    "known_by": ["personeel", {}, [SECRET], [1], [None], [["houder"]], True],
    "weighing": [SECRET, "Redelijk", True, ["redelijk"]],
    "refused_on": ["2026-02-30", "20260228", "2026-W09-1", "2026-2-3", 20260228, SECRET, "",
                   "2026-11-28T10:00", "0000-01-01", "9999-12-30", "２０２６-01-01"],
    "known_on": ["2025-02-29", "28-11-2026", ["2026-11-28"], True],
    "rule_set": ["NL-1999", SECRET, 1999, ["NL-1999-education"], True],
}  # fmt: skip
PARTIES = [
    {"sector": "po", "accused_role": "houder"},
    {"sector": "ho", "accused_role": "huisgenoot gastouder"},
    {"sector": "vo", "known_by": ["personeel", "houder"]},
    {"sector": "kinderopvang", "known_by": ["bevoegd gezag"]},
]


def refusal(data: bytes) -> str:
    with pytest.raises(NotFacts) as refused:
        facts_from(data)
    return str(refused.value)


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_not_one_json_object_of_facts_is_refused(data: bytes):
    says = refusal(data)
    assert len(says) <= 2_000
    assert "\n" not in says
    assert SECRET not in says


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key, values in VALUES.items() for value in values],
    ids=str,
)
def test_an_unknown_value_or_a_wrong_type_is_refused_by_its_key(key: str, value: object):
    says = refusal(json.dumps({key: value}).encode())
    assert says.startswith(key)
    assert len(says) <= 2_000
    assert SECRET not in says


@pytest.mark.parametrize("given", PARTIES, ids=lambda given: " ".join(map(str, given.values())))
def test_a_party_that_the_sector_does_not_have_is_refused(given: dict):
    assert "childcare" in refusal(json.dumps(given).encode())
    without_sector = {key: value for key, value in given.items() if key != "sector"}
    assert facts_from(json.dumps(without_sector).encode()).sector is UNKNOWN


def test_a_refusal_before_anybody_knew_is_refused():
    says = refusal(b'{"known_on": "2026-11-03", "refused_on": "2026-11-02"}')
    assert says == "refused_on is before known_on."
    assert read(refused_on="2026-11-02").refused_on  # the day of knowing is not given


@pytest.mark.parametrize("age", [0, 120])
def test_an_age_lies_between_0_and_120(age: int):
    assert read(affected_age=age).affected_age == age


def test_one_megabyte_is_read_and_one_byte_more_is_not():
    data = b'{"sector": "po"}'.ljust(LARGEST)
    assert facts_from(data).sector is Sector.PRIMARY
    assert "over 1 MB" in refusal(data + b" ")


@given(partly_unknown())
def test_facts_that_were_written_are_read_back_as_they_were(facts: Facts):
    possible = facts.refused_on is None or facts.known_on is None
    try:
        assert facts_from(json.dumps(as_object(facts)).encode()) == facts
    except NotFacts as refused:  # parties and days that the form refuses
        says = str(refused)
        assert "childcare" in says or (not possible and "before" in says)
