"""Long after a join: it is taken back from the timeline of either dossier in two steps, with the
keyboard. And the page for who is there through broken glass."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.console import listen
from tests.browser.test_joined_wrongly import look, unlocked
from tests.dossiers.casework import Office, behind_glass, join
from tests.factories import make_institution
from vertrouwd.dossiers.notes import add_note

FOLDER = os.environ.get("CASE_PNG", "")


@pytest.fixture
def office(casework_site, home) -> Office:
    return Office()


def shot(page, name: str) -> None:
    if FOLDER:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{FOLDER}/{name}-{width}.png", full_page=True)


def press(page, link: str) -> None:
    """It is in sight, a link or a button of the page itself; go there, and press Enter."""
    page.press(link, "Enter")
    page.wait_for_load_state()


def test_an_old_join_is_taken_back_from_either_dossier_in_two_steps(
    page, casework_site, office
) -> None:
    said, wrong = listen(page), {}
    school = make_institution(name="Basisschool De Verborgen Hoek")
    old, new = office.dossier(institution=school), office.dossier(institution=school)
    join(old, new, office, now=timezone.now() - timedelta(hours=2))
    for number in range(15):  # much was done since
        add_note(new, kind="aantekening", words=f"Nummer {number}.", by=office.inspector,
                 opened=office.opened)  # fmt: skip
    unlocked(page, office, casework_site)
    for here in (new, old):
        page.goto(f"{casework_site}/dossiers/{here.reference}")
        assert "Maak dit ongedaan" not in page.inner_text("main")
        look(page, wrong, f"before {here.reference}")
        if here == old:
            shot(page, "old-number")
        press(page, "#tijdlijn a[href*='/terug?event=']")
        page.wait_for_selector("text=Meldingen die verhuizen")
        main = page.inner_text("main")
        assert f"{new.reference} → {old.reference}" in main
        assert "2022-2023: van 1 naar 2 dossiers" in main
        look(page, wrong, f"undo {here.reference}")
        shot(page, f"undo-{here.reference}")
        press(page, "main form button")
        page.wait_for_selector("text=Dat is ongedaan gemaakt.")
        assert (old.reports.count(), new.reports.count()) == (1, 1)
        page.goto(f"{casework_site}/dossiers/{here.reference}")
        shot(page, f"undone-{here.reference}")
        page.click("#net button")  # done again, with one click
        page.wait_for_load_state()
        assert new.reports.count() == 2
    assert not {name: each for name, each in wrong.items() if each}
    assert said == []


def test_who_broke_the_glass_reads_who_may_join_and_leaves_word(
    page, casework_site, office
) -> None:
    said, wrong = listen(page), {}
    school = make_institution(name="Basisschool De Verborgen Hoek")
    own = office.dossier(institution=school)
    theirs = office.dossier(office.colleague(name="Yvonne de Wit"), institution=school)
    behind_glass(theirs, office.inspector)
    assert office.duty_officer
    unlocked(page, office, casework_site)
    page.goto(f"{casework_site}/dossiers/{own.reference}/samenvoegen")
    page.click(f"text=Bekijk wat er verandert {theirs.reference}")
    assert "Yvonne de Wit" in page.inner_text("main")
    look(page, wrong, "word")
    shot(page, "word")
    page.fill("textarea", "Zelfde gang, zelfde dag.")
    page.fill("input[type=date]", "")
    page.click("role=button[name^='Zet de taak']")
    page.wait_for_load_state()
    look(page, wrong, "word again")
    shot(page, "word-again")
    page.fill("input[type=date]", "2026-12-01")
    page.click("role=button[name^='Zet de taak']")
    page.wait_for_load_state()
    assert f"De taak staat in {theirs.reference}." in page.inner_text("main")
    assert page.url.endswith(own.reference)
    page.goto(f"{casework_site}/dossiers/{theirs.reference}")
    look(page, wrong, "task")
    shot(page, "task")
    assert not {name: each for name, each in wrong.items() if each}
    assert said == []
