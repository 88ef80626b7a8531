"""What joining, separating and taking back do to the duties and the road of dossiers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.duties.fact_sheets import (
    ALL,
    BETWEEN_STAFF,
    LECTURER_AND_STUDENT_OF_17,
    MELD,
    OVERLEG,
)
from tests.duties.kept import KNOWN, MONDAY, duties
from tests.factories import make_dossier, report
from vertrouwd.dossiers.actions import join, receive_reports, separate, undo
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.terms import Step, Weighing
from vertrouwd.schools.terms import Sector

pytestmark = pytest.mark.django_db


def test_two_joined_dossiers_count_from_the_earliest_day(dossier, act, inspector):
    other = make_dossier()
    act.assess(dossier, replace(KNOWN, known_on=MONDAY))
    act.assess(other, replace(KNOWN, known_on=MONDAY - timedelta(days=20)))
    event = join(other, into=dossier, by=inspector)
    assert clocks(dossier).since == MONDAY - timedelta(days=20)
    assert {owed.since for owed in clocks(dossier).duties} == {MONDAY - timedelta(days=20)}
    undo(event, by=inspector)
    assert clocks(dossier).since == MONDAY
    assert clocks(other).since == MONDAY - timedelta(days=20)


def test_the_earliest_day_is_kept_through_a_chain_of_joins(dossier, act, inspector):
    first, second = make_dossier(), make_dossier()
    act.assess(first, replace(KNOWN, known_on=MONDAY - timedelta(days=20)))
    act.assess(dossier)
    join(first, into=second, by=inspector)
    join(second, into=dossier, by=inspector)
    assert clocks(dossier).since == MONDAY - timedelta(days=20)


def test_a_report_that_is_taken_out_takes_no_duty_of_the_others_along(dossier, act, inspector):
    [taken] = receive_reports([report()], by=inspector, into=[dossier])
    act.refuse(dossier, MONDAY)
    act.assess(dossier)
    separate(taken, by=inspector, reason="ten onrechte samengevoegd")
    taken.refresh_from_db()
    assert taken.dossier != dossier
    assert (clocks(taken.dossier).duties, clocks(taken.dossier).track) == ((), {})
    assert [owed.duty for owed in clocks(dossier).duties] == list(ALL)


def test_joining_a_later_dossier_lengthens_nothing(dossier, act, inspector):
    other = make_dossier()
    act.assess(dossier, replace(KNOWN, known_on=MONDAY))
    act.assess(other, replace(KNOWN, known_on=MONDAY + timedelta(days=10)))
    join(other, into=dossier, by=inspector)
    assert clocks(dossier).since == MONDAY
    act.assess(dossier, replace(KNOWN, known_on=None))
    assert clocks(dossier).since == MONDAY


def test_joining_takes_no_duty_no_weighing_and_no_refusal_away(dossier, act, inspector):
    other = make_dossier()
    act.refuse(other, MONDAY)
    act.assess(other)
    act.consult_and_weigh(dossier, Weighing.NOT_REASONABLE)
    act.assess(dossier)
    assert duties(dossier) == [MELD, OVERLEG]
    event = join(other, into=dossier, by=inspector)
    act.assess(dossier)
    joined = clocks(dossier)
    assert [owed.duty for owed in joined.duties] == list(ALL)
    assert joined.weighing is Weighing.REASONABLE
    assert joined.ladder[0].due == date(2026, 11, 5)
    undo(event, by=inspector)
    act.assess(dossier)
    assert duties(dossier) == [MELD, OVERLEG]


def test_assessed_again_a_joined_dossier_is_judged_by_the_earliest_day_and_undone_by_its_own(
    act, inspector
):
    own, other = make_dossier(sector="vo"), make_dossier(sector="vo")
    facts = replace(LECTURER_AND_STUDENT_OF_17, sector=Sector.SECONDARY)
    act.assess(own, replace(facts, known_on=date(2023, 1, 9)))
    act.assess(other, replace(facts, known_on=date(2022, 3, 1)))
    event = join(other, into=own, by=inspector)
    again = act.assess(own, replace(facts, known_on=None))
    assert {owed.source for owed in again.duties.all()} == {"WVO 3"}
    assert again.known_on == date(2023, 1, 9)
    undo(event, by=inspector)
    act.assess(own, replace(facts, known_on=None))
    assert clocks(own).since == date(2023, 1, 9)
    assert "WVO 2020" in clocks(own).duties[0].source


def test_of_two_joined_refusals_the_first_starts_the_ladder(dossier, act, inspector):
    other = make_dossier()
    act.refuse(dossier, MONDAY)
    act.refuse(other, MONDAY + timedelta(days=7))
    for each in (dossier, other):
        act.assess(each)
    join(dossier, into=other, by=inspector)
    assert clocks(other).track[Step.REFUSED].on == MONDAY
    assert clocks(other).ladder[0].due == date(2026, 11, 5)


def test_of_two_joined_duties_the_one_that_began_first_is_shown(dossier, act, inspector):
    other = make_dossier()
    act.assess(other, replace(KNOWN, known_on=MONDAY - timedelta(days=9)))
    act.assess(dossier)
    join(other, into=dossier, by=inspector)
    assert {owed.since for owed in clocks(dossier).duties} == {MONDAY - timedelta(days=9)}
    assert len(clocks(dossier).duties) == 2


def test_between_staff_is_no_longer_all_once_a_dossier_with_duties_is_joined(
    dossier, act, inspector
):
    other = make_dossier()
    act.assess(dossier, replace(BETWEEN_STAFF, weighing=None))
    assert clocks(dossier).advice_only
    act.assess(other)
    join(other, into=dossier, by=inspector)
    assert not clocks(dossier).advice_only
    assert duties(dossier) == [MELD, OVERLEG]


def test_reading_takes_as_many_queries_however_much_was_joined(
    dossier, act, inspector, django_assert_num_queries
):
    act.assess(dossier)
    with django_assert_num_queries(4):
        clocks(dossier)
    for _ in range(4):
        other = make_dossier()
        act.assess(other)
        join(other, into=dossier, by=inspector)
    with django_assert_num_queries(4):
        clocks(dossier)


def test_the_next_rung_of_many_is_the_first_that_nobody_took(dossier, act):
    from vertrouwd.duties.ladder_days import next_ladder_days

    other = make_dossier()
    act.refuse(dossier, MONDAY)
    act.assess(dossier)
    act.assess(other)
    assert {pk: day.step for pk, day in next_ladder_days([dossier.pk, other.pk]).items()} == {
        dossier.pk: 1
    }
    act.step(dossier, Step.RUNG_1, MONDAY)
    assert next_ladder_days([dossier.pk])[dossier.pk].step == 2
    act.step(dossier, Step.FILED, MONDAY)
    assert next_ladder_days([dossier.pk]) == {}
