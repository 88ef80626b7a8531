"""A form that another site sends in the name of a colleague does nothing."""

import pytest
from django.test import Client

from tests.people import log_in, make_user
from vertrouwd.accounts.terms import Role

CASEWORK, PUBLIC = "zaken.example.nl", "meldpunt.example.nl"
TOKEN = "a" * 32


@pytest.fixture
def browser(casework, db):
    """Of somebody who is logged in on the casework, with a token that a page beside it has set."""
    casework.ALLOWED_HOSTS = [CASEWORK, PUBLIC]
    casework.CSRF_TRUSTED_ORIGINS = [f"https://{CASEWORK}", f"https://{PUBLIC}"]  # TLS, both names
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    log_in(client, make_user(roles=[Role.INSPECTOR]))
    client.cookies["csrf"] = TOKEN
    return client


def sent_from(browser, origin: str) -> int:
    form = {"language": "en", "csrfmiddlewaretoken": TOKEN}
    headers = {"HTTP_HOST": CASEWORK, "HTTP_ORIGIN": origin}
    return browser.post("/mijn-account/taal", form, **headers).status_code


def test_a_form_of_our_own_page_counts(browser):
    assert sent_from(browser, f"https://{CASEWORK}") == 302


@pytest.mark.parametrize(
    "origin",
    [
        f"https://{PUBLIC}", f"http://{PUBLIC}", "null", "", "https://evil.example",
        f"https://{CASEWORK}.evil.example", f"https://{CASEWORK}:8443", "https://[", "nonsense",
    ],
)  # fmt: skip
def test_a_form_of_the_public_site_or_of_any_other_does_not(browser, origin):
    assert sent_from(browser, origin) == 400
