"""A reporter opens the own mailbox: with reference and code, and with nothing else."""

import pytest

from tests.intake.reporter import HERE, AtTheMailbox, filed
from tests.teams import make_opened_team


@pytest.fixture
def team(db, home):
    return make_opened_team()


def test_a_reporter_opens_the_mailbox_and_reads_what_was_told(team):
    reporter = AtTheMailbox().opens(filed())
    assert "De deur van het magazijn ging op slot." in reporter.thread
    assert reporter.answer.redirect_chain == [(HERE, 303)]
