"""Whatever is answered, the road ends in one to three steps, and what must be said is said."""

from datetime import date

import pytest

from tests.signpost.every_road import every_road
from vertrouwd.duties.assessment import assess
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Duty, Knower, Offence
from vertrouwd.signpost.duty_box import AGES, facts_of
from vertrouwd.signpost.result import result_of
from vertrouwd.signpost.situation import told_by
from vertrouwd.signpost.steps import all_bodies, steps

pytestmark = pytest.mark.one_engine
TODAY = date(2026, 11, 29)
RECENT = {"72 uur", "7 dagen", "onbekend"}
CSG = "centrum-seksueel-geweld"
WORKS = {
    "personeel": Knower.STAFF,
    "interne vertrouwenspersoon": Knower.INTERNAL_ADVISER,
    "externe vertrouwenspersoon": Knower.EXTERNAL_ADVISER,
}


@pytest.fixture(scope="module")
def ends():
    """(answers, result) of every road."""
    return [(answers, result_of(answers, today=TODAY)) for answers in every_road()]


def test_every_road_ends_in_one_to_three_steps_of_which_every_body_exists(ends):
    assert len(ends) > 100_000
    assert {len(result.signs) for _, result in ends} == {1, 2, 3}
    assert {code for step in steps().values() for code in step.bodies} <= set(all_bodies())


def test_every_step_is_reached(ends):
    assert {sign.code for _, result in ends for sign in result.signs} == set(steps())


def test_acute_danger_always_yields_112_first(ends):
    for answers, result in ends:
        assert (result.signs[0].code == "bel-112") == (answers["gevaar"] == "ja"), answers


def test_a_sexual_offence_within_seven_days_always_names_the_centre_and_its_window(ends):
    for answers, result in ends:
        recent = answers.get("wanneer") in RECENT
        assert result.in_first_days == recent, answers
        assert not recent or CSG in {sign.code for sign in result.signs}, answers


def test_who_works_there_or_governs_it_gets_the_box_that_the_rules_decide(ends):
    seen = set()
    for answers, result in ends:
        box, told = result.duties, told_by(answers)
        role = answers.get("rol")
        speaks = role in {*WORKS, "bestuur"} and answers.get("onderwerp") not in {"thuis", "anders"}
        assert (box is not None) == (speaks and answers["sector"] != "eilanden"), answers
        if box is None or answers in seen_already(seen, answers):
            continue
        board = Knower.PROVIDER if answers["sector"] == "kinderopvang" else Knower.BOARD
        knower = WORKS.get(role, board)
        decided = assess(facts_of(told, knower=knower), TODAY)
        assert box.now == decided, answers


def seen_already(seen: set, answers: dict) -> list:
    """Answers that differ only in what the law does not ask are checked once."""
    key = tuple((k, v) for k, v in answers.items() if k not in ("gevaar", "daarna", "wens"))
    if key in seen:
        return [answers]
    seen.add(key)
    return []


def test_a_possible_sexual_offence_by_staff_on_a_minor_is_told_to_the_board_and_consulted(ends):
    for answers, result in ends:
        told = (answers.get("onderwerp"), answers.get("door wie"), answers.get("om wie"))
        minor = told_by(answers).get("leeftijd") == frozenset({"onder 18"})
        known = answers.get("sector") not in ("eilanden", "niet bekendgemaakt")
        if told[0] not in ("seks", "beelden") or told[1:] != ("werkt er", "leerling"):
            continue
        if not (minor and known):
            continue
        box = result.duties
        owed = {each.duty for each in box.now.duties} if box else set()
        if answers["rol"] in ("personeel", "interne vertrouwenspersoon"):
            assert owed == {Duty.INFORM_BOARD}, answers
            assert "bestuur-inlichten" in {sign.code for sign in result.signs}, answers
        elif answers["rol"] == "bestuur":
            assert owed == {Duty.CONSULT_INSPECTOR}, answers


def test_a_primary_pupil_is_never_sent_to_make_a_complaint_alone(ends):
    for answers, result in ends:
        if answers.get("rol") == "leerling" and "po" in (answers["sector"], answers.get("soort")):
            assert "klacht" not in {sign.code for sign in result.signs}, answers


def test_the_border_of_the_age_question_is_that_of_every_rule_set():
    borders = {act.minor_under for each in rule_sets().values() for act in each.acts}
    assert borders <= {None, 18}
    assert sorted(AGES.values()) == [17, 18]


def test_the_facts_are_those_that_were_told():
    told = told_by({"sector": "vo", "rol": "ouder", "onderwerp": "seks", "door wie": "werkt er"})
    facts = facts_of(told, knower=Knower.STAFF)
    assert facts.possible_offence is Offence.SEXUAL
    assert facts.accused_role is AccusedParty.ENTRUSTED
    assert facts.affected_role is AffectedParty.LEARNER
