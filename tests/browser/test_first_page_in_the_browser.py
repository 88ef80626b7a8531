"""The first page of the day in a real browser: full and empty, on a phone, and on paper."""

import pytest

from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.browser.busy_house import LONG_NAME
from tests.browser.console import listen
from tests.browser.test_work_list_in_the_browser import come_in, look
from tests.desk.intake.a_call import draft_of
from tests.desk.worklist.conftest import Desk
from tests.factories import make_report
from vertrouwd.dossiers.assigning import break_glass
from vertrouwd.dossiers.models import Message
from vertrouwd.dossiers.opinions import ask_opinion
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.privacy_requests.actions import register_request


@pytest.fixture
def desk(casework_site, home) -> Desk:
    """A desk on which one of everything waits."""
    desk = Desk()
    today, late = desk.dossier(), desk.dossier()
    for dossier, days in ((today, 0), (late, -2)):
        desk.safe(dossier.reports.get(), in_days=days)
        desk.task(dossier, in_days=days, owner=desk.inspector)
    desk.task(late, in_days=0)
    Message.objects.create(report=late.reports.get(), sender="melder", at=late.opened_at)
    send(today.reports.get(), photo())
    for _ in range(12):
        make_report()
    desk.duty(), desk.duty(desk.coordinator)
    ask_opinion(
        "Wat zou jij doen?", form=draft_of(desk.inspector).record, asked_in="a" * 32,
        by=desk.coordinator, of=desk.inspector,
    )  # fmt: skip
    register_request(
        kind="inzage", asker="ouder", received_on=today.opened_at.date(), dossier=today,
        by=desk.inspector, opened=desk.opened,
    )  # fmt: skip
    colleague = desk.colleague(name=LONG_NAME)
    break_glass(late.reference, ground=GlassGround.DANGER, reason="nu", by=colleague)
    return desk


@pytest.fixture(params=["page", "page_without_scripts"])
def a_page(request, desk):
    page = request.getfixturevalue(request.param)
    page.runs_scripts = request.param == "page"  # axe is a script
    return page


def test_each_line_of_the_first_page_leads_to_what_it_counts(a_page, desk, casework_site):
    said, wrong = listen(a_page), []
    for person, name in ((desk.inspector, "inspector"), (desk.coordinator, "coordinator")):
        come_in(a_page, desk, person, casework_site)
        a_page.goto(casework_site)
        wrong += look(a_page, f"first-{name}")
        lines = a_page.locator(".waits > li > a")
        for number in range(lines.count()):
            line = lines.nth(number)
            address = line.get_attribute("href")
            line.focus()
            a_page.keyboard.press("Enter")
            a_page.wait_for_url(casework_site + address)
            assert a_page.locator("h1").count() == 1
            a_page.goto(casework_site)
        assert lines.count() >= 3
    a_page.emulate_media(media="print")
    wrong += look(a_page, "first-paper")
    assert a_page.locator(".waits strong").first.is_visible()
    assert not wrong
    assert not said


def test_who_has_nothing_waiting_sees_that_at_once(page, casework_site, home):
    desk = Desk()
    come_in(page, desk, desk.inspector, casework_site)
    page.goto(casework_site)
    assert "Er wacht niets op u." in page.inner_text("main")
    assert not look(page, "first-empty")
