"""Coming in for the first time and every day after, in a real browser under the strict policy."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Error

from tests.accounts.holders import make_holder
from tests.browser.console import listen
from tests.browser.passkeys import add_authenticator
from tests.browser.sending import send
from tests.people import PASSWORD, make_user
from vertrouwd.accounts.models import OpenSession, system_actor
from vertrouwd.accounts.people.actions import add_person, grant_role, invite
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line

CHOSEN = "negen blauwe klompen aan de dijk"


@pytest.fixture
def refused(page) -> Iterator[list[str]]:
    """What the console said about the page; there must be nothing at the end."""
    said = listen(page)
    yield said
    assert said == []


def invited() -> str:
    """The code that a new inspector got from the administrator."""
    keeper = system_actor()
    person = add_person(username="ine", name="Ine Inspecteur", by=keeper)
    grant_role(user=person, role=Role.INSPECTOR, by=keeper)
    return invite(user=person, by=keeper)


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app on the telephone shows; `later`: so many times thirty seconds from now."""
    counter = int(time.time()) // 30 + later
    return format_hotp_value(hotp_value(secret.replace(" ", ""), counter))


def give_password(page, words: str) -> None:
    page.fill("#id_username", "ine")
    send(page, "#id_password", words)


def log_out(page) -> None:
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/inloggen?uit=1")


def come_in(page, site: str) -> tuple[str, list[str]]:
    """The first day: from the code on paper to the start page. The secret, the recovery codes."""
    page.goto(site + "/welkom")
    send(page, "#id_code", invited())
    page.wait_for_url("**/welkom/wachtwoord")
    assert "ine" in page.inner_text("main")
    page.fill("#id_new", CHOSEN)
    send(page, "#id_again", CHOSEN)
    page.wait_for_url("**/twee-stappen")
    assert len(page.get_attribute(".qr svg path", "d")) > 500  # drawn: no picture from elsewhere
    secret = page.inner_text("#app-secret")
    send(page, "#id_code", code_of(secret))
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.click("text=Ik heb de codes bewaard")
    page.wait_for_url(site + "/")
    assert "Ine Inspecteur" in page.inner_text("header")
    return secret, codes


def next_days(page, site: str, secret: str, codes: list[str]) -> None:
    """A day with the app, a day without the telephone, a day with a code that was used."""
    log_out(page)
    give_password(page, CHOSEN)
    page.wait_for_url("**/inloggen/code")
    send(page, "#id_code", code_of(secret, later=1))  # the one of now made the app
    page.wait_for_url(site + "/")

    log_out(page)
    give_password(page, CHOSEN)
    page.wait_for_url("**/inloggen/code")
    send(page, "#id_code", codes[3])
    page.wait_for_url(site + "/")

    log_out(page)
    give_password(page, CHOSEN)
    page.wait_for_url("**/inloggen/code")
    send(page, "#id_code", codes[3])
    page.get_by_text("De code klopt niet").wait_for()
    assert "nog 9" in page.inner_text("main")
    page.goto(site + "/dossiers")
    assert re.search(r"/inloggen\?next=", page.url)


def test_an_invited_inspector_comes_in_with_a_code_and_every_day_after_with_an_app(
    page, casework_site, refused
):
    secret, codes = come_in(page, casework_site)
    next_days(page, casework_site, secret, codes)
    ways = [line.detail["methods"] for line in Line.objects.filter(action="log_in", result="done")]
    assert ways == [["password", "totp"], ["password", "recovery_codes"]]


def test_all_of_it_works_without_scripts(page_without_scripts, casework_site):
    page = page_without_scripts
    secret, codes = come_in(page, casework_site)
    next_days(page, casework_site, secret, codes)
    page.goto(casework_site + "/inloggen")
    assert not page.get_by_role("button", name="Inloggen met een passkey").is_visible()
    assert "werkt alleen met JavaScript" in page.inner_text("main")


def test_a_password_is_in_no_address_and_no_storage_of_the_browser(page, casework_site, refused):
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    secret, codes = come_in(page, casework_site)
    told = " ".join(addresses)
    for words in (CHOSEN, CHOSEN.split()[0], secret.replace(" ", ""), codes[0].replace(" ", "")):
        assert words not in told
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    cookies = page.context.cookies()
    assert {c["name"] for c in cookies} <= {"login", "csrf", "bekend", "taal"}
    assert all(c["httpOnly"] for c in cookies)
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # shown once: no browser keeps the page
        page.go_back()


