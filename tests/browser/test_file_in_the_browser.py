"""A file of a reporter in a real browser: opened, looked at page by page, saved as evidence."""

import pytest

from tests.attachments.made_files import EICAR, acting_pdf, photo, word
from tests.attachments.scanner import Scanner
from tests.attachments.sent_files import send
from tests.browser.console import listen
from tests.browser.looking import look, unlocked
from vertrouwd.audit.models import Line

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau" * 2


def is_drawn(page) -> bool:
    """Whether the picture on the page was loaded."""
    return page.locator(".sheet img").evaluate("it => it.complete && it.naturalWidth > 0")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_inspector_opens_the_files_of_a_report(
    browser, casework_site, office, tmp_path, scripts
) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="nl-NL")
    context.scripts = scripts
    page = context.new_page()
    said = listen(page)
    wrong: dict[str, list[str]] = {}
    dossier = office.dossier()
    report = dossier.reports.get()
    send(report, acting_pdf(), name=f"{LONG}.pdf")
    send(report, photo(size=(1600, 1200)), name="foto.jpg")
    send(report, word(), name="brief.docx")
    send(report, b"ID3" + bytes(400), name="stem.mp3")
    unlocked(page, office, casework_site)
    here = f"{casework_site}/dossiers/{dossier.reference}"

    page.goto(f"{here}#bestanden")
    assert page.locator("#bestanden li").count() == 4
    look(page, wrong, "dossier")
    page.click(f"text={LONG}.pdf")
    look(page, wrong, "waiting")
    page.click("role=button[name='Open het bestand']")
    page.wait_for_load_state("networkidle")
    assert is_drawn(page) or not scripts
    look(page, wrong, "pdf")
    page.click("text=Volgend blad")
    page.wait_for_load_state("networkidle")
    assert "Blad 2 van 2" in page.inner_text("main")
    page.click("text=Lees de tekst van dit blad")
    page.wait_for_load_state("networkidle")
    assert page.inner_text("#tekst") == "Blad 2"
    look(page, wrong, "text of a page")

    page.click("text=Bewaar het origineel als bewijs")
    page.click("role=button[name='Bewaar het origineel']")
    page.wait_for_load_state()
    assert page.locator(".error-summary").count() == 1
    look(page, wrong, "no reason")
    page.check("text=voor politie of justitie")
    with page.expect_download() as saving:
        page.click("role=button[name='Bewaar het origineel']")
    saving.value.save_as(tmp_path / "bewijs")
    assert (tmp_path / "bewijs").read_bytes()[:5] == b"%PDF-"
    assert saving.value.suggested_filename.endswith("-origineel.bewijs")
    assert Line.objects.filter(action="save_original").count() == 1

    for name in ("foto.jpg", "brief.docx", "stem.mp3"):
        page.goto(f"{here}#bestanden")
        page.click(f"text={name}")
        page.click("role=button[name='Open het bestand']")
        page.wait_for_load_state("networkidle")
        look(page, wrong, name)
    assert "Dit bestand is hier niet te bekijken" in page.inner_text("main")
    assert not {name: each for name, each in wrong.items() if each}
    assert [line for line in said if "400" not in line] == []
    context.close()


def test_a_file_in_quarantine_is_accessible_and_fits(
    page, casework_site, office, settings, tmp_path
) -> None:
    wrong: dict[str, list[str]] = {}
    file = send(office.dossier().reports.get(), photo() + EICAR, name="foto.jpg")
    unlocked(page, office, casework_site)
    page.goto(f"{casework_site}/bestanden/{file.reference}")
    with Scanner(tmp_path) as scanner:
        settings.VERTROUWD_CLAMD = scanner.address
        page.click("role=button[name='Open het bestand']")
        page.wait_for_load_state()
    assert "In quarantaine" in page.inner_text("main")
    assert page.locator("main img").count() == 0
    page.click("text=Bewaar het origineel als bewijs")
    page.check("text=voor politie of justitie")
    page.click("role=button[name='Bewaar het origineel']")
    page.wait_for_load_state()
    assert "Bevestig dat u weet" in page.inner_text("main")
    look(page, wrong, "quarantine")
    assert not {name: each for name, each in wrong.items() if each}
