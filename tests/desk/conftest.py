"""Colleagues who have logged in, for the pages of the desk."""

import pytest
from django.test import Client

from tests.people import log_in, make_user
from tests.unsealing import Team
from vertrouwd.accounts.terms import Role


@pytest.fixture
def colleagues(casework, db, home) -> dict[Role, tuple[Client, object]]:
    """One person of each role, each with a client that has logged in."""
    made = {}
    for role in Role:
        user = make_user(role.name.lower().replace("_", "-"), roles=[role])
        client = Client()
        log_in(client, user)
        made[role] = client, user
    return made


@pytest.fixture
def coordinator(colleagues):
    return colleagues[Role.COORDINATOR]


@pytest.fixture
def inspector(colleagues):
    return colleagues[Role.INSPECTOR]


@pytest.fixture
def team(colleagues, home) -> Team:
    """A team of the coordinator and the inspector."""
    team = Team(colleagues[Role.COORDINATOR][1])
    team.add(colleagues[Role.INSPECTOR][1])
    return team


@pytest.fixture
def unlock(team):
    """Unlock the session of a client, as the page does."""

    def unlocked(client: Client, user) -> None:
        from vertrouwd.accounts.unlock.session_key import COOKIE, begin, cookie_value

        secret, holder = team.secret(user)
        key = begin(
            secret=secret, holder=holder, session_key=client.session.session_key, by=user,
            way="passphrase",
        )  # fmt: skip
        client.cookies[COOKIE] = cookie_value(key)

    return unlocked
