"""The work list and its search in a real browser: on a phone, with and without scripts."""

import os
from pathlib import Path

import pytest

from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.browser.busy_house import LONG_NAME, LONG_WORD
from tests.browser.console import listen
from tests.browser.test_overview_in_the_browser import findings, widens
from tests.desk.worklist.conftest import Desk
from tests.desk.worklist.test_duties import owing
from tests.desk.worklist.test_searching import told
from tests.factories import make_institution, make_report
from vertrouwd.dossiers.life import close, set_waiting
from vertrouwd.dossiers.models import Message
from vertrouwd.notices.models import NoticeChoice

PICTURES = os.environ.get("VERTROUWD_PICTURES", "")  # a folder to look at what was shown


@pytest.fixture
def desk(casework_site, home) -> Desk:
    """A desk on which each kind of row lies, with names as long as they may be."""
    desk = Desk()
    school = make_institution(name=f"Basisschool {LONG_WORD}", town="Gasselterboerveenschemond")
    desk.inspector.name = LONG_NAME
    desk.inspector.save()
    late, waits, closed = (
        told(desk.old(days=40, institution=school)),
        desk.dossier(),
        desk.dossier(),
    )
    desk.task(late, in_days=-2, owner=desk.inspector)
    today = told(desk.dossier(institution=make_institution()))
    desk.task(today, in_days=0)
    desk.safe(today.reports.get(), in_days=0)
    desk.safe(late.reports.get(), in_days=5, hours=(13, 17))
    desk.task(late, in_days=5, owner=desk.inspector)
    send(today.reports.get(), photo())
    Message.objects.create(report=today.reports.get(), sender="melder", at=today.opened_at)
    set_waiting(waits, by=desk.inspector)
    close(closed, outcome="advies gegeven", by=desk.inspector)
    make_report(institution=school)
    desk.duty()
    return desk


@pytest.fixture(params=["page", "page_without_scripts"])
def a_page(request, desk, casework_site):
    """The inspector has logged in and unlocked in this browser."""
    page = request.getfixturevalue(request.param)
    come_in(page, desk, desk.inspector, casework_site)
    page.runs_scripts = request.param == "page"  # axe is a script
    return page


def come_in(page, desk: Desk, person, site: str) -> None:
    for name, morsel in desk.browser(person).cookies.items():
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": site}])


def look(page, name: str) -> list[str]:
    """What is wrong with what is shown, on a narrow and a wide screen; with a picture of each."""
    wrong = []
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if width != 360 and getattr(page, "runs_scripts", True):
            wrong += [f"{name} {width}: {each}" for each in findings(page) + widens(page)]
        if PICTURES and width != 320:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    return wrong


def test_an_inspector_walks_the_lists_keeps_a_choice_and_searches(a_page, desk, casework_site):
    said, wrong = listen(a_page), []
    a_page.goto(casework_site + "/dossiers")
    wrong += look(a_page, "mine")
    a_page.get_by_role("link", name="Bijna aan de tijd").click()
    assert "te laat" in a_page.inner_text("main")
    wrong += look(a_page, "due")
    a_page.get_by_role("link", name="Nog van niemand").click()
    wrong += look(a_page, "nobody")
    a_page.get_by_role("link", name="Alles wat u mag zien").click()
    a_page.get_by_label("Sector").select_option("po")
    a_page.get_by_role("button", name="Toon").click()
    assert "sector=po" in a_page.url
    a_page.get_by_role("button", name="Bewaar deze keuze").click()
    a_page.get_by_text("De keuze is bewaard").wait_for()
    wrong += look(a_page, "kept")
    a_page.get_by_label("Zoek in de teksten").fill("angstrom FIETSENSTALLING")
    a_page.get_by_role("button", name="Zoek").click()
    a_page.get_by_text("2 dossiers gevonden").wait_for()
    assert a_page.url == casework_site + "/dossiers/zoeken"
    wrong += look(a_page, "found")
    a_page.get_by_label("Zoek in de teksten").fill("x")
    a_page.get_by_role("button", name="Zoek").click()
    a_page.get_by_text("Er klopt iets niet").wait_for()
    wrong += look(a_page, "mistake")
    assert wrong == []
    assert said == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_on_a_phone_a_number_is_one_word_beside_what_is_asked(
    page, desk, casework_site, language: str
):
    owing(desk)
    come_in(page, desk, desk.inspector, casework_site)
    page.context.add_cookies([{"name": "taal", "value": language, "url": casework_site}])
    page.goto(f"{casework_site}/dossiers?lijst=termijn")
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for row in page.locator(".scan tbody tr").all():
            number, due = row.locator("th a").bounding_box(), row.locator(".due").bounding_box()
            assert number["height"] < 1.5 * 24, "it stands on two lines"
            beside = number["x"] + number["width"] <= due["x"]
            assert beside or number["y"] + number["height"] <= due["y"], "they overlap"


def test_an_inspector_chooses_e_mails(a_page, desk, casework_site):
    a_page.goto(casework_site + "/mijn-account/e-mail")
    wrong = look(a_page, "e-mail")
    a_page.get_by_label("E-mailadres van uw werk").fill("ine@inspectie.example")
    a_page.get_by_label("Op werkdagen").uncheck()
    a_page.get_by_role("button", name="Bewaar").click()
    a_page.get_by_text("Uw keuze is bewaard").wait_for()
    choice = NoticeChoice.objects.get()
    assert (choice.ready, choice.digest) == (True, False)
    assert wrong == []


def test_the_coordinator_sees_who_has_how_much(page, desk, casework_site):
    come_in(page, desk, desk.coordinator, casework_site)
    page.goto(casework_site + "/verdelen")
    page.get_by_role("link", name="Wie heeft hoeveel").click()
    assert "Samen" in page.inner_text("main")
    assert look(page, "workload") == []
