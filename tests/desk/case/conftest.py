"""An inspector who has unlocked, at the page of a dossier."""

from typing import Any

import pytest
from django.test import Client

from tests.dossiers.casework import handle
from tests.factories import make_report
from vertrouwd.accounts.models import User
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
