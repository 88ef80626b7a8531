"""A story in a browser: a mother who wants nothing done unless somebody else reports it too; then
somebody does. And a teacher who is bullied by a colleague. With JavaScript and without."""

import pytest

from tests.advice.house import BETWEEN_STAFF, TEACHER_AND_PUPIL, House
from tests.browser.console import listen
from tests.browser.looking import look, unlocked
from vertrouwd.advice.models import Advice, AssistStep, Choice, Referral
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.casework_terms import Condition

WORDS = "Zij praat eerst met de juf. Wij bellen dinsdag."


@pytest.fixture
def house(casework_site, home) -> House:
    return House()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(browser, casework_site, house, request):
    context = browser.new_context(java_script_enabled=request.param, locale="nl-NL")
    context.scripts = request.param
    page = context.new_page()
    page.said = listen(page)
    unlocked(page, house, casework_site)
    yield page
    context.close()
    assert page.said == []


def record(page, form: str, *ticked: str, **filled: str) -> None:
    """Fill in one of the forms of the page, and send it."""
    if page.locator(f"#{form}[open]").count() == 0:
        page.click(f"#{form} > summary")
    for label in ticked:
        page.locator(f"#{form}").get_by_label(label, exact=True).check()
    for name, value in filled.items():
        field = page.locator(f"#{form}_{name}")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.click(f"#{form} button")
    page.wait_for_load_state()


def test_a_mother_wants_nothing_done_until_somebody_else_reports_it_too(
    page, casework_site, house
) -> None:
    wrong: dict[str, list[str]] = {}
    report = house.called(Condition.IF_ANOTHER_REPORTS, **TEACHER_AND_PUPIL)
    page.goto(f"{casework_site}/dossiers/{report.dossier.reference}")
    assert "pas iets gebeurt als iemand anders dit ook meldt" in page.inner_text("#advies")
    page.click("text=Advies en verwijzen")
    main = page.inner_text("main")
    assert "Die andere melding is er nog niet." in main
    assert "een melding betekent niet: waar" in main

    # An option with what speaks for and against it, and a text to copy.
    option = page.locator(".option", has_text="Klacht bij het bestuur")
    option.locator("summary").first.click()
    assert "Het bestuur hoort ook de ander." in option.inner_text()
    option.locator("text=Brief: klacht aan het bestuur").click()
    assert "[uw naam]" in option.locator("pre").inner_text()
    copying = option.get_by_role("button", name="Selecteer de tekst")
    assert copying.count() == (1 if page.context.scripts else 0)
    if page.context.scripts:
        copying.click()
        assert "Ctrl+C" in option.inner_text()
    look(page, wrong, "advice")

    # What was advised and chosen.
    record(page, "advise", "gesprek op school", "Slachtofferhulp Nederland", words=WORDS)
    record(page, "choose", "gesprek op school")
    assert WORDS in page.inner_text("main")
    assert (Advice.objects.count(), Choice.objects.count()) == (1, 1)

    # Against her condition the school is not contacted, nor is anything passed on.
    record(page, "assist", "contact met de instelling", words=WORDS)
    assert "Die melding is er nog niet" in page.inner_text(".error-summary")
    assert page.input_value("#assist_words").strip() == WORDS
    look(page, wrong, "refused")
    record(page, "refer", "wij geven gegevens door", body="slachtofferhulp")
    assert "gaf geen toestemming" in page.inner_text(".error-summary")
    assert not (AssistStep.objects.exists() or Referral.objects.exists())

    # Somebody else reports it too: the board calls.
    board = house.called(reporter_role="bestuur", **TEACHER_AND_PUPIL)
    join(board.dossier, into=report.dossier, by=house.inspector)
    page.goto(f"{casework_site}/dossiers/{report.dossier.reference}/advies")
    assert "een melding van iemand anders" in page.inner_text("main")
    page.click(f".views >> text={report.reference}")
    record(page, "assist", "contact met de instelling", words=WORDS)
    assert AssistStep.objects.get().report == report
    look(page, wrong, "two reporters")

    # The board gets a paper that says nothing of the case.
    page.click(f".views >> text={board.reference}")
    record(page, "confirm", on="2026-11-02")
    page.click("text=Bekijk de bevestiging")
    assert "Op 2 november 2026 is overleg gevoerd" in page.inner_text("pre")
    look(page, wrong, "confirmation")

    # A row that was wrong is corrected.
    page.goto(f"{casework_site}/dossiers/{report.dossier.reference}/advies")
    page.locator(".done li", has_text="De melder koos").get_by_text("Verbeter").click()
    record(page, "choose", "hulpinstantie")
    assert "verbeterd" in page.locator(".done li", has_text="De melder koos").inner_text()
    assert Choice.objects.count() == 2
    assert not {name: each for name, each in wrong.items() if each}


def test_between_staff_the_page_offers_advice_and_nothing_else(page, casework_site, house) -> None:
    wrong: dict[str, list[str]] = {}
    report = house.called(**BETWEEN_STAFF)
    page.goto(f"{casework_site}/dossiers/{report.dossier.reference}/advies")
    assert "Kamerstuk 29 240, nr. 136" in page.inner_text("#tussen-personeel")
    assert [each.get_attribute("id") for each in page.locator("details.add").all()] == [
        "advise", "choose",
    ]  # fmt: skip
    record(page, "advise", "gesprek op school", words=WORDS)
    assert WORDS in page.inner_text("main")
    look(page, wrong, "between staff")
    assert not {name: each for name, each in wrong.items() if each}
