"""A story in a browser: a mother calls about a teacher; the board calls an hour later; it is one
dossier; the board must consult; the suspicion is reasonable; the board refuses; the ladder runs to
the minister. With JavaScript and without."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.console import listen
from tests.browser.looking import look, unlocked
from tests.factories import make_institution
from vertrouwd.dossiers.counting import count_now
from vertrouwd.dossiers.models import Report
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.terms import Duty
from vertrouwd.duties.working_days import working_day_after
from vertrouwd.schools.years import year_of


class Story:
    """The inspector in a browser; `wrong` gathers what axe finds on each page."""

    def __init__(self, page, site: str, *, scripts: bool) -> None:
        self.page, self.site, self.scripts = page, site, scripts
        self.wrong: dict[str, list[str]] = {}

    def look(self, name: str) -> None:
        look(self.page, self.wrong, name)

    def call(self, *, reporter: str, knows: str) -> Report:
        """A call about the teacher is noted."""
        page = self.page
        page.goto(f"{self.site}/intake")
        page.fill("#id_school", "regenboog gasselte")
        if not self.scripts:
            page.get_by_role("button", name="Zoek").click()
        page.get_by_label(re.compile("De Regenboog")).check()
        page.select_option("#id_reporter_role", reporter)
        page.check("#id_anonymous_0")
        page.fill("#id_narrative", "Meester K. hield haar vast bij de kapstokken.")
        page.check("[name=category][value='seksueel misbruik']")
        page.select_option("#id_offence", "seksueel misdrijf")
        page.select_option("#id_accused_party", "met taken belast persoon")
        page.select_option("#id_affected_role", "leerling")
        page.fill("#id_affected_age", "9")
        page.check(f"[name=known_by][value='{knows}']")
        page.get_by_role("button", name="Leg het gesprek vast").click()
        page.get_by_role("heading", name="Vastgelegd").wait_for()
        return Report.objects.latest("pk")

    def duties(self, dossier) -> str:
        """The page of the duties, and what it says."""
        self.page.goto(f"{self.site}/dossiers/{dossier.reference}/plichten")
        return str(self.page.inner_text("main"))

    def take(self, dossier, words: str, on, **more: str) -> str:
        """Put down a step from the page of the duties."""
        self.duties(dossier)
        self.page.get_by_role("link", name=f"Leg vast {words}").click()
        self.page.fill("#id_on", on.isoformat())
        for name, value in more.items():
            if name == "weighing":
                self.page.check(f"[name=weighing][value='{value}']")
            elif name == "view_of_board":
                self.page.select_option("#id_view_of_board", value)
            else:
                self.page.fill(f"#id_{name}", value)
        if more:
            self.look(f"step {words[:6]}")
        self.page.get_by_role("button", name="Leg vast").click()
        self.page.get_by_role("heading", name="Plichten", exact=True).wait_for()
        return str(self.page.inner_text("main"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_board_must_consult(browser, casework_site, office, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="nl-NL")
    context.scripts = scripts
    page = context.new_page()
    said = listen(page)
    unlocked(page, office, casework_site)
    make_institution(name="Basisschool De Regenboog", town="Gasselte")
    story = Story(page, casework_site, scripts=scripts)
    year = year_of(timezone.localdate(), childcare=False)

    # A mother calls about a teacher: nobody at the school knows, and the law asks nothing yet.
    mother = story.call(reporter="ouder", knows="niemand")
    assert "geen plicht uit de wet" in story.duties(mother.dossier)
    story.look("nothing asked")

    # The board calls an hour later. It is one dossier, and it counts once.
    board = story.call(reporter="bestuur", knows="bevoegd gezag")
    before = count_now(year)
    page.goto(
        f"{casework_site}/dossiers/{board.dossier.reference}/samenvoegen"
        f"?met={mother.dossier.reference}"
    )
    page.check("text=dezelfde beklaagde")
    page.get_by_role("button", name="Voeg samen").click()
    page.wait_for_load_state()
    dossier = mother.dossier
    assert page.url.endswith(dossier.reference)
    assert count_now(year) == before - 1
    story.look("dossier")

    # The board must consult.
    main = story.duties(dossier)
    assert "Overlegplicht" in main
    assert "Aangifteplicht" not in main
    assert "samengevoegd" in main
    story.look("must consult")
    day = timezone.localdate() - timedelta(days=21)
    story.take(dossier, "Overleg met de vertrouwensinspecteur", day)

    # The suspicion is reasonable, whatever the board thinks: it must file.
    main = story.take(
        dossier, "Weging: is er een redelijk vermoeden?", day, weighing="redelijk",
        grounds="Twee kinderen vertellen hetzelfde.", view_of_board="niet redelijk",
        grounds_of_board="Het bestuur kent hem al jaren.",
    )  # fmt: skip
    assert "Aangifteplicht" in main
    assert "Twee kinderen vertellen hetzelfde." in main
    assert "Het bestuur kent hem al jaren." in main
    story.look("must file")

    # The board refuses, and the ladder runs on working days to the minister.
    main = story.take(dossier, "Aangifte geweigerd", day)
    assert "minister van OCW" in main
    assert "Te laat:" in main
    story.look("ladder")
    for rung in (1, 2, 3, 4):
        due = working_day_after(day, {1: 3, 2: 6, 3: 9, 4: 10}[rung])
        assert clocks(dossier).due[0].on == due
        story.take(dossier, f"Stap {rung} van de ladder", due, grounds=f"Stap {rung} is gezet.")
    main = story.duties(dossier)
    assert "Stap 4 is gezet." in main
    assert Duty.REPORT_TO_POLICE in {owed.duty for owed in clocks(dossier).duties}
    assert clocks(dossier).due == ()

    # A step by mistake is taken back, and stays to be read.
    page.locator("li", has_text="Stap 4 van de ladder").get_by_text("Neem terug").click()
    page.get_by_role("button", name="Ja, neem deze stap terug").click()
    page.get_by_text("Teruggenomen stappen").wait_for()
    story.look("taken back")

    # What the bill would change is looked at on a sheet of its own, and kept nowhere.
    page.goto(f"{casework_site}/plichten/vergelijken")
    page.select_option("#id_sector", "vo")
    page.select_option("#id_category", "seksuele intimidatie")
    page.select_option("#id_offence", "geen")
    page.select_option("#id_accused_party", "met taken belast persoon")
    page.select_option("#id_affected_role", "leerling")
    page.fill("#id_affected_age", "15")
    page.check("[name=known_by][value='bevoegd gezag']")
    story.look("sheet")
    page.get_by_role("button", name="Vergelijk").click()
    assert "wetsvoorstel, niet in werking" in page.inner_text("main")
    assert page.url.endswith("/plichten/vergelijken")
    story.look("compared")
    assert not {name: each for name, each in story.wrong.items() if each}
    assert said == []
    context.close()
