"""Every page of the casework, in use, on a narrow and a wide screen: readable by everybody."""

import re

import pytest
from django.utils import timezone

from tests.browser.busy_house import BusyHouse
from tests.browser.console import listen
from tests.browser.sending import send
from tests.browser.test_overview_in_the_browser import findings, widens
from tests.people import make_user
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.people.actions import add_person, invite
from vertrouwd.accounts.terms import Role
from vertrouwd.project.casework_urls import urlpatterns
from vertrouwd.project.routes import Route, routes_in

ROUTES = list(routes_in(urlpatterns, site="casework"))
NO_PAGES = {"security_txt", "health", "file_picture", "file_copy"}
# In the middle of a way in, or for who is in already: the walks below look at these.
# The others lead back when it was not said which fact, step, report, document or event it is about,
# or are for requests that ask something else than the one of the house.
LEAD_AWAY = {
    "log_in_code", "first_password", "set_up", "unlock", "duties_fact", "duties_step",
    "request_weigh", "request_lift", "request_restrict", "request_tell", "dossier_correct",
    "dossier_take_back",
}  # fmt: skip
NOT_HERE = {"log_in_organisation", "log_in_organisation_back"}  # no organisation is configured
SCREENS = ((320, "dark"), (1280, "light"))


@pytest.fixture
def house(casework_site, home) -> BusyHouse:
    return BusyHouse.make()


@pytest.fixture
def browser_of(browser, casework_site, house):
    """`browser_of(role)`: a page of a browser in which that person logged in and unlocked; its
    console has nothing to say in the end."""
    pages, said = {}, {}

    def opened(role: Role | None):
        if role not in pages:
            context = browser.new_context(locale="nl-NL")
            if role:
                for name, value in house.cookies(role).items():
                    context.add_cookies([{"name": name, "value": value, "url": casework_site}])
            pages[role] = context.new_page()
            said[role] = listen(pages[role])
        return pages[role]

    yield opened
    for page in pages.values():
        page.context.close()
    assert not {role: complaints for role, complaints in said.items() if complaints}


def look(page) -> list[str]:
    """What is wrong with the page that is shown, on each screen."""
    wrong = []
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{width}: {each}" for each in findings(page) + widens(page)]
    return wrong


def address_of(route: Route, house: BusyHouse) -> str:
    """The address of the page about the one thing of its kind in the house."""
    numbers = {
        "person": house.people[Role.INSPECTOR].pk,
        "passkey": house.passkey.pk,
        "glass_review": house.broken.pk,
        "intake_draft": house.draft.pk,
    }
    filled = {"reference": house.dossier.reference, "day": f"{timezone.localdate()}"}
    if route.path.startswith("/verzoeken"):
        filled["reference"] = house.request.reference
    filled["number"] = str(numbers.get(route.name, 1))
    if route.path.startswith("/bestanden"):
        filled["reference"] = house.file.reference
    return re.sub(r"<\w+:(\w+)>", lambda found: filled[found[1]], route.path)


def role_for(route: Route, house: BusyHouse) -> Role | None:
    return None if route.is_public else house.fitting(route.gate.removesuffix(", unlocked"))


def test_every_page_is_accessible_and_fits_for_whom_it_is_meant(browser_of, casework_site, house):
    wrong: dict[str, list[str]] = {}
    answers: dict[int, set[str]] = {}
    for route in ROUTES:
        page = browser_of(role_for(route, house))
        address = casework_site + address_of(route, house)
        status = page.context.request.get(address, max_redirects=0).status
        if status == 200 and route.name not in NO_PAGES:
            page.goto(address)
            wrong[route.name] = look(page)
        answers.setdefault(status, set()).add(route.name)
    assert not {name: each for name, each in wrong.items() if each}
    assert set(answers) == {200, 302, 404, 405}
    assert (answers[302], answers[404]) == (LEAD_AWAY, NOT_HERE)


def test_the_pages_between_an_invitation_and_the_first_day_are_accessible_and_fit(
    page, casework_site
):
    keeper = system_actor()
    code = invite(user=add_person(username="ine", name="Ine", by=keeper), by=keeper)
    said, wrong = listen(page), {}

    def sent(field: str, words: str, *, named: str) -> None:
        send(page, field, words)
        wrong[named] = look(page)

    page.goto(casework_site + "/welkom")
    sent("#id_code", "bestaat-niet", named="wrong invitation")
    sent("#id_code", code, named="first password")
    page.fill("#id_new", "kort")
    sent("#id_again", "anders", named="weak password")
    page.fill("#id_new", "negen blauwe klompen aan de dijk")
    sent("#id_again", "negen blauwe klompen aan de dijk", named="second step")
    sent("#id_code", "000000", named="wrong code of the app")
    page.context.clear_cookies()
    page.goto(casework_site + "/inloggen")
    page.fill("#id_username", "ine")
    for number in range(5):
        page.fill("#id_username", "ine")
        send(page, "#id_password", "verkeerd")
        if number in (0, 4):
            wrong[f"wrong password {number}"] = look(page)
    assert "Even wachten" in page.inner_text("main")
    assert not {name: each for name, each in wrong.items() if each}
    assert said == []


def test_what_is_shown_once_or_refused_is_accessible_and_fits(browser_of, casework_site, house):
    wrong = {}
    keeper = browser_of(Role.ADMINISTRATOR)
    keeper.goto(casework_site + "/mensen")
    keeper.fill("#id_name", "Bram")
    keeper.fill("#id_username", "bram")
    keeper.press("#id_username", "Enter")
    keeper.locator("#invitation").wait_for()
    wrong["invitation"] = look(keeper)
    keeper.goto(casework_site + "/nergens")
    wrong["missing"] = look(keeper)

    inspector = browser_of(Role.INSPECTOR)
    inspector.goto(casework_site + "/mijn-account")
    inspector.get_by_role("button", name="Maak nieuwe herstelcodes").click()
    inspector.locator(".codes").wait_for()
    wrong["recovery codes"] = look(inspector)
    inspector.goto(casework_site + "/sleutel")
    inspector.get_by_role("button", name="Nieuwe wachtzin").click()
    inspector.locator("#words").wait_for()
    wrong["passphrase"] = look(inspector)
    inspector.goto(casework_site + "/sleutel")
    inspector.get_by_role("button", name="Vergrendel nu").click()
    inspector.wait_for_url("**/ontgrendelen")
    inspector.fill("#phrase", "aap noot mies")
    inspector.press("#phrase", "Enter")
    inspector.get_by_text("staat niet in de lijst").first.wait_for()
    wrong["wrong phrase"] = look(inspector)
    assert not {name: each for name, each in wrong.items() if each}


def test_who_has_no_key_yet_sees_a_page_that_is_accessible_and_fits(page, casework_site, sign_in):
    sign_in(page, make_user("ine", roles=[Role.INSPECTOR]))
    page.goto(casework_site + "/sleutel")
    assert page.get_by_role("button", name="Maak mijn sleutel").is_visible()
    assert look(page) == []
