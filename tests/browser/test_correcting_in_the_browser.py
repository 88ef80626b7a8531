"""A school that nobody recognised is found, and the dossier takes it over; with and without
scripts the same page."""

from tests.browser.console import listen
from tests.browser.looking import look, unlocked
from tests.factories import make_institution
from vertrouwd.dossiers.correcting import correct_report

LONG = "Wilhelmina-Antoinette van der Zevenhuizen-Moerkapelle-school " * 2


def test_a_report_is_corrected(page, casework_site, office):
    said, wrong = listen(page), {}
    school = make_institution(name="Basisschool De Regenboog", town="Gasselte")
    dossier = office.dossier(institution_as_given=LONG, external_id="2023-0042")
    report = dossier.reports.get()
    unlocked(page, office, casework_site)
    page.goto(f"{casework_site}/dossiers/{dossier.reference}")
    page.get_by_role("link", name="Verbeter deze melding").click()
    page.get_by_role("heading", name="Melding verbeteren").wait_for()
    look(page, wrong, "correct")
    page.get_by_role("button", name="Verbeter de melding").click()
    page.locator(".error-summary").wait_for()
    look(page, wrong, "refused")
    page.fill("#id_school", "regenbog gasselte")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_label("De Regenboog").check()
    page.get_by_label("instelling herkend").check()
    page.fill("#id_affected_age", "12")
    correct_report(
        report, answers={"place": "online", "accused_age": None}, reason="verkeerd genoteerd",
        seen=0, by=office.coordinator,
    )  # fmt: skip
    page.get_by_role("button", name="Verbeter de melding").click()
    page.get_by_role("heading", name="Een collega was u voor").wait_for()
    look(page, wrong, "second")
    page.get_by_label("instelling herkend").check()
    page.get_by_role("button", name="Verbeter de melding").click()
    page.get_by_text("De melding is verbeterd.").wait_for()
    look(page, wrong, "corrected")
    page.get_by_role("button", name="Neem de instelling over").click()
    page.get_by_text("Het dossier is bijgewerkt.").wait_for()
    page.goto(f"{casework_site}/dossiers/{dossier.reference}")
    page.get_by_text("4 antwoorden zijn verbeterd").click()
    look(page, wrong, "dossier with corrections")
    report.refresh_from_db()
    dossier.refresh_from_db()
    assert (report.institution, report.affected_age, report.place) == (school, 12, "online")
    assert dossier.institution == school
    assert not {name: each for name, each in wrong.items() if each}
    assert [line for line in said if "409" not in line and "400" not in line] == []
