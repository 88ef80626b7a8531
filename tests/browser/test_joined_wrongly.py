"""A story in a browser: two reports were joined wrongly and are separated; the year's count changes
back. With JavaScript and without."""

import pytest

from tests.browser.console import listen
from tests.browser.looking import look, unlocked
from tests.dossiers.casework import give_mailbox
from tests.factories import make_institution
from vertrouwd.dossiers.counting import count, count_now
from vertrouwd.schools.years import SchoolYear

YEAR = SchoolYear(2022)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_reports_were_joined_wrongly_and_are_separated(
    browser, casework_site, office, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="nl-NL")
    context.scripts = scripts
    page = context.new_page()
    said = listen(page)
    wrong: dict[str, list[str]] = {}
    school = make_institution(name="Basisschool De Verborgen Hoek")
    first = office.dossier(institution=school)
    second = office.dossier(institution=school, category="fysiek geweld", subcategory="")
    give_mailbox(first.reports.get(), narrative="De leraar schold in de gang.")
    give_mailbox(second.reports.get(), narrative="Er is geslagen op het plein.")
    unlocked(page, office, casework_site)

    # Looked at from the second dossier, they seem one case.
    page.goto(f"{casework_site}/dossiers/{second.reference}")
    look(page, wrong, "dossier")
    page.click("text=Samenvoegen")
    look(page, wrong, "choose")
    page.click(f"text=Bekijk wat er verandert {first.reference}")
    assert "2022-2023: van 2 naar 1 dossier" in page.inner_text("main")
    assert count(YEAR) == 2
    look(page, wrong, "join preview")
    page.check("text=hetzelfde voorval")
    page.click("role=button[name='Voeg samen']")
    page.wait_for_load_state()
    assert page.url.endswith(first.reference)
    assert count(YEAR) == count_now(YEAR) == 1
    main = page.inner_text("main")
    assert "De leraar schold in de gang." in main
    assert "Er is geslagen op het plein." in main
    assert "verschillend gecodeerd" in main
    look(page, wrong, "joined")

    # The old number leads here.
    page.goto(f"{casework_site}/dossiers/{second.reference}")
    look(page, wrong, "old number")
    page.click(f"text=Naar dossier {first.reference}")

    # It was another day, and another teacher.
    report = second.reports.first() or first.reports.order_by("pk").last()
    page.click(f"a[href$='losmaken?melding={report.reference}']")
    assert "2022-2023: van 1 naar 2 dossiers" in page.inner_text("main")
    page.check("text=ten onrechte samengevoegd")
    look(page, wrong, "separation preview")
    page.click("role=button[name='Maak los']")
    page.wait_for_load_state()
    main = page.inner_text("main")
    assert "Er is geslagen op het plein." not in main
    assert "Melding losgemaakt" in main
    assert count(YEAR) == count_now(YEAR) == 2
    look(page, wrong, "separated")

    # And the separation is taken back with one click, and done again with one more.
    page.click("#net button")
    page.wait_for_load_state()
    assert count(YEAR) == 1
    page.click("#net button")
    page.wait_for_load_state()
    assert count(YEAR) == count_now(YEAR) == 2
    assert not {name: each for name, each in wrong.items() if each}
    assert said == []
    context.close()
