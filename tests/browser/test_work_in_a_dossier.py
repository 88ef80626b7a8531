"""What comes up during the work in a dossier, read by axe: two who edit one note, wrong forms, a
mailbox, a closed dossier, a handover that is looked at."""

from tests.browser.console import listen
from tests.browser.looking import look, unlocked
from tests.dossiers.casework import give_mailbox, handle
from vertrouwd.dossiers.messages import write_to_reporter
from vertrouwd.dossiers.notes import add_note, edit_note

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau " * 3


def test_what_comes_up_in_the_work_is_accessible_and_fits(page, casework_site, office) -> None:
    said, wrong = listen(page), {}
    dossier, by, opened = office.dossier(), office.inspector, office.opened
    handle(dossier, office.coordinator)
    report = dossier.reports.get()
    give_mailbox(report, narrative=LONG)
    note = add_note(dossier, kind="telefoongesprek", words=LONG, by=by, opened=opened)
    write_to_reporter(report, words="Kunt u ons bellen?", by=by, opened=opened)
    unlocked(page, office, casework_site)
    here = f"{casework_site}/dossiers/{dossier.reference}"

    page.goto(f"{here}/aantekening?nr={note.pk}")
    edit_note(
        note, words="Zij belt om elf uur.", expected=1, by=office.coordinator,
        opened=office.team.opened(office.coordinator),
    )  # fmt: skip
    page.fill("textarea", "Zij belt om twaalf uur.")
    page.click("role=button[name='Bewaar de aantekening']")
    page.wait_for_load_state()
    assert page.input_value("textarea") == "Zij belt om twaalf uur."
    assert "Zij belt om elf uur." in page.inner_text("main")
    look(page, wrong, "two who edit")
    page.click("role=button[name='Bewaar de aantekening']")
    page.wait_for_load_state()
    assert "De aantekening is bewaard." in page.inner_text("main")

    page.click("text=Taak toevoegen")
    page.fill("#task_words", "Na tien uur.")
    page.click("role=button[name='Voeg de taak toe']")
    page.wait_for_load_state()
    assert "Na tien uur." in page.inner_text("main")
    look(page, wrong, "dossier with work")

    for name, words in (("codering", "Leg de codering vast"), ("status", "Sluit het dossier")):
        page.goto(f"{here}/{name}")
        page.click(f"role=button[name='{words}']")
        page.wait_for_load_state()
        assert page.locator(".error-summary").count() == 1
        look(page, wrong, name)
    page.check("text=advies gegeven")
    page.click("role=button[name='Sluit het dossier']")
    page.wait_for_load_state()
    page.goto(f"{here}/bericht?melding={report.reference}")
    look(page, wrong, "mailbox")
    page.goto(f"{here}/status")
    look(page, wrong, "closed")
    page.goto(f"{here}/samenvoegen?met=D-0099999")
    look(page, wrong, "no such dossier")
    assert not {name: each for name, each in wrong.items() if each}
    assert [line for line in said if "409" not in line and "400" not in line] == []


def test_a_handover_that_is_looked_at_is_accessible_and_fits(
    page, casework_site, office, sign_in
) -> None:
    wrong: dict[str, list[str]] = {}
    colleague = office.colleague(username="aya", name="Aya")
    for _ in range(3):
        office.dossier()
    sign_in(page, office.coordinator)
    page.goto(f"{casework_site}/verdelen/overdracht")
    page.select_option("#id_leaver", str(office.inspector.pk))
    page.check("text=Aya")
    page.click("role=button[name='Bekijk de verdeling']")
    page.wait_for_load_state()
    assert "Aya: 3 dossiers" in page.inner_text("main")
    page.click("text=Per dossier")
    look(page, wrong, "plan")
    page.click("role=button[name='Draag ze over']")
    page.wait_for_load_state()
    assert colleague.assignments.count() == 3
    look(page, wrong, "done")
    assert not {name: each for name, each in wrong.items() if each}
