"""The numbers of the dossiers in which a duty may ask something: to begin the list of it with."""

import pytest

from tests.duties.kept import MONDAY
from tests.factories import make_dossier
from vertrouwd.dossiers.actions import join, separate, undo
from vertrouwd.dossiers.life import close
from vertrouwd.duties.asking import numbers_asking
from vertrouwd.duties.terms import Step

pytestmark = pytest.mark.django_db


def test_a_dossier_asks_while_something_is_owed_or_a_refusal_stands(dossier, act):
    make_dossier()
    assert numbers_asking() == set()
    act.assess(dossier)
    assert numbers_asking() == {dossier.pk}
    act.consult_and_weigh(dossier)
    act.assess(dossier)
    refused = act.step(dossier, Step.REFUSED)
    assert numbers_asking() == {dossier.pk}
    act.withdraw(refused)
    act.step(dossier, Step.FILED)
    assert numbers_asking() == set()


def test_a_closed_dossier_asks_nothing(dossier, act, inspector):
    act.assess(dossier)
    close(dossier, outcome="advies gegeven", by=inspector)
    assert numbers_asking() == set()


def test_what_was_joined_asks_where_its_reports_are(dossier, act, inspector):
    other = make_dossier()
    act.refuse(other, MONDAY)
    event = join(other, into=dossier, by=inspector)
    assert dossier.pk in numbers_asking()
    undo(event, by=inspector)
    assert numbers_asking() == {other.pk}


@pytest.mark.parametrize("asks", ["assess", "refuse"])
def test_what_was_emptied_by_taking_a_join_back_asks_where_its_report_is(
    dossier, act, inspector, asks
):
    other = make_dossier()
    act.assess(dossier) if asks == "assess" else act.refuse(dossier, MONDAY)
    opened_with = dossier.reports.get()
    joined = join(other, into=dossier, by=inspector)
    fresh = separate(opened_with, by=inspector).dossier
    undo(joined, by=inspector)
    assert not dossier.reports.exists()
    assert fresh.pk in numbers_asking()
