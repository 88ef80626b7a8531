"""A page that somebody walks away from: it says what will happen, and then shows nothing."""

import pytest

from tests.browser.console import listen
from tests.people import make_user
from vertrouwd.accounts.models import OpenSession
from vertrouwd.accounts.terms import Role


@pytest.fixture
def left(page, casework_site, sign_in):
    """The people page of an administrator, in a browser whose clock we turn."""
    sign_in(page, make_user("bea", roles=[Role.ADMINISTRATOR], name="Bea Beheerder"))
    page.clock.install()
    page.goto(casework_site + "/mensen")
    return page


def test_before_the_session_ends_the_page_says_so_and_one_may_stay(left):
    refused = listen(left)
    notice = left.locator("#stay")
    left.clock.fast_forward("12:00")
    assert not notice.is_visible()
    left.clock.fast_forward("01:30")
    assert "Over twee minuten wordt u uitgelogd" in notice.inner_text()
    left.click("text=Blijf ingelogd")
    notice.wait_for(state="hidden")
    left.clock.fast_forward("12:00")
    assert not notice.is_visible()
    assert refused == []


def test_when_the_session_has_ended_the_page_makes_place_for_the_login(left):
    assert "Bea Beheerder" in left.inner_text("main")
    OpenSession.objects.all().delete()
    left.clock.fast_forward("15:10")
    left.wait_for_url("**/inloggen?next=**")
    assert "Bea Beheerder" not in left.inner_text("body")
    assert "vanzelf uitgelogd" in left.inner_text("main")


def test_work_in_another_tab_counts_as_being_here(left, casework_site):
    left.clock.fast_forward("13:30")
    assert left.locator("#stay").is_visible()
    other = left.context.new_page()
    other.goto(casework_site + "/mensen")
    left.locator("#stay").wait_for(state="hidden")


def test_a_form_that_was_refused_is_not_sent_again_by_the_clock(left):
    left.click("text=Maak het account en de code")
    left.get_by_text("Vul een gebruikersnaam in.").first.wait_for()
    sent = []
    left.on("request", lambda request: sent.append(request.method))
    OpenSession.objects.all().delete()
    left.clock.fast_forward("15:10")
    left.wait_for_url("**/inloggen?next=**")
    assert "POST" not in sent
