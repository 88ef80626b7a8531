"""A real Chromium, with and without JavaScript, for the tests marked `browser`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.dossiers.casework import Office
from tests.servers import browser as chromium

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the ORM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    if path is None:
        pytest.fail("No Chromium: `make test` installs one.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(path), args=chromium.FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser) -> Iterator:
    """A fresh page of 1280 px; ask `page.set_viewport_size` for another width."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture
def page_without_scripts(browser) -> Iterator:
    """A fresh page in which no JavaScript runs."""
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def casework_server(django_db_setup, django_db_blocker) -> Iterator[str]:
    """One casework process for the whole run, on `localhost` as passkeys want it; `live_server`
    serves the public pages."""
    from django.test import override_settings
    from pytest_django.live_server_helper import LiveServer

    from vertrouwd.project.settings import casework as process

    with django_db_blocker.unblock(), override_settings(MIDDLEWARE=process.MIDDLEWARE):
        server = LiveServer("localhost")
    yield server.url
    # Not `stop`: the browser may still hold a connection that wants the database for a moment.
    server.thread.terminate()


@pytest.fixture
def casework_site(transactional_db, casework, home, casework_server) -> str:
    """The address of the casework, with the database, settings and home of this test alone."""
    return casework_server


@pytest.fixture
def office(casework_site, home) -> Office:
    """An inspector and a coordinator who have unlocked, in the casework that the browser opens."""
    return Office()


@pytest.fixture
def sign_in(casework_site) -> Callable:
    """`sign_in(page, user)`: the browser gets a session in which both steps were done."""
    from django.test import Client

    from tests.people import log_in

    def give(page, user) -> None:
        client = Client()
        log_in(client, user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": casework_site}]
        )

    return give
