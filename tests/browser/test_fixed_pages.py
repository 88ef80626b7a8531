"""The first page, the fixed pages and the waiting page, in a real browser."""

import pytest

from tests.browser.console import listen
from tests.browser.test_overview_in_the_browser import findings, widens
from vertrouwd.project import busy

PAGES = ("/", "/veilig-melden", "/privacy", "/toegankelijkheid", "/nergens")


@pytest.fixture
def site(live_server, home) -> str:
    return live_server.url


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "dark")])
@pytest.mark.parametrize("language", ["", "?taal=en"])
def test_each_page_is_accessible_and_fits(page, site, width, scheme, language):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in PAGES:
        page.goto(f"{site}{address}{language}")
        found[address] = findings(page) + widens(page)
    assert {where: what for where, what in found.items() if what} == {}


def test_in_twice_the_size_and_forced_colours_nothing_is_lost(page, site):
    page.set_viewport_size({"width": 640, "height": 480})
    page.emulate_media(forced_colors="active")
    for address in PAGES:
        page.goto(f"{site}{address}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert widens(page) == []
        assert page.is_visible("#exit")


@pytest.mark.parametrize("which", ["page", "page_without_scripts"])
def test_from_the_first_page_one_finds_help_the_form_the_mailbox_and_how_to_do_it_safely(
    which, site, request
):
    page = request.getfixturevalue(which)
    said = listen(page)
    ways = {
        "Waar vind ik hulp?": "/wegwijzer", "Naar het meldformulier": "/melden",
        "Open je postvak": "/postvak", "Zo meld je veilig": "/veilig-melden",
        "Bekijk de cijfers": "/cijfers",
    }  # fmt: skip
    for words, address in ways.items():
        page.goto(site)
        page.get_by_role("main").get_by_role("link", name=words).click()
        page.wait_for_url(f"{site}{address}")
    assert page.context.cookies() == []
    assert said == []


def test_on_paper_stands_the_page_and_not_its_frame(page, site):
    page.goto(f"{site}/veilig-melden")
    page.emulate_media(media="print")
    assert page.is_visible("h1")
    for frame in (".top", ".foot", "#exit", ".buttons"):
        assert page.is_hidden(frame), frame


@pytest.mark.parametrize("width", [320, 1280])
def test_the_waiting_page_sends_the_same_form_when_there_is_room(page, site, width, monkeypatch):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/wegwijzer")
    page.check('input[value="nee"]')
    with monkeypatch.context() as crowded:
        crowded.setattr(busy, "BUSY", "REQUEST_METHOD")  # as if no request found a place
        with page.expect_navigation():
            page.get_by_role("button", name="Verder").click()
        assert page.inner_text("h1") == "Het is nu erg druk"
        assert findings(page) + widens(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Probeer het nog eens").click()
    assert "Wat voor school" in page.inner_text("h1")