def test_a_browser_that_somebody_forgot_to_close_is_ended_from_another(
    browser, casework_site, sign_in
):
    ine = make_user("ine", roles=[Role.INSPECTOR])
    at_work, at_home = browser.new_context(locale="nl-NL"), browser.new_context(locale="nl-NL")
    try:
        forgotten, here = at_work.new_page(), at_home.new_page()
        said = listen(here)
        sign_in(forgotten, ine)
        sign_in(here, ine)
        forgotten.goto(casework_site + "/sessies")
        assert forgotten.locator("main tbody tr, main li").count() == 2
        here.goto(casework_site + "/sessies")
        assert "Een andere sessie" in here.inner_text("main")
        here.get_by_role("button", name=re.compile("^Beëindig")).first.click()
        here.get_by_text("Beëindigde sessies: 1").wait_for()
        forgotten.reload()
        assert "/inloggen" in forgotten.url
        here.reload()
        assert here.url.endswith("/sessies")
        assert OpenSession.objects.filter(user=ine).count() == 1
        assert said == []
    finally:
        at_work.close()
        at_home.close()


def make_passkey(page, site: str) -> None:
    """The first login with a password, and a passkey as the second step."""
    page.goto(site + "/inloggen")
    give_password(page, PASSWORD)
    page.wait_for_url("**/twee-stappen")
    page.get_by_role("button", name="Maak een passkey").click()
    page.click("text=Ik heb de codes bewaard")
    page.wait_for_url(site + "/")


def log_in_with_passkey(page, site: str) -> None:
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(site + "/")


def unlock_with_phrase(page, site: str, phrase: str) -> None:
    page.goto(site + "/ontgrendelen?next=/sleutel/passkey")
    send(page, "#phrase", phrase)
    page.wait_for_url("**/sleutel/passkey")


def test_a_passkey_logs_in_and_unlocks_and_removed_it_does_neither(page, casework_site, refused):
    ine = make_user("ine", roles=[Role.INSPECTOR], name="Ine Inspecteur")
    add_authenticator(page, prf=True)
    make_passkey(page, casework_site)
    log_out(page)
    log_in_with_passkey(page, casework_site)

    page.goto(casework_site + "/sleutel")
    page.get_by_role("button", name="Maak mijn sleutel").click()
    phrase = " ".join(page.locator("#words li").all_inner_texts())
    page.click("text=Ik heb ze opgeschreven")
    send(page, "#phrase", phrase)
    page.click("text=Ontgrendel ook met een passkey")
    page.get_by_role("button", name="Kies een passkey").click()
    page.get_by_text("Deze passkey ontgrendelt nu uw sleutel.").wait_for()

    log_out(page)
    log_in_with_passkey(page, casework_site)
    page.goto(casework_site + "/ontgrendelen?next=/sleutel")
    page.get_by_role("button", name="Ontgrendel met een passkey").click()
    page.wait_for_url(casework_site + "/sleutel")
    assert page.locator("#fingerprint span").count() == 10

    page.goto(casework_site + "/twee-stappen")  # an app, so that the passkey may go
    send(page, "#id_code", code_of(page.inner_text("#app-secret")))
    page.wait_for_url("**/mijn-account")
    page.get_by_role("link", name=re.compile("^Veranderen Passkey")).click()
    page.get_by_role("button", name="Haal deze passkey weg").click()
    page.wait_for_url("**/mijn-account")
    page.get_by_role("button", name="Vergrendel nu").click()
    page.wait_for_url("**/ontgrendelen")
    assert page.get_by_role("button", name="Ontgrendel met een passkey").count() == 0
    log_out(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.get_by_text("past niet bij een account").wait_for()
    assert not OpenSession.objects.filter(user=ine).exists()


def test_a_passkey_without_a_secret_logs_in_and_is_told_that_it_cannot_unlock(
    page, casework_site, refused
):
    held = make_holder(make_user("ine", roles=[Role.INSPECTOR]))
    add_authenticator(page, prf=False)
    make_passkey(page, casework_site)
    log_out(page)
    log_in_with_passkey(page, casework_site)
    unlock_with_phrase(page, casework_site, held.phrase)
    page.get_by_role("button", name="Kies een passkey").click()
    page.get_by_text("kan geen sleutel openen. Gebruik uw wachtzin.").wait_for()
    page.goto(casework_site + "/sleutel")
    assert page.locator(".ways li").count() == 1
