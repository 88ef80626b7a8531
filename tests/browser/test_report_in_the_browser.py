"""The report form in a real browser: without scripts and with, on a small and a wide screen."""

from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from tests.browser.console import listen
from tests.browser.sending import press, send
from tests.browser.test_overview_in_the_browser import findings, widens
from tests.intake.filling_in import GIRL, TEACHER
from tests.teams import make_opened_team
from vertrouwd.attachments.models import Attachment
from vertrouwd.dossiers.models import Report
from vertrouwd.schools.models import Institution

DANGER: list[dict[str, Any]] = [{}, {"gevaar": "ja"}, {}]


@pytest.fixture
def site(live_server, home) -> str:
    """The form, of an inspectorate that can read what comes in."""
    make_opened_team()
    return f"{live_server.url}/melden"


def fill(page, fields: dict[str, Any]) -> None:
    """As a person does: choose what has a box, type what has a line."""
    for name, given in fields.items():
        for value in [given] if isinstance(given, str) else given:
            box = page.locator(f'[name="{name}"][value="{value}"]')
            if box.count():
                box.check()
            else:
                page.fill(f'[name="{name}"]', value)


def go_on(page) -> None:
    with page.expect_navigation():
        page.click("#verder")


def tell(page, *pages: dict[str, Any]) -> None:
    for fields in pages:
        fill(page, fields)
        go_on(page)


@pytest.mark.parametrize("which", ["page", "page_without_scripts"])
def test_a_girl_of_12_reports_with_scripts_and_without(which, site, request):
    page = request.getfixturevalue(which)
    said = listen(page)
    page.goto(site)
    press(page, "In woorden voor kinderen")
    assert "Deed iemand iets wat niet mag" in page.inner_text(".lead")
    tell(page, *GIRL)
    assert page.inner_text("h1") == "Klopt het zo?"
    assert not Report.objects.exists()
    page.set_input_files(
        "#bestand", {"name": "foto.png", "mimeType": "image/png", "buffer": b"\x89PNG inhoud"}
    )
    press(page, "Verstuur")
    assert page.inner_text("#reference") == Report.objects.get().mailbox
    assert len(page.inner_text("#code").split()) == 4
    assert Attachment.objects.count() == 1
    assert page.url == site
    assert page.context.cookies() == []
    assert said == []


def test_back_after_sending_shows_nothing_of_it(page_without_scripts, site):
    page = page_without_scripts
    page.goto(site)
    tell(page, *GIRL)
    press(page, "Verstuur")
    with suppress(Error):  # the browser asks whether the form must be sent again, and shows nothing
        page.go_back()
    expect(page.locator("body")).not_to_contain_text("meester")
    assert Report.objects.count() == 1


def test_a_teacher_learns_that_telling_the_head_is_not_enough_and_reports(
    page_without_scripts, site
):
    page = page_without_scripts
    page.goto(site)
    assert "niet genoeg" in page.inner_text("section.first")
    tell(page, *TEACHER[:9])
    assert "leidinggevende inlichten is niet genoeg" in page.inner_text("#plichten")
    press(page, "English")
    assert page.get_attribute("html", "lang") == "en"
    assert "Telling only the manager is not enough" in page.inner_text("#plichten")
    tell(page, *TEACHER[9:])
    assert page.inner_text("h1") == "Check your answers"
    press(page, "Change Who you are")
    assert page.inner_text("h1") == "Who are you?"
    assert page.is_checked('[value="personeel"]')
    press(page, "Continue")
    press(page, "Send")
    assert page.inner_text("#reference")
    assert Report.objects.get().reporter_role == "personeel"


def test_enter_in_the_search_field_finds_the_school_and_keeps_it_out_of_the_address(
    page_without_scripts, site
):
    Institution.objects.create(
        name="De Verzonnen Eik", town="Zandvoort", sector="vo", is_invented=True, code="ZZ01"
    )
    page = page_without_scripts
    page.goto(site)
    tell(page, *GIRL[:4])
    assert page.is_hidden("#plek_naam")
    send(page, "#zoek", "verzonen eik")
    page.get_by_label("De Verzonnen Eik").check()
    assert page.url == site
    go_on(page)
    assert page.inner_text("h1") == "Waar gaat het over?"


def test_a_day_is_asked_for_once_it_was_said_that_there_is_one(page_without_scripts, site):
    page = page_without_scripts
    page.goto(site)
    tell(page, *GIRL[:9])
    assert page.is_hidden("#dag")
    page.check('[value="periode"]')
    assert page.is_visible("#van")
    page.check('[value="dag"]')
    send(page, "#dag", "31-2-2025")
    assert "Schrijf een dag die bestaat" in page.inner_text(".error-summary a")
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "dag"
    send(page, "#dag", "28 september 2025")
    assert page.inner_text("h1") == "Waar was het?"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("language", ["", "?taal=en"])
def test_every_page_is_accessible_and_fits(page, site, width, scheme, language):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}
    for name, pages in {"girl": GIRL, "teacher": TEACHER, "danger": DANGER}.items():
        page.goto(site + language)
        for at, fields in enumerate(pages):
            found[f"{name} {at}"] = findings(page) + widens(page)
            tell(page, fields)
        found[f"{name} at the end"] = findings(page) + widens(page)
    assert {where: what for where, what in found.items() if what} == {}


def test_pages_with_errors_are_accessible(page, site):
    found = {}
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(site)
    for at, fields in enumerate(GIRL):
        page.eval_on_selector("form", "form => form.noValidate = true")
        go_on(page)
        found[at] = findings(page) + widens(page)
        if page.locator(".error-summary").count():
            tell(page, fields)
    assert {where: what for where, what in found.items() if what} == {}
