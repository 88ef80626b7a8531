"""Two inspectors who have unlocked, at the pages of requests."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import log_in, make_user
from tests.privacy_requests.privacy_desk import PrivacyDesk
from vertrouwd.accounts.terms import Role
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.reading import state_of


class Pages(PrivacyDesk):
    """The acts of two inspectors, each with a browser: `first` weighs, `other` looks after."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.other = self.browser(self.inspector), self.browser(self.second)

    def browser(self, user: Any, *, unlocked: bool = True) -> Client:
        client = Client()
        log_in(client, user)
        if unlocked:
            self.team.unlock(client, user)
        return client

    def somebody(self, *roles: Role) -> Client:
        return self.browser(make_user(roles=roles), unlocked=False)

    def get(
        self, request: PrivacyRequest, more: str = "", *, by: Any = None, status: int = 200
    ) -> str:
        """What a page of the request says."""
        response = (by or self.first).get(f"/verzoeken/{request.reference}{more}")
        assert response.status_code == status, response.status_code
        return response.content.decode()

    def post(
        self, request: PrivacyRequest, more: str, *, by: Any = None, status: int = 302, **form: Any
    ) -> str:
        """Send a form: where it leads, or what the page says."""
        response = (by or self.first).post(f"/verzoeken/{request.reference}{more}", form)
        assert response.status_code == status, response.content.decode()
        return response["Location"] if status == 302 else response.content.decode()

    def weigh_by_form(
        self, request: PrivacyRequest, key: str, status: int = 302, **form: Any
    ) -> str:
        state = state_of(request)
        document, standing = state.document(key), state.weighings.get(key)
        form = {
            "outcome": "geven", "version": document.version if document else 1,
            "seen": standing.pk if standing else 0,
        } | form  # fmt: skip
        return self.post(request, f"/wegen?stuk={key}", status=status, **form)


@pytest.fixture
def pages(casework, db, home) -> Pages:
    return Pages()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def a_week_ago(today):
    return today - timedelta(days=7)
