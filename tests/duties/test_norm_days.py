"""Of many dossiers, those that owe what no step has ended: by the norm of the house."""

import pytest

from tests.duties.kept import MONDAY
from tests.factories import make_dossier
from vertrouwd.dossiers.actions import join, undo
from vertrouwd.dossiers.models import Dossier
from vertrouwd.duties.asking import numbers_asking
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.norm_days import owed_and_not_done
from vertrouwd.duties.terms import Step, Weighing

pytestmark = pytest.mark.django_db


def waiting() -> list[Dossier]:
    owing = owed_and_not_done().values("assessment__dossier")
    return list(Dossier.objects.filter(pk__in=owing).order_by("pk"))


def test_a_dossier_waits_from_the_assessment_until_what_is_owed_was_done(dossier, act):
    make_dossier()
    assert waiting() == []
    act.assess(dossier)
    assert waiting() == [dossier]
    act.consult_and_weigh(dossier)
    act.assess(dossier)
    assert clocks(dossier).due[0].duty == "aangifteplicht"
    assert waiting() == [dossier]
    act.step(dossier, Step.FILED)
    assert waiting() == []


def test_a_step_that_was_withdrawn_ends_nothing(dossier, act):
    act.assess(dossier)
    taken = act.step(dossier, Step.CONSULTED)
    assert waiting() == []
    act.withdraw(taken)
    assert waiting() == [dossier]


def test_what_the_last_assessment_no_longer_says_is_not_waited_for(dossier, act):
    act.assess(dossier)
    act.assess(dossier, Facts())
    assert waiting() == []


def test_after_a_refusal_the_ladder_runs_and_the_norm_does_not(dossier, act):
    act.refuse(dossier, MONDAY)
    act.assess(dossier)
    assert waiting() == []


def test_no_suspicion_that_is_reasonable_asks_nothing_by_a_day(dossier, act):
    act.assess(dossier)
    act.consult_and_weigh(dossier, Weighing.NOT_REASONABLE)
    act.assess(dossier)
    assert waiting() == []


def test_what_was_joined_into_another_is_waited_for_there(dossier, act, inspector):
    other = make_dossier()
    act.assess(other)
    event = join(other, into=dossier, by=inspector)
    assert dossier.pk in numbers_asking()
    undo(event, by=inspector)
    assert numbers_asking() == {other.pk}
