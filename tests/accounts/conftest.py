"""What the tests about people may ask for."""

import pytest
from django.test import Client

from tests.people import log_in


@pytest.fixture
def client_of(casework):
    """A browser in which somebody is logged in, with both steps."""

    def logged_in(user, **how) -> Client:
        browser = Client()
        log_in(browser, user, **how)
        return browser

    return logged_in
