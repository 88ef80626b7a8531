"""Leaving in a hurry, in a real browser: with scripts and without."""

import pytest

from tests.browser.console import listen
from vertrouwd.intake.postvak.cookie import NAME
from vertrouwd.project.settings.site import VERTROUWD_EXIT_URL

ELSEWHERE = "/.well-known/security.txt"  # stands in for the weather: no test asks another site


@pytest.fixture
def site(live_server, home, settings) -> str:
    settings.VERTROUWD_EXIT_URL = f"{live_server.url}{ELSEWHERE}"
    return live_server.url


def esc(page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Escape")


def is_away(page, site: str) -> bool:
    page.wait_for_url(f"{site}{ELSEWHERE}")
    return True


def test_the_site_leads_to_a_page_that_anybody_may_have_open():
    assert VERTROUWD_EXIT_URL == "https://www.buienradar.nl/"


def test_the_link_leads_away_and_back_does_not_lead_to_the_page(page, site):
    said = listen(page)
    page.goto(f"{site}/cijfers")
    page.goto(f"{site}/privacy")
    page.click("#exit")
    assert is_away(page, site)
    page.go_back()
    assert page.url == f"{site}/cijfers"
    assert said == []


def test_three_times_esc_does_the_same(page, site):
    page.goto(f"{site}/cijfers")
    page.goto(f"{site}/privacy")
    esc(page, 3)
    assert is_away(page, site)
    page.go_back()
    assert page.url == f"{site}/cijfers"


def test_also_in_the_middle_of_a_sentence(page, site):
    page.goto(f"{site}/postvak")
    page.locator("main input:visible").first.focus()
    page.keyboard.type("mijn")
    esc(page, 3)
    assert is_away(page, site)


def test_twice_or_slowly_is_no_hurry(page, site):
    page.clock.install()
    page.goto(f"{site}/privacy")
    esc(page, 2)
    page.clock.fast_forward(2500)
    esc(page, 2)
    page.wait_for_timeout(200)
    assert page.url == f"{site}/privacy"
    esc(page, 1)
    assert is_away(page, site)


def test_the_page_is_gone_before_the_other_one_has_come(page, site):
    page.goto(f"{site}/privacy")
    page.route("**/weg", lambda route: route.abort())  # a network that does not answer
    seen = page.evaluate(
        """() => {
          document.getElementById("exit").click();
          return [getComputedStyle(document.documentElement).display, document.title];
        }"""
    )
    assert seen == ["none", "…"]


def test_without_scripts_it_is_a_link(page_without_scripts, site):
    page = page_without_scripts
    page.goto(f"{site}/privacy")
    page.click("#exit")
    assert is_away(page, site)
    page.go_back()
    assert page.url == f"{site}/privacy"  # as the page about it says


@pytest.mark.parametrize("which", ["page", "page_without_scripts"])
def test_the_mailbox_is_closed(which, site, request):
    page = request.getfixturevalue(which)
    page.goto(f"{site}/privacy")
    page.context.add_cookies([{"name": NAME, "value": "open", "url": site}])
    page.click("#exit")
    assert is_away(page, site)
    assert page.context.cookies() == []


def test_who_opens_it_in_another_tab_stays_here(page, site):
    page.goto(f"{site}/privacy")
    with page.context.expect_page() as opened:
        page.click("#exit", modifiers=["Control"])
    opened.value.wait_for_url(f"{site}{ELSEWHERE}")
    assert page.url == f"{site}/privacy"
    assert page.is_visible("main")
