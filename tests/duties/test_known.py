"""What is known of a dossier: from calls, codes, decisions and the road; nothing is mixed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.dossiers.casework import on_duty
from tests.duties.fact_sheets import AANGIFTE, MELD, OVERLEG, TEACHER_AND_PUPIL_OF_9
from tests.duties.kept import MONDAY, NOW, duties
from tests.factories import make_dossier
from tests.teams import make_opened_team
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.refused import Refused
from vertrouwd.duties import reassessing
from vertrouwd.duties.actions import assess_dossier
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.known import known
from vertrouwd.duties.models import DutyAssessment
from vertrouwd.duties.running import running_of
from vertrouwd.duties.tellings import Origin
from vertrouwd.duties.terms import (
    RUNGS,
    AccusedParty,
    AssessReason,
    Knower,
    Offence,
    Step,
    Weighing,
)

NOBODY_KNOWS = replace(TEACHER_AND_PUPIL_OF_9, weighing=None, known_by=frozenset())
BOARD_KNOWS = replace(NOBODY_KNOWS, known_by=frozenset({Knower.BOARD}))
SEXUAL = {"category": "seksueel misbruik", "accused_role": "met taken belast persoon"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db):
    """Who has duty, and so may join."""
    return on_duty(NOW)


@pytest.fixture
def call(by):
    """`call(facts)`: a dossier with what was told in one call."""

    def called(facts=NOBODY_KNOWS, **report):
        dossier = make_dossier(now=NOW, **{**SEXUAL, **report})
        assess_dossier(dossier, facts=facts, by=by, now=NOW)
        return dossier

    return called


def change(dossier, key, value, by, *, seen=None, now=NOW):
    seen = known(dossier).last if seen is None else seen
    return reassessing.change_fact(dossier, key, value, seen=seen, by=by, now=now)


def value(dossier, key):
    return known(dossier).by_key[key].value


def test_of_a_file_only_the_codes_are_known_and_the_rest_is_asked():
    dossier = make_dossier(received_on=date(2021, 3, 1), **SEXUAL)
    found = known(dossier)
    assert found.facts.accused_role is AccusedParty.ENTRUSTED
    assert found.facts.affected_age == 10
    assert found.facts.unknown == (
        "possible_offence", "affected_incapacitated", "dependency_relation", "known_by",
    )  # fmt: skip
    assert found.facts.known_on == date(2021, 3, 1)
    assert found.by_key["affected_age"].origin is Origin.CODED


def test_what_was_told_in_a_call_comes_before_the_codes(call):
    dossier = call(replace(NOBODY_KNOWS, accused_role=AccusedParty.INTERNSHIP_FIRM))
    fact = known(dossier).by_key["accused_role"]
    assert (fact.value, fact.origin) == (AccusedParty.INTERNSHIP_FIRM, Origin.TOLD)


def test_that_a_board_reported_does_not_say_who_else_knows():
    """So it is asked; a list with the board alone would say that no staff knows."""
    dossier = make_dossier(reporter_role="bestuur", **SEXUAL)
    assert value(dossier, "known_by") is UNKNOWN
    assert known(dossier).knowers == {Knower.BOARD}


def test_joined_the_dossier_knows_what_either_knew_and_the_duty_follows(call, by):
    mother, board = call(NOBODY_KNOWS), call(replace(BOARD_KNOWS, affected_age=8))
    reassessing.join_dossiers(board, into=mother, reason="anders", by=by, now=NOW)
    assert value(mother, "known_by") == {Knower.BOARD}
    assert value(mother, "affected_age") == 8
    last = DutyAssessment.objects.last()
    assert (last.dossier, last.reason, last.said) == (mother, AssessReason.JOINED, {})
    assert [d.duty for d in last.duties.all()] == [OVERLEG]


def test_taking_the_join_back_takes_back_what_it_made_known(call, by):
    mother, board = call(NOBODY_KNOWS), call(replace(BOARD_KNOWS, known_on=MONDAY))
    event = reassessing.join_dossiers(board, into=mother, reason="anders", by=by, now=NOW)
    assert clocks(mother).since == MONDAY
    reassessing.take_event_back(event, by=by, now=NOW)
    assert value(mother, "known_by") == frozenset()
    assert [d.duty for d in clocks(mother).duties] == []
    assert [d.duty for d in clocks(board).duties] == [OVERLEG]
    assert clocks(mother).since == NOBODY_KNOWS.known_on
    assert DutyAssessment.objects.filter(reason=AssessReason.UNDONE).count() == 2


def test_a_separated_report_is_known_by_its_own_codes(call, by):
    mother, board = call(), call(BOARD_KNOWS)
    reassessing.join_dossiers(board, into=mother, reason="anders", by=by, now=NOW)
    report = mother.reports.last()
    reassessing.separate_report(report, reason="anders", by=by, now=NOW)
    assert value(mother, "known_by") == frozenset()
    report.refresh_from_db()
    assert clocks(report.dossier).own.reason == AssessReason.SEPARATED


def test_where_two_tellers_differ_about_a_role_this_dossier_counts_and_the_other_is_shown(call, by):
    learner = replace(NOBODY_KNOWS, accused_role=AccusedParty.LEARNER)
    one, other = call(NOBODY_KNOWS), call(learner)
    reassessing.join_dossiers(other, into=one, reason="anders", by=by, now=NOW)
    fact = known(one).by_key["accused_role"]
    assert (fact.value, fact.differing) == (AccusedParty.ENTRUSTED, (AccusedParty.LEARNER,))


def test_where_codes_alone_differ_about_a_role_it_is_asked(by):
    one = make_dossier(**SEXUAL)
    join(make_dossier(accused_role="leerling"), into=one, by=by)
    fact = known(one).by_key["accused_role"]
    assert fact.value is UNKNOWN
    assert set(fact.differing) == {AccusedParty.ENTRUSTED, AccusedParty.LEARNER}


def test_one_who_suspects_an_offence_is_enough(call, by):
    none, one = call(replace(NOBODY_KNOWS, possible_offence=None)), call()
    reassessing.join_dossiers(one, into=none, reason="anders", by=by, now=NOW)
    assert value(none, "possible_offence") is Offence.SEXUAL


def test_a_changed_fact_is_an_act_with_its_day_and_who_did_it(call, by):
    dossier = call()
    change(dossier, "known_by", frozenset({Knower.STAFF}), by)
    fact = known(dossier).by_key["known_by"]
    assert (fact.value, fact.decision.by, fact.decision.at) == ({Knower.STAFF}, by, NOW)
    stored = DutyAssessment.objects.last()
    assert (stored.reason, stored.said) == (AssessReason.FACT_CHANGED, {"known_by": ["personeel"]})
    assert [d.duty for d in clocks(dossier).duties] == [MELD]


@pytest.mark.parametrize("key", ["possible_offence", "affected_age", "known_by"])
def test_that_something_is_unknown_after_all_can_be_said_as_well(call, by, key):
    dossier = call(BOARD_KNOWS)
    change(dossier, key, UNKNOWN, by)
    assert value(dossier, key) is UNKNOWN


def test_that_no_offence_is_suspected_is_something_else_than_unknown(call, by):
    dossier = call(BOARD_KNOWS)
    change(dossier, "possible_offence", None, by)
    assert known(dossier).facts.possible_offence is None
    assert clocks(dossier).missing == ()


def test_a_decision_about_both_holds_and_one_about_a_part_is_put_together(call, by):
    one, other = call(), call(BOARD_KNOWS)
    change(one, "known_by", frozenset(), by, now=NOW)  # known so already: nothing happens
    assert DutyAssessment.objects.count() == 2
    change(one, "affected_age", 12, by, now=NOW)
    later = NOW + timedelta(hours=1)
    reassessing.join_dossiers(other, into=one, reason="anders", by=by, now=later)
    assert value(one, "affected_age") == 9
    change(one, "affected_age", 12, by, now=later)
    assert value(one, "affected_age") == 12


def test_who_decides_second_is_told_that_something_changed(call, by):
    dossier = call()
    seen = known(dossier).last
    change(dossier, "affected_age", 12, by, seen=seen)
    with pytest.raises(Refused):
        change(dossier, "known_by", frozenset({Knower.BOARD}), by, seen=seen)
    change(dossier, "affected_age", 12, by, seen=seen)  # the same again is no quarrel


def test_a_dossier_whose_reports_are_elsewhere_has_no_facts_to_change(call, by):
    one, other = call(), call()
    reassessing.join_dossiers(other, into=one, reason="anders", by=by, now=NOW)
    with pytest.raises(Refused):
        change(other, "affected_age", 12, by)


def test_who_is_informed_knows_from_that_day(call, by):
    dossier = call(replace(NOBODY_KNOWS, known_on=date(2026, 11, 20)))
    reassessing.take_step(dossier, step=Step.BOARD_INFORMED, on=MONDAY, by=by, now=NOW)
    assert value(dossier, "known_by") == {Knower.BOARD}
    assert clocks(dossier).since == MONDAY
    assert [d.duty for d in clocks(dossier).duties] == [OVERLEG]


def test_weighed_as_reasonable_the_board_must_file_and_taken_back_it_must_not(call, by, home):
    opened = make_opened_team()
    dossier = call(BOARD_KNOWS)
    reassessing.take_step(dossier, step=Step.CONSULTED, on=MONDAY, by=by, now=NOW)
    weighed = reassessing.take_step(
        dossier, step=Step.WEIGHED, on=MONDAY, weighing=Weighing.REASONABLE,
        view_of_board=Weighing.NOT_REASONABLE, grounds="Twee kinderen vertellen hetzelfde.",
        grounds_of_board="Het bestuur gelooft het niet.", opened=opened, by=by, now=NOW,
    )  # fmt: skip
    assert AANGIFTE in duties(dossier)
    reassessing.take_step_back(weighed, of=dossier, by=by, now=NOW)
    assert AANGIFTE not in duties(dossier)
    assert DutyAssessment.objects.last().reason == AssessReason.STEP_WITHDRAWN


def test_what_comes_next_in_many_is_what_the_clocks_of_each_say_and_asks_no_more(
    call, by, django_assert_num_queries
):
    one, other, third = call(), call(BOARD_KNOWS), call(BOARD_KNOWS)
    reassessing.join_dossiers(other, into=one, reason="anders", by=by, now=NOW)
    weighed, refused, filed = call(BOARD_KNOWS), call(BOARD_KNOWS), call(BOARD_KNOWS)
    for dossier in (weighed, refused, filed):
        facts = {"on": MONDAY, "by": by, "now": NOW}
        reassessing.take_step(dossier, step=Step.CONSULTED, **facts)
        reassessing.take_step(
            dossier, step=Step.WEIGHED, weighing=Weighing.REASONABLE,
            view_of_board=Weighing.DOUBT, **facts,
        )  # fmt: skip
    reassessing.take_step(refused, step=Step.REFUSED, on=MONDAY, by=by, now=NOW)
    reassessing.take_step(refused, step=Step.RUNG_1, on=MONDAY, by=by, now=NOW)
    reassessing.take_step(filed, step=Step.FILED, on=MONDAY, by=by, now=NOW)
    every = (one, third, weighed, refused, filed)
    with django_assert_num_queries(3):
        found = running_of([dossier.pk for dossier in every])
    for dossier in every:
        alone = clocks(dossier)
        assert found[dossier.pk].due == alone.due
        free = (each for each in alone.ladder if RUNGS[each.step] not in alone.track)
        assert found[dossier.pk].rung == next(free, None)
    assert found[refused.pk].rung.step == 2
    assert [each.step for each in found[filed.pk].due] == [Step.REPORTED_BACK, Step.CHECKED]


def test_reading_what_is_known_asks_the_same_of_one_report_and_of_many(
    call, by, django_assert_max_num_queries
):
    one = call()
    for _ in range(3):
        reassessing.join_dossiers(call(BOARD_KNOWS), into=one, reason="anders", by=by, now=NOW)
    with django_assert_max_num_queries(6):
        known(one)
