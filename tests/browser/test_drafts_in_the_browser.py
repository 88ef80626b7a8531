"""A note and a message are kept while they are typed, with and without scripts; a dossier does not
stay on the screen for it."""

from tests.browser.console import listen
from tests.browser.looking import look, shot, unlocked
from tests.dossiers.casework import give_mailbox
from vertrouwd.accounts.models import OpenSession
from vertrouwd.dossiers.models import Draft, Message, Note

WORDS = "Moeder belt morgen terug. سلام 👩‍👧"


def test_what_is_typed_is_kept_found_again_and_sent(page, casework_site, office):
    said, wrong = listen(page), {}
    dossier = office.dossier()
    report = dossier.reports.get()
    give_mailbox(report)
    unlocked(page, office, casework_site)
    here = f"{casework_site}/dossiers/{dossier.reference}"
    page.goto(here)
    assert not page.get_by_text("Klad weggooien").is_visible()
    page.fill("#id_words", WORDS)
    page.get_by_text("Klad bewaard om").wait_for()
    assert Draft.objects.count() == 1
    assert page.get_by_text("Klad weggooien").is_visible()
    look(page, wrong, "a note that is kept")
    page.goto(here)
    assert page.input_value("#id_words") == WORDS
    look(page, wrong, "a note that was kept")
    page.get_by_role("button", name="Bewaar de aantekening").click()
    page.get_by_text("De aantekening is bewaard.").wait_for()
    assert page.input_value("#id_words") == ""
    assert (Note.objects.count(), Draft.objects.count()) == (1, 0)
    page.goto(f"{here}/bericht?melding={report.reference}")
    page.fill("#id_words", WORDS)
    page.get_by_text("Klad bewaard om").wait_for()
    page.goto(here)
    look(page, wrong, "a message that was kept")
    page.get_by_role("link", name="Bericht aan de melder van").click()
    page.get_by_text("Dit is uw klad van").wait_for()
    assert page.input_value("#id_words") == WORDS
    shot(page, "message-found")
    page.get_by_text("Klad weggooien").click()
    page.get_by_role("button", name="Ja, gooi dit klad weg").click()
    page.get_by_text("Het klad is weggegooid.").wait_for()
    assert (Message.objects.count(), Draft.objects.count()) == (0, 0)
    assert not {name: each for name, each in wrong.items() if each}
    assert said == []


def test_the_same_without_scripts_and_after_the_session_ended(
    page_without_scripts, casework_site, office
):
    page, dossier = page_without_scripts, office.dossier()
    unlocked(page, office, casework_site)
    here = f"{casework_site}/dossiers/{dossier.reference}"
    page.goto(here)
    page.fill("#id_words", WORDS)
    page.get_by_role("button", name="Bewaar als klad").click()
    page.get_by_text("Klad bewaard om").wait_for()
    page.fill("#id_words", WORDS + " Na tien uur.")
    OpenSession.objects.all().delete()
    page.get_by_role("button", name="Bewaar de aantekening").click()
    page.get_by_role("heading", name="Uw klad is bewaard").wait_for()
    shot(page, "kept")
    unlocked(page, office, casework_site)
    page.goto(here)
    assert page.input_value("#id_words") == WORDS + " Na tien uur."
    page.get_by_role("button", name="Bewaar de aantekening").click()
    page.get_by_text("De aantekening is bewaard.").wait_for()
    assert (Note.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_dossier_makes_place_for_the_login_when_what_was_typed_is_kept(
    page, casework_site, office
):
    dossier = office.dossier()
    page.clock.install()
    unlocked(page, office, casework_site)
    page.goto(f"{casework_site}/dossiers/{dossier.reference}")
    page.fill("#id_words", WORDS)
    page.clock.run_for("00:10")
    page.get_by_text("Klad bewaard om").wait_for()
    OpenSession.objects.all().delete()
    page.clock.run_for("15:10")
    page.wait_for_url("**/inloggen**")
    assert Draft.objects.count() == 1


def test_a_dossier_stays_for_words_that_could_not_be_kept(page, casework_site, office):
    dossier = office.dossier()
    page.clock.install()
    unlocked(page, office, casework_site)
    page.goto(f"{casework_site}/dossiers/{dossier.reference}")
    page.route("**/klad/bewaar", lambda route: route.abort())
    page.clock.run_for("10:00")
    page.fill("#id_words", WORDS)
    page.clock.run_for("00:10")
    page.get_by_text("Geen verbinding").wait_for()
    OpenSession.objects.all().delete()
    page.clock.run_for("05:10")
    assert page.input_value("#id_words") == WORDS
