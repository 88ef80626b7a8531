"""The receipt and the mailbox in a real browser: without scripts and with, on paper too."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.browser.console import listen
from tests.browser.sending import press
from tests.browser.sending import send as press_enter
from tests.browser.test_overview_in_the_browser import findings, widens
from tests.browser.test_report_in_the_browser import tell
from tests.dossiers.casework import Office
from tests.intake.filling_in import GIRL
from tests.intake.reporters import answer, send
from vertrouwd.intake.receiving import Receipt

OPEN = {"nl": "Open mijn postvak", "en": "Open my mailbox"}
WORDS = "Mijn vriendin stond op de gang."


@pytest.fixture
def office(live_server, home) -> Office:
    """An inspector who can read and answer."""
    return Office()


@pytest.fixture
def receipt(office) -> Receipt:
    """Of a report that was answered."""
    receipt = send()
    answer(office, "Dag Roos,\n\nKun je ons bellen?")
    return receipt


@pytest.fixture
def site(live_server, settings) -> str:
    settings.PROOF_KEY = b"p" * 32
    settings.VERTROUWD_EXIT_URL = f"{live_server.url}/health"  # no test asks another site
    return f"{live_server.url}/postvak"


def open_mailbox(page, receipt: Receipt, code: str = "") -> None:
    page.fill("#postvak-nummer", receipt.reference)
    page.fill("#postvak-code", code or receipt.code)
    press(page, OPEN[page.get_attribute("html", "lang")])


@pytest.mark.parametrize("which", ["page", "page_without_scripts"])
def test_a_girl_reports_types_her_code_over_and_returns_after_a_week(
    which, office, live_server, request
):
    page = request.getfixturevalue(which)
    said = listen(page)
    page.goto(f"{live_server.url}/melden")
    press(page, "In woorden voor kinderen")
    tell(page, *GIRL)
    press(page, "Verstuur")
    reference, code = page.inner_text("#reference"), page.inner_text("#code")
    press_enter(page, "#nog-eens", code[:-1])
    assert page.inner_text(".error-summary h2") == "Dit klopt niet"
    assert page.inner_text("#code") == code
    page.fill("#nog-eens", code.lower())
    press(page, "Kijk of het klopt")
    assert "Je code klopt." in page.inner_text(".done")
    press(page, "Sluit het postvak")
    assert page.context.cookies() == []

    answer(office, "Goed dat je dit vertelt. Was er iemand bij?")  # meanwhile
    page.goto(live_server.url)
    page.click('header a:text-is("Postvak")')
    open_mailbox(page, Receipt(reference, code, False))
    assert "Was er iemand bij?" in page.inner_text("#thread")
    page.fill("#bericht", WORDS)
    press(page, "Verstuur mijn bericht")
    assert WORDS in page.inner_text("#thread")
    assert page.url == f"{live_server.url}/postvak"
    press(page, "Sluit het postvak")
    assert page.inner_text("h1") == "Je postvak is dicht"
    assert said == []


def test_a_wrong_code_says_so_and_leads_to_the_fields(page_without_scripts, site, receipt):
    page = page_without_scripts
    page.goto(site)
    open_mailbox(page, receipt, code="7K3M 9QTX 4B2D WN8P")
    assert page.inner_text(".error-summary h2") == "Dit klopt niet"
    assert page.input_value("#postvak-nummer") == ""
    page.click('.error-summary a[href="#postvak-code"]')
    expect(page.locator("#postvak-code")).to_be_focused()
    assert page.context.cookies() == []


def test_enter_opens_the_mailbox_and_checks_the_code(page_without_scripts, site, receipt):
    page = page_without_scripts
    page.goto(f"{site}?taal=en")
    page.fill("#postvak-nummer", receipt.reference)
    press_enter(page, "#postvak-code", receipt.code)
    assert page.is_visible("#thread")
    assert page.get_attribute("html", "lang") == "en"


@pytest.mark.parametrize("leave", ["Sluit het postvak", "Snel weg"])
def test_who_leaves_and_goes_back_finds_nothing(page, site, receipt, leave):
    page.goto(site)
    open_mailbox(page, receipt)
    assert "Kun je ons bellen?" in page.inner_text("#thread")
    with page.expect_navigation():
        page.get_by_text(leave, exact=True).click()
    assert page.context.cookies() == []
    for _ in range(3):
        with suppress(Error):  # the browser may ask whether a form must be sent again
            page.go_back()
        expect(page.locator("body")).not_to_contain_text("bellen?")
        expect(page.locator("#thread")).to_have_count(0)


def test_another_tab_of_the_same_browser_is_open_too_and_closes_with_it(page, site, receipt):
    page.goto(site)
    open_mailbox(page, receipt)
    other = page.context.new_page()
    other.goto(site)
    assert other.is_visible("#thread")
    press(page, "Sluit het postvak")
    other.reload()
    assert not other.is_visible("#thread")


def test_loading_the_page_again_sends_nothing_again(page_without_scripts, site, receipt):
    page = page_without_scripts
    page.goto(site)
    open_mailbox(page, receipt)
    page.fill("#bericht", WORDS)
    press(page, "Verstuur mijn bericht")
    page.reload()
    assert page.locator("#thread li").filter(has_text=WORDS).count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("language", ["", "?taal=en"])
def test_every_page_of_the_mailbox_is_accessible_and_fits(
    page, site, receipt, width, scheme, language
):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}

    def look(name: str) -> None:
        found[name] = findings(page) + widens(page)

    page.goto(site + language)
    look("the form")
    open_mailbox(page, receipt, code="7K3M")
    look("a wrong code")
    open_mailbox(page, receipt)
    look("the thread")
    for verb in ("bestanden", "bewijs", "loslaten", "intrekken", "wissen"):
        page.click(f'main button[value="{verb}"]')
        look(verb)
        page.click('main button[value="toon"]')
    page.click('main button[value="schrijf"]')
    look("nothing written")
    page.click('main button[value="sluiten"]')
    look("closed")
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_receipt_is_accessible_fits_and_prints_a_card_that_says_nothing(
    page, office, live_server, width, scheme
):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/melden")
    tell(page, *GIRL)
    press(page, "Verstuur")
    assert findings(page) + widens(page) == []
    press(page, "English")
    assert findings(page) + widens(page) == []
    assert page.inner_text("h1") == "We have received your report"
    page.emulate_media(media="print")
    reference, code = page.inner_text("#reference"), page.inner_text("#code")
    assert page.inner_text("body").split() == ["Number", reference, "Code", *code.split()]
    box = page.locator(".card").bounding_box()
    assert (round(box["width"] / 96 * 25.4), round(box["height"] / 96 * 25.4)) == (86, 54)


def test_a_file_is_added_without_scripts_and_stands_in_the_list(
    page_without_scripts, site, receipt, tmp_path: Path
):
    page = page_without_scripts
    page.goto(site)
    open_mailbox(page, receipt)
    page.fill("#bericht", WORDS)  # and not sent
    press(page, "Voeg bestanden toe")
    (tmp_path / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n" * 9)
    page.set_input_files("#kies", tmp_path / "foto.png")
    press(page, "Verstuur deze bestanden")
    assert "foto.png" in page.inner_text("main")
    assert page.input_value("#bericht") == WORDS
