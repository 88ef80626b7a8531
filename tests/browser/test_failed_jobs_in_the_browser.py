"""The page of failed work in a real browser: readable by everybody, also without scripts."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.browser.test_overview_in_the_browser import findings, widens
from tests.people import log_in, make_user
from vertrouwd.accounts.terms import Role
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.terms import JobState

LONG_PLACE = "vertrouwd.accounts.login.session_store_of_a_long_name_without_a_break:1234"


@pytest.fixture
def cookie(casework_site, home) -> dict[str, str]:
    """That of an administrator who has logged in."""
    client = Client()
    log_in(client, make_user("beheerder", roles=[Role.ADMINISTRATOR]))
    return {"name": "login", "value": client.cookies["login"].value, "url": casework_site}


def failed(**more) -> Job:
    now = timezone.now()
    told = {"kind": "sweep_sessions", "state": JobState.DEAD, **more}
    return Job.objects.create(
        asked_at=now, due_at=now, came_back_at=now, ended_at=now, tries=5,
        fault="OperationalError", fault_place=LONG_PLACE, **told,
    )  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_dead_letters_are_accessible_and_fit(page, casework_site, cookie, width, scheme):
    failed()
    failed(state=JobState.SET_ASIDE, set_aside_at=timezone.now(), set_aside_by="beheerder-met-naam")
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(casework_site + "/taken/mislukt")
    page.click("summary")
    assert findings(page) + widens(page) == []


def test_without_scripts_one_tries_again_and_sets_aside(
    page_without_scripts, casework_site, cookie
):
    page = page_without_scripts
    first, second = failed(), failed(kind="forget_jobs")
    page.context.add_cookies([cookie])
    page.goto(casework_site)
    page.click("nav a[href='/taken/mislukt']")
    page.click(f"form:has(input[value='{first.pk}']) button[value=opnieuw]")
    assert "opnieuw geprobeerd" in page.inner_text("main")
    page.click("summary")
    page.click(f"form:has(input[value='{second.pk}']) button[value=terzijde]")
    assert "Er is geen taak mislukt." in page.inner_text("main")
    assert set(Job.objects.values_list("state", flat=True)) == {
        JobState.WAITING,
        JobState.SET_ASIDE,
    }
