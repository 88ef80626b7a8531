"""The signpost in a real browser: with scripts and without, on a small and a wide screen."""

from pathlib import Path

import pytest

from tests.browser.console import listen
from tests.browser.sending import press
from tests.browser.test_overview_in_the_browser import findings, widens

GIRL = ("nee", "vo", "leerling", "seks", "werkt er", "onder 18", "72 uur", "praten")
TEACHER = ("nee", "po", "personeel", "seks", "werkt er", "leerling", "langer", "raad")
BONAIRE = ("nee", "eilanden", "vo", "ouder", "pesten", "leerling", "onder 18", "stoppen")


@pytest.fixture
def site(live_server, home) -> str:
    return f"{live_server.url}/wegwijzer"


def choose(page, *answers: str, go_on: str = "Verder") -> None:
    for value in answers:
        page.check(f'input[value="{value}"]')
        press(page, go_on)


@pytest.mark.parametrize("which", ["page", "page_without_scripts"])
def test_a_girl_of_12_finds_help_with_scripts_and_without(which, site, request):
    page = request.getfixturevalue(which)
    said = listen(page)
    page.goto(site)
    choose(page, *GIRL)
    assert page.inner_text(".signs li:first-child h2") == "Bel het Centrum Seksueel Geweld"
    assert page.get_attribute('a[href="tel:08000188"]', "href")
    assert page.url == site
    assert page.context.cookies() == []
    assert said == []


def test_a_teacher_goes_back_changes_an_answer_and_reads_it_in_english(page_without_scripts, site):
    page = page_without_scripts
    page.goto(site)
    choose(page, *TEACHER)
    assert "niet genoeg" in page.inner_text("#plichten")
    press(page, "Wijzig Wie het deed")
    page.check('input[value="leerling"]')
    press(page, "Verder")
    assert "vraagt de wet geen melding" in page.inner_text("#plichten")
    press(page, "English")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("h1") == "This is what you can do now"


def test_enter_on_a_chosen_answer_goes_on(page_without_scripts, site):
    page = page_without_scripts
    page.goto(site)
    page.check('input[value="nee"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Wat voor school" in page.inner_text("h1")


def test_an_error_leads_to_the_field(page_without_scripts, site):
    page = page_without_scripts
    page.goto(site)
    page.eval_on_selector("form", "form => form.noValidate = true")
    press(page, "Verder")
    assert page.inner_text(".error-summary a") == "Kies een antwoord."
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "antwoord-1"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize("language", ["", "?taal=en"])
def test_every_kind_of_page_is_accessible_and_fits(page, site, width, scheme, language):
    go_on = "Continue" if language else "Verder"
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}
    for name, answers in {"girl": GIRL, "teacher": TEACHER, "bonaire": BONAIRE}.items():
        page.goto(site + language)
        for at, answer in enumerate(answers):
            found[f"{name} {at}"] = findings(page) + widens(page)
            choose(page, answer, go_on=go_on)
        found[f"{name} at the end"] = findings(page) + widens(page)
    assert {where: what for where, what in found.items() if what} == {}


def test_on_paper_stand_the_signs_and_not_the_answers(page, site, tmp_path: Path):
    page.goto(site)
    choose(page, *GIRL)
    page.emulate_media(media="print")
    assert page.is_visible(".signs")
    assert page.is_hidden(".answers")
    assert page.is_hidden("#exit")
