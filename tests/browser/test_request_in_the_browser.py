"""A story in a browser: a father asks what is kept of him and his daughter. One inspector weighs
each document, another looks after it, and he gets a letter. With JavaScript and without."""

import re
from datetime import timedelta

import pytest

from tests.browser.console import listen
from tests.browser.looking import look, unlocked
from tests.browser.sending import press
from tests.privacy_requests.privacy_desk import STORY, PrivacyDesk, today
from vertrouwd.privacy_requests.models import PrivacyRequest


@pytest.fixture
def house(casework_site, home) -> PrivacyDesk:
    return PrivacyDesk()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def pages(browser, casework_site, house, request):
    """That of the inspector, and that of the second person."""
    opened = []
    for person in (house.inspector, house.second):
        context = browser.new_context(java_script_enabled=request.param, locale="nl-NL")
        context.scripts = request.param
        page = context.new_page()
        page.said = listen(page)
        unlocked(page, house, casework_site, person)
        opened.append(page)
    yield opened
    for page in opened:
        page.context.close()
        assert page.said == []


def test_a_father_asks_what_is_kept_of_him_and_gets_a_part(pages, casework_site, house) -> None:
    page, second = pages
    wrong: dict[str, list[str]] = {}
    dossier = house.told()
    page.goto(f"{casework_site}/dossiers/{dossier.reference}")
    page.locator("#verzoeken").get_by_role("link", name="Nieuw verzoek").click()
    press(page, "Leg het verzoek vast")
    assert page.locator(".error-summary a").count() == 2
    look(page, wrong, "new")
    page.get_by_label("inzage").check()
    page.get_by_label("Wie vraagt het?").select_option("ouder")
    page.get_by_label("Wanneer kwam het binnen?").fill(f"{today() - timedelta(days=7)}")
    page.get_by_label("Naam van de vrager").fill("Ruben de Vader")
    page.get_by_label("Wat de vrager schrijft of zegt").fill("Wat staat er over Saar en mij?")
    press(page, "Leg het verzoek vast")
    look(page, wrong, "identity-to-do")

    page.get_by_role("link", name="Leg vast wie vraagt").click()
    page.get_by_label("identiteitsbewijs gezien").check()
    press(page, "Leg vast")
    assert "machtiging of het gezag" in page.inner_text(".error-summary")
    look(page, wrong, "identity")
    page.get_by_label("Ik heb de machtiging of het gezag gezien").check()
    press(page, "Leg vast")
    assert "0 van 5 gewogen" in page.inner_text("main")
    assert STORY not in page.inner_text("main")
    look(page, wrong, "to-weigh")

    page.get_by_role("link", name="verslag van de melding").click()
    assert STORY in page.inner_text("main")
    page.get_by_label("weigeren").check()
    press(page, "Bewaar, en naar het volgende")
    assert page.locator(".error-summary a").count() == 2
    look(page, wrong, "weigh")
    page.get_by_label("Op welke grond?").select_option("rechten-van-anderen")
    page.get_by_label("Waarom?").fill("Het verhaal is van een ander kind.")
    press(page, "Bewaar, en naar het volgende")
    for _ in range(4):
        page.get_by_label("geven", exact=True).check()
        press(page, "Bewaar, en naar het volgende")
    assert "5 van 5 gewogen" in page.inner_text("main")
    assert page.get_by_role("link", name="Kijk het na").count() == 0
    look(page, wrong, "weighed")

    request = PrivacyRequest.objects.get()
    second.goto(f"{casework_site}/verzoeken")
    look(second, wrong, "list")
    second.get_by_role("link", name=request.reference).click()
    second.get_by_role("link", name="Kijk het na").click()
    assert "Het verhaal is van een ander kind." in second.inner_text("main")
    press(second, "Leg uw oordeel vast")
    look(second, wrong, "look-after")
    second.get_by_label("akkoord").check()
    press(second, "Leg uw oordeel vast")
    assert "Een collega is het ermee eens." in second.inner_text("main")

    page.reload()
    page.get_by_role("link", name="Schrijf de brief").click()
    letter = page.get_by_label("De brief", exact=True).input_value()
    assert "- een aantekening van" in letter and "wat er is verteld" not in letter
    press(page, "De brief is verstuurd")
    assert "is er een ander in te herkennen" in page.inner_text(".error-summary")
    look(page, wrong, "letter")
    page.get_by_label("Ik heb gelezen").check()
    press(page, "De brief is verstuurd")
    assert "Vul eerst in: [naam], [geen / ontvangers]" in page.inner_text(".error-summary")
    filled = re.sub(r"\[[^\]]+\]", "ingevuld", letter)
    page.get_by_label("De brief", exact=True).fill(filled)
    press(page, "De brief is verstuurd")
    request.refresh_from_db()
    assert request.sent_on == today()
    look(page, wrong, "answered")
    page.get_by_role("link", name="Lees de brief").click()
    assert page.locator("textarea").count() == 0
    look(page, wrong, "sent-letter")
    assert not {name: each for name, each in wrong.items() if each}


def test_a_restricted_dossier_says_so_on_top(pages, casework_site, house) -> None:
    page, second = pages
    wrong: dict[str, list[str]] = {}
    dossier = house.told()
    request = house.asked(dossier, kind="beperking", asker="betrokkene")
    page.goto(f"{casework_site}/verzoeken/{request.reference}")
    page.get_by_role("link", name="Nu al beperken").click()
    look(page, wrong, "restrict")
    page.get_by_label("Welk dossier").select_option(dossier.reference)
    page.get_by_label("De juistheid wordt betwist").check()
    press(page, "Beperk het dossier")
    look(page, wrong, "restricted-request")
    second.goto(f"{casework_site}/dossiers/{dossier.reference}")
    assert "wordt dit dossier alleen bewaard" in second.locator("[role=note]").inner_text()
    look(second, wrong, "restricted-dossier")
    PrivacyRequest.objects.filter(pk=request.pk).update(sent_on=today(), sent_by=house.inspector)
    page.goto(f"{casework_site}/verzoeken/{request.reference}/ontvangers")
    assert page.url.endswith("/ontvangers")
    look(page, wrong, "receivers")
    assert not {name: each for name, each in wrong.items() if each}
