"""A team with one holder who has unlocked, in the home of the test."""

import pytest

from tests.teams import make_opened_team


@pytest.fixture
def opened(db, home):
    return make_opened_team()
