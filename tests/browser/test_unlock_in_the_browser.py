"""Unlocking in a real browser under the strict policy: by phrase, by passkey, without scripts."""

import pytest

from tests.accounts.holders import make_holder
from tests.browser.console import listen
from tests.browser.passkeys import add_authenticator
from tests.browser.sending import send
from tests.browser.test_overview_in_the_browser import findings, widens
from tests.people import make_user
from vertrouwd.accounts.models import Unlocked, UnlockSlot
from vertrouwd.accounts.terms import Role, SlotKind
from vertrouwd.sealing.models import HolderKey


@pytest.fixture
def ine(casework_site):
    return make_user("ine", roles=[Role.INSPECTOR], name="Ine Inspecteur")


@pytest.fixture
def held(ine):
    return make_holder(ine)


@pytest.fixture
def refused(page) -> list[str]:
    """What the console says: the policy refused something, or a script failed."""
    return listen(page)


def type_phrase(page, phrase: str) -> None:
    send(page, "#phrase", phrase)


def cookie(page) -> dict | None:
    return next((c for c in page.context.cookies() if c["name"] == "unlock"), None)


def test_a_phrase_unlocks_and_the_key_is_in_a_cookie_that_no_script_reads(
    page, casework_site, sign_in, held, refused
):
    sign_in(page, held.user)
    page.goto(casework_site + "/ontgrendelen?next=/sleutel")
    type_phrase(page, held.phrase)
    page.wait_for_url("**/sleutel")
    assert page.locator("#fingerprint span").count() == 10
    kept = cookie(page)
    assert (kept["httpOnly"], kept["sameSite"], kept["expires"]) == (True, "Strict", -1)
    assert "unlock" not in page.evaluate("document.cookie")
    assert refused == []


def test_without_scripts_one_makes_a_key_unlocks_and_locks(
    page_without_scripts, casework_site, sign_in, ine
):
    page = page_without_scripts
    sign_in(page, ine)
    page.goto(casework_site + "/sleutel")
    page.click("text=Maak mijn sleutel")
    page.locator("#words").wait_for()
    phrase = " ".join(page.locator("#words li").all_inner_texts())
    page.click("text=Ik heb ze opgeschreven")
    page.locator("#phrase").wait_for()
    assert page.locator("#words").count() == 0
    type_phrase(page, phrase)
    assert "Wacht tot een collega u toelaat" in page.inner_text("main")
    page.click("text=Vergrendel nu")
    page.wait_for_url("**/ontgrendelen")
    type_phrase(page, phrase)
    assert cookie(page)
    assert "Vergrendel nu" in page.inner_text("header")


def test_what_is_typed_is_hidden_until_one_asks_to_see_it(page, casework_site, sign_in, held):
    sign_in(page, held.user)
    page.goto(casework_site + "/ontgrendelen")
    look = "getComputedStyle(document.getElementById('phrase')).webkitTextSecurity"
    assert page.evaluate(look) == "disc"
    page.check("#shown")
    assert page.evaluate(look) == "none"
    assert page.get_attribute("#phrase", "autocomplete") == "off"


def test_one_key_press_locks_from_any_page(page, casework_site, sign_in, held, refused):
    sign_in(page, held.user)
    page.goto(casework_site + "/ontgrendelen?next=/sleutel")
    type_phrase(page, held.phrase)
    page.wait_for_url("**/sleutel")
    page.keyboard.press("Alt+Shift+KeyL")
    page.wait_for_url("**/ontgrendelen")
    assert cookie(page) is None
    assert not Unlocked.objects.exists()
    assert refused == []


def test_a_link_from_another_site_leads_back_in_with_one_click(page, casework_site, sign_in, held):
    sign_in(page, held.user)
    page.goto(casework_site + "/ontgrendelen?next=/sleutel")
    type_phrase(page, held.phrase)
    page.wait_for_url("**/sleutel")
    elsewhere = casework_site.replace("localhost", "127.0.0.1")
    page.goto(elsewhere + "/inloggen")
    page.evaluate("address => { location.href = address }", casework_site + "/sleutel/passkey")
    page.wait_for_url("**/ontgrendelen?next=**")
    page.click("text=Ga verder")
    page.wait_for_url("**/sleutel/passkey")


@pytest.fixture
def authenticator(page, casework_site):
    """A passkey reader of the browser itself, with PRF."""
    return add_authenticator(page, prf=True)


def test_a_passkey_that_is_added_unlocks_too(
    page, casework_site, sign_in, held, authenticator, refused
):
    sign_in(page, held.user)
    page.goto(casework_site + "/twee-stappen")
    page.click("#new-passkey button")
    page.click("text=Ik heb de codes bewaard")
    page.goto(casework_site + "/ontgrendelen?next=/sleutel")
    type_phrase(page, held.phrase)
    page.wait_for_url("**/sleutel")
    page.click("text=Ontgrendel ook met een passkey")
    page.click("text=Kies een passkey")
    page.wait_for_url("**/sleutel")
    assert "Deze passkey ontgrendelt nu uw sleutel." in page.inner_text("main")
    assert UnlockSlot.objects.filter(kind=SlotKind.PASSKEY).count() == 1

    page.click("text=Vergrendel nu")
    page.click("text=Ontgrendel met een passkey")
    page.get_by_role("button", name="Vergrendel nu").wait_for()
    assert cookie(page)
    assert refused == []

    page.goto(casework_site + "/sleutel")
    page.click("text=Haal weg")
    page.get_by_text("ontgrendelt uw sleutel niet meer").wait_for()
    assert HolderKey.objects.get() == held.holder


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_pages_of_the_key_are_accessible_and_fit(
    page, casework_site, sign_in, held, width, scheme
):
    sign_in(page, held.user)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}

    def look(name: str) -> None:
        found[name] = findings(page) + widens(page)

    page.goto(casework_site + "/sleutel")
    look("locked")
    page.goto(casework_site + "/ontgrendelen?next=/sleutel")
    look("unlock")
    type_phrase(page, "aap aap aap")
    look("wrong")
    type_phrase(page, held.phrase)
    page.wait_for_url("**/sleutel")
    look("key")
    page.goto(casework_site + "/sleutel/passkey")
    look("passkey")
    page.goto(casework_site + "/sleutel/toelaten")
    look("granting")
    page.goto(casework_site + "/sleutel")
    page.click("text=Nieuwe wachtzin")
    look("phrase")
    page.click("text=Ik heb ze opgeschreven")
    look("retype")
    assert not {name: wrong for name, wrong in found.items() if wrong}
