"""A dossier and an inspector who acts on it, for the tests of its duties."""

import pytest

from tests.duties.kept import KNOWN, MONDAY, NOW
from tests.factories import make_dossier
from tests.people import make_user
from vertrouwd.accounts.terms import Role
from vertrouwd.duties.actions import assess_dossier, record_step, withdraw_step
from vertrouwd.duties.terms import Step, Weighing


@pytest.fixture
def inspector(db):
    return make_user(roles=[Role.INSPECTOR])


@pytest.fixture
def dossier(db):
    return make_dossier()


@pytest.fixture
def act(inspector):
    """The acts, by this inspector, now."""

    class Acts:
        def assess(self, dossier, facts=KNOWN):
            return assess_dossier(dossier, facts=facts, by=inspector, now=NOW)

        def step(self, dossier, step, on=MONDAY, **more):
            return record_step(dossier, step=step, on=on, by=inspector, now=NOW, **more)

        def withdraw(self, step):
            return withdraw_step(step, by=inspector, now=NOW)

        def consult_and_weigh(self, dossier, weighing=Weighing.REASONABLE, on=MONDAY):
            self.step(dossier, Step.CONSULTED, on)
            return self.step(dossier, Step.WEIGHED, on, weighing=weighing)

        def refuse(self, dossier, on):
            self.consult_and_weigh(dossier)
            return self.step(dossier, Step.REFUSED, on)

    return Acts()
