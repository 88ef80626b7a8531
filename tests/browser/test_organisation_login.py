"""Logging in through the organisation: the whole dance of a browser between two real servers."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as django_settings

from tests.browser.console import listen
from tests.people import make_user
from tests.servers.identity_provider import CLIENT, PASSWORD, SECRET, identity_provider
from vertrouwd.accounts.login.organisation import Organisation
from vertrouwd.accounts.models import OpenSession, system_actor
from vertrouwd.accounts.people.actions import bind_organisation, deactivate
from vertrouwd.accounts.second_step.actions import add_app
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line

APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
UNSOUND = {  # what is wrong with the token, and what the log says of it
    "other-nonce": "wrong_nonce",
    "other-issuer": "wrong_token",
    "other-audience": "wrong_token",
    "other-key": "wrong_token",
    "not-signed": "not_signed",
    "expired": "wrong_token",
}
NOT_BELIEVED = "klopte niet of duurde te lang"
NOT_KNOWN = "is hier niet bekend"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    with identity_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture
def organisation(provider, settings) -> Organisation:
    where = Organisation("de Organisatie", provider.issuer, CLIENT, SECRET)
    settings.VERTROUWD_ORGANISATION = where
    return where


@pytest.fixture
def site(casework_site, organisation) -> str:
    return casework_site


@pytest.fixture
def visit(browser, site):
    """`visit()`: a page in a browser that has no cookies yet."""
    contexts = []

    def fresh():
        contexts.append(browser.new_context(locale="nl-NL"))
        return contexts[-1].new_page()

    yield fresh
    for context in contexts:
        context.close()


def bound(subject: str, **fields):
    """Somebody here whom the provider calls `subject`."""
    user = make_user(subject.replace("-", ""), roles=[Role.INSPECTOR], **fields)
    key = django_settings.VERTROUWD_ORGANISATION.key
    bind_organisation(user=user, key=key, subject=subject, by=system_actor())
    return user


def go(page, site: str, subject: str, *, to: str = "/sessies") -> None:
    """From our page to the provider, log in there, and whatever follows."""
    page.goto(site + to)
    page.get_by_role("link", name="Inloggen via de Organisatie").click()
    page.wait_for_url("http://127.0.0.1:*/login?**")
    page.fill("[name=username]", subject)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(site + "/**")


def way_back(page) -> list[str]:
    """The addresses with which this browser comes back from the provider, as they come."""
    seen: list[str] = []
    page.on("request", lambda r: "/inloggen/organisatie/terug" in r.url and seen.append(r.url))
    return seen


def reasons() -> list[str]:
    """Why logins were refused, as the log tells it."""
    lines = Line.objects.filter(action="log_in", result="refused").order_by("pk")
    return [line.detail["reason"] for line in lines]


def test_who_took_two_steps_at_the_organisation_is_in_and_where_they_wanted_to_be(visit, site):
    page = visit()
    said = listen(page)
    for subject in ("two-steps", "two-steps-by-level"):
        user = bound(subject)
        go(page, site, subject)
        page.wait_for_url(site + "/sessies")
        assert OpenSession.objects.get(user__isnull=False).user == user
        page.context.clear_cookies()
        OpenSession.objects.all().delete()
    ways = [line.detail for line in Line.objects.filter(action="log_in")]
    assert ways == [{"methods": ["organisation_two_steps"]}] * 2
    assert said == []


def test_who_took_one_step_there_takes_the_second_here(visit, site):
    page = visit()
    user = bound("one-step")
    add_app(secret=APP, counter=0, by=user)
    go(page, site, "one-step")
    page.wait_for_url(site + "/inloggen/code")
    assert not OpenSession.objects.filter(user=user).exists()
    page.fill("#id_code", format_hotp_value(hotp_value(APP, int(time.time()) // 30)))
    page.press("#id_code", "Enter")
    page.wait_for_url(site + "/sessies")
    [line] = Line.objects.filter(action="log_in")
    assert line.detail == {"methods": ["organisation", "totp"]}


def test_a_stranger_and_somebody_who_left_get_the_same_answer(visit, site):
    gone = bound("two-steps")
    deactivate(user=gone, by=system_actor())
    told = {}
    for subject in ("stranger", "two-steps"):
        page = visit()
        go(page, site, subject)
        page.get_by_text(NOT_KNOWN).wait_for()
        told[subject] = page.inner_text("body")
    assert told["stranger"] == told["two-steps"]
    assert "stranger" not in told["stranger"]
    assert reasons() == ["unknown_subject"] * 2
    assert not OpenSession.objects.exclude(user=None).exists()


def test_a_token_that_is_not_sound_is_refused_in_plain_words(visit, site):
    page = visit()
    for subject in UNSOUND:
        bound(subject)
        go(page, site, subject)
        page.get_by_text(NOT_BELIEVED).wait_for()
        assert "Inloggen via de Organisatie" in page.inner_text("main")  # one may begin again
        page.context.clear_cookies()
    assert dict(zip(UNSOUND, reasons(), strict=True)) == UNSOUND
    assert not OpenSession.objects.exclude(user=None).exists()


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(visit, site):
    bound("two-steps")
    mine, thief = visit(), visit()
    seen = way_back(mine)
    go(mine, site, "two-steps")
    mine.wait_for_url(site + "/sessies")
    [answer] = seen

    for page in (thief, mine):
        page.goto(answer)
        page.get_by_text(NOT_BELIEVED).wait_for()
    mine.goto(site + "/sessies")
    assert mine.url == site + "/sessies"  # who was in stays in
    assert reasons() == ["wrong_state", "wrong_state"]


def test_a_code_that_was_used_is_not_taken_with_a_fresh_question_or_a_forged_one(visit, site):
    bound("two-steps")
    mine, thief = visit(), visit()
    seen = way_back(mine)
    go(mine, site, "two-steps")
    [code] = re.findall(r"code=([^&]+)", seen[0])

    thief.goto(site + "/inloggen")
    with thief.expect_request(lambda r: "/o/authorize" in r.url) as asked:
        thief.get_by_role("link", name="Inloggen via de Organisatie").click()
    [state] = re.findall(r"state=([^&]+)", asked.value.url)
    for tried in (state, "forged"):
        thief.goto(f"{site}/inloggen/organisatie/terug?code={code}&state={tried}")
        thief.get_by_text(NOT_BELIEVED).wait_for()
    assert reasons() == ["wrong_token", "wrong_state"]


def test_a_provider_that_says_to_be_another_is_not_asked(visit, site, provider, settings):
    elsewhere = provider.issuer.replace("127.0.0.1", "localhost")
    settings.VERTROUWD_ORGANISATION = Organisation("de Organisatie", elsewhere, CLIENT, SECRET)
    page = visit()
    page.goto(site + "/inloggen/organisatie")
    assert re.search(NOT_BELIEVED + "|antwoordt niet", page.inner_text("main"))
    assert reasons()[0] in {"wrong_issuer", "provider_unavailable"}


def test_a_provider_that_is_away_leaves_the_password_and_the_passkey(visit, site, settings):
    away = Organisation("de Organisatie", "http://127.0.0.1:9/o", CLIENT, SECRET)
    settings.VERTROUWD_ORGANISATION = away
    page = visit()
    page.goto(site + "/inloggen/organisatie")
    page.get_by_text("antwoordt niet. Log in met wachtwoord of passkey.").wait_for()
    assert page.locator("#id_password").is_visible()
    assert reasons() == ["provider_unavailable"]
