"""Colleagues who have logged in or unlocked, for the pages of the desk."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from tests.dossiers.casework import handle
from tests.factories import make_report
from tests.people import log_in, make_user
from tests.teams import Team
from vertrouwd.accounts.models import User
from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers.models import Dossier
from vertrouwd.sealing.opening import Opened


class Desk:
    """A browser of somebody who has unlocked, and what they ask there."""

    def __init__(self, client: Client, user: User, opened: Opened) -> None:
        self.client, self.user, self.opened = client, user, opened

    def dossier(self, **facts: Any) -> Dossier:
        """A dossier that this person handles."""
        dossier = make_report(**facts).dossier
        handle(dossier, self.user)
        return dossier

    def page(self, dossier: Dossier, more: str = "", status: int = 200) -> str:
        """What a page of the dossier says."""
        response = self.client.get(f"/dossiers/{dossier.reference}{more}")
        assert response.status_code == status, response.status_code
        return response.content.decode()

    def send(self, dossier: Dossier, more: str, **form: Any) -> Any:
        """The answer to a form."""
        return self.client.post(f"/dossiers/{dossier.reference}{more}", form)

    def sent(self, dossier: Dossier, more: str, **form: Any) -> str:
        """Send a form that is accepted, and where it leads."""
        response = self.send(dossier, more, **form)
        assert response.status_code == 302, response.content.decode()
        return str(response["Location"])


class Colleagues(Mapping[Role, tuple[Client, User]]):
    """One person of each role; each logs in, with a client, when first asked for."""

    def __init__(self) -> None:
        self._users = {
            role: make_user(role.name.lower().replace("_", "-"), roles=[role]) for role in Role
        }
        self._clients: dict[Role, Client] = {}

    def __getitem__(self, role: Role) -> tuple[Client, User]:
        if role not in self._clients:
            self._clients[role] = Client()
            log_in(self._clients[role], self._users[role])
        return self._clients[role], self._users[role]

    def __iter__(self) -> Iterator[Role]:
        return iter(self._users)

    def __len__(self) -> int:
        return len(self._users)


@pytest.fixture
def colleagues(casework, db, home) -> Colleagues:
    return Colleagues()


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
    """`unlock(client, user)`"""
    return team.unlock


@pytest.fixture
def desk(inspector, team, unlock) -> Desk:
    client, user = inspector
    unlock(client, user)
    return Desk(client, user, team.opened(user))


@pytest.fixture
def colleague(coordinator, team, unlock) -> Desk:
    """Somebody else who has unlocked."""
    client, user = coordinator
    unlock(client, user)
    return Desk(client, user, team.opened(user))
