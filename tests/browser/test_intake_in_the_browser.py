"""A mother calls: the page keeps what is typed, says what follows, and is handed in; with and
without scripts, and when the session ends in the middle."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.busy_house import BusyHouse
from tests.browser.console import listen
from tests.browser.test_casework_pages import look
from tests.factories import make_dossier, make_institution
from vertrouwd.accounts.models import OpenSession
from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers.models import Draft, Opinion, Report
from vertrouwd.sealing.terms import Purpose

STORY = "Meester K. hield haar vast bij de kapstokken. سلام 👩‍👧"


@pytest.fixture
def house(casework_site, home) -> BusyHouse:
    made = BusyHouse.make()
    Draft.objects.all().delete()  # the drafts here are those of the test
    return made


@pytest.fixture
def school(house):
    return make_institution(name="Basisschool De Regenboog", town="Gasselte")


def come_in(page, site, house):
    """The inspector, unlocked, on a fresh page for a call."""
    for name, value in house.cookies(Role.INSPECTOR).items():
        page.context.add_cookies([{"name": name, "value": value, "url": site}])
    page.goto(site + "/intake")
    return page


def tell(page) -> None:
    """What the mother tells, but for the school."""
    page.select_option("#id_reporter_role", "ouder")
    page.check("#id_anonymous_0")
    page.fill("#id_reporter_name", "Mevrouw De Boer")
    page.fill("#id_narrative", STORY)
    page.check("[name=category][value='seksueel misbruik']")
    page.select_option("#id_offence", "seksueel misdrijf")
    page.select_option("#id_accused_party", "met taken belast persoon")
    page.select_option("#id_affected_role", "leerling")
    page.fill("#id_affected_age", "9")
    page.check("[name=known_by][value='bevoegd gezag']")
    page.check("#id_wants_code")


def narrative_of(house, report) -> str:
    from vertrouwd.sealing.opening import Opened

    held = house.keys[Role.INSPECTOR]
    return Opened(held.secret, held.holder).texts(report.record, Purpose.THREAD)["narrative"]


def code_on(page) -> str:
    return " ".join(page.locator(".groups .spoken").all_inner_texts())


def test_a_mother_calls_about_a_teacher(page, casework_site, house, school):
    make_dossier(institution=school)
    said = listen(page)
    come_in(page, casework_site, house)
    wrong = {"empty": look(page)}
    page.fill("#id_school", "regenbog gasselte")
    page.get_by_label(re.compile("De Regenboog")).check()
    tell(page)
    page.locator("#aside").get_by_text("WPO 4a").wait_for()
    assert "overlegplicht" in page.inner_text("#aside")
    page.get_by_text("Klad bewaard om").wait_for()
    assert Draft.objects.count() == 1
    page.evaluate("scrollTo(0, 0)")
    wrong["filled in"] = look(page)
    page.get_by_role("button", name="Leg het gesprek vast").click()
    page.get_by_role("heading", name="Vastgelegd").wait_for()
    wrong["noted"] = look(page)
    report = Report.objects.latest("pk")
    assert (report.institution, narrative_of(house, report)) == (school, STORY)
    assert re.fullmatch(r"(\w{4} ){3}\w{4}", code_on(page))
    assert report.mailbox in page.inner_text("main")
    assert not Draft.objects.exists()
    shown = code_on(page)
    page.reload()  # the form is sent again
    assert (code_on(page), Report.objects.filter(institution=school).count()) == (shown, 2)
    page.go_back()
    page.locator("#call").wait_for()
    assert page.input_value("#id_narrative") == ""
    assert not {name: each for name, each in wrong.items() if each}
    assert said == []


def test_the_same_without_scripts(page_without_scripts, casework_site, house, school):
    page = come_in(page_without_scripts, casework_site, house)
    page.fill("#id_school", "regenbog gasselte")
    page.get_by_role("button", name="Zoek").click()
    found = page.get_by_label(re.compile("De Regenboog"))
    expect(found).to_be_in_viewport()
    found.check()
    tell(page)
    page.get_by_role("button", name="Werk dit bij").click()
    assert "overlegplicht" in page.inner_text("#aside")
    page.get_by_role("button", name="Bewaar klad").click()
    assert "Klad bewaard om" in page.inner_text("#kept")
    page.goto(casework_site + "/intake")
    page.get_by_role("link", name="Ga verder").click()
    assert page.input_value("#id_narrative") == STORY
    assert page.is_checked("#id_anonymous_0")
    page.fill("#id_affected_age", "900")
    page.get_by_role("button", name="Leg het gesprek vast").click()
    assert "Er klopt iets niet" in page.inner_text(".error-summary")
    assert page.input_value("#id_narrative") == STORY
    page.fill("#id_affected_age", "9")
    page.get_by_role("button", name="Leg het gesprek vast").click()
    report = Report.objects.latest("pk")
    assert (report.institution, narrative_of(house, report)) == (school, STORY)
    assert code_on(page)
    assert not Draft.objects.exists()


def test_what_is_chosen_while_a_school_is_looked_for_stays_chosen(
    page, casework_site, house, school
):
    come_in(page, casework_site, house)
    held = []
    page.route("**/intake/scholen", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/intake/scholen"):
        page.fill("#id_school", "regenboog gasselte")
    page.locator("#school-withheld").press("Space")
    held[0].continue_()  # the answer to what was asked before the choice
    page.get_by_label(re.compile("De Regenboog")).wait_for()
    expect(page.locator("#school-withheld")).to_be_checked()
    expect(page.locator("#school-withheld")).to_be_focused()


@pytest.mark.parametrize("fixture", ["page", "page_without_scripts"])
def test_after_a_mistake_the_keyboard_is_at_what_is_wrong(fixture, request, casework_site, house):
    page = come_in(request.getfixturevalue(fixture), casework_site, house)
    page.get_by_role("button", name="Leg het gesprek vast").press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    expect(summary.get_by_role("link").first).to_be_focused()
    institution = summary.get_by_role("link", name="Kies de instelling")
    institution.press("Enter")
    expect(page.locator("#id_institution")).to_be_focused()


def test_the_session_ends_in_the_middle_of_a_call_and_the_words_stay(
    page, casework_site, house, sign_in
):
    come_in(page, casework_site, house)
    page.fill("#id_narrative", "Het begin.")
    page.get_by_text("Klad bewaard om").wait_for()
    OpenSession.objects.all().delete()
    page.fill("#id_narrative", "Het begin en het vervolg.")
    page.locator("#ended").get_by_text("Uw sessie is afgelopen").wait_for()
    assert page.input_value("#id_narrative") == "Het begin en het vervolg."
    assert look(page) == []
    sign_in(page, house.people[Role.INSPECTOR])  # in another tab
    page.fill("#id_narrative", "Het begin, het vervolg en het slot.")
    page.locator("#ended").wait_for(state="hidden")
    assert Draft.objects.get().saved >= 3
    tell(page)
    page.check("#school-withheld")
    page.get_by_role("button", name="Leg het gesprek vast").click()
    page.get_by_role("heading", name="Vastgelegd").wait_for()
    assert narrative_of(house, Report.objects.latest("pk")) == STORY


def test_a_page_in_a_call_does_not_make_place_for_the_login_and_one_that_was_left_does(
    page, casework_site, house
):
    page.clock.install()
    come_in(page, casework_site, house)
    page.clock.fast_forward("10:00")
    page.fill("#id_narrative", "Zij praat nog.")
    page.clock.fast_forward("05:10")
    assert page.input_value("#id_narrative") == "Zij praat nog."
    page.goto(casework_site + "/intake")
    page.fill("#id_narrative", "Weggelopen.")
    OpenSession.objects.all().delete()
    page.clock.fast_forward("15:10")
    page.wait_for_url("**/inloggen?next=**")


def test_without_scripts_a_session_that_ended_loses_nothing(
    page_without_scripts, casework_site, house, sign_in
):
    page = come_in(page_without_scripts, casework_site, house)
    tell(page)
    page.check("#school-withheld")
    OpenSession.objects.all().delete()
    page.get_by_role("button", name="Leg het gesprek vast").click()
    assert "Uw klad is bewaard" in page.inner_text("main")
    come_in(page, casework_site, house)
    page.get_by_role("link", name="Ga verder").click()
    assert page.input_value("#id_narrative") == STORY


def test_an_older_window_is_told_that_a_newer_one_wrote_on(page, casework_site, house):
    come_in(page, casework_site, house)
    page.fill("#id_narrative", "In het eerste venster.")
    page.get_by_text("Klad bewaard om").wait_for()
    other = page.context.new_page()
    other.goto(casework_site + "/intake")
    other.get_by_role("link", name="Ga verder").click()
    other.fill("#id_narrative", "In het tweede venster.")
    other.locator("[name=saved][value='2']").wait_for(state="attached")
    page.fill("#id_narrative", "Toch in het eerste.")
    page.get_by_text("in een ander venster verder geschreven").wait_for()
    page.get_by_role("button", name="Bewaar als nieuw klad").click()
    page.locator("#kept").get_by_text("Klad bewaard om").wait_for()
    assert page.input_value("#id_narrative") == "Toch in het eerste."
    assert Draft.objects.count() == 2


def test_nothing_that_was_typed_stays_in_the_browser(page, casework_site, house):
    come_in(page, casework_site, house)
    page.fill("#id_narrative", STORY)
    page.get_by_text("Klad bewaard om").wait_for()
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0, 0]
    assert "kapstokken" not in page.url


def test_by_keyboard_alone_enter_keeps_and_never_hands_in(page, casework_site, house):
    come_in(page, casework_site, house)
    page.focus("#id_reporter_role")
    page.keyboard.type("ouder")
    page.focus("#id_reporter_name")
    page.keyboard.type("De Boer")
    page.keyboard.press("Enter")
    page.get_by_text("Klad bewaard om").wait_for()
    assert page.input_value("#id_reporter_role") == "ouder"
    page.focus("#id_school")
    page.keyboard.type("regenboog")
    page.keyboard.press("Enter")
    page.locator("#schools").wait_for()
    assert Report.objects.filter(channel="telefoon", recorded_at__isnull=True).count() == 0
    assert page.input_value("#id_reporter_name") == "De Boer"


def test_a_colleague_answers_while_the_caller_is_still_on_the_line(
    browser, page, casework_site, house
):
    said = listen(page)
    come_in(page, casework_site, house)
    page.fill("#id_narrative", STORY)
    page.fill("#id_question", "Is dit een redelijk vermoeden?")
    page.get_by_role("button", name="Vraag het nu").click()
    page.locator("#asked").get_by_text("wacht op antwoord").wait_for()
    assert (page.input_value("#id_question"), page.input_value("#id_narrative")) == ("", STORY)
    wrong = {"asked": look(page)}
    Opinion.objects.filter(asked_of=None).update(asked_of=house.people[Role.COORDINATOR])
    context = browser.new_context(locale="nl-NL")
    for name, value in house.cookies(Role.COORDINATOR).items():
        context.add_cookies([{"name": name, "value": value, "url": casework_site}])
    colleague = context.new_page()
    colleague.goto(casework_site + "/")
    colleague.get_by_role("link", name="collega vraagt uw mening").click()
    wrong["asked a colleague"] = look(colleague)
    colleague.get_by_label("Uw antwoord").fill("Ja. Vraag naar het weekend.")
    colleague.get_by_role("button", name="Antwoord").click()
    colleague.get_by_text("staat bij uw collega op het scherm").wait_for()
    page.locator("#asked").get_by_text("Ja. Vraag naar het weekend.").wait_for()
    page.evaluate("scrollTo(0, 0)")
    wrong["answered"] = look(page)
    context.close()
    assert not {name: each for name, each in wrong.items() if each}
    assert said == []
