"""The page of advice: conditions on top and honoured, options, what was done, and what may not."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.advice.house import BETWEEN_STAFF, TEACHER_AND_PUPIL
from tests.duties.fact_sheets import TEACHER_AND_PUPIL_OF_9
from vertrouwd.advice.models import (
    Advice,
    AssistStep,
    Choice,
    Confirmation,
    Permission,
    Referral,
    Result,
)
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.actions import join
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.terms import Answer
from vertrouwd.duties.actions import assess_dossier, record_step
from vertrouwd.duties.terms import AccusedParty, Step

SAID = "Geen redelijk vermoeden betekent niet: vals; een melding betekent niet: waar."
WORDS = "Zij praat eerst met juf Mieke."
TODAY = timezone.localdate
NOT_YET = "Die andere melding is er nog niet."
CONTACT = {"act": "assist", "step": "contact met de instelling"}


def sent(desk, report, act, status=302, **form):
    """Send one of the forms; what the page then says."""
    form = {"act": act, "report": report.reference} | form
    response = desk.send(report.dossier, "/advies", **form)
    assert response.status_code == status, response.content.decode()
    return desk.page(report.dossier, "/advies") if status == 302 else response.content.decode()


def contact(desk, report, status=302, **form):
    return sent(
        desk, report, status=status, on=TODAY().isoformat(), act="assist",
        step="contact met de instelling", **form,
    )  # fmt: skip


def owe(house, dossier) -> None:
    """The board knows of a teacher and a pupil of 9: it must consult."""
    assess_dossier(dossier, facts=TEACHER_AND_PUPIL_OF_9, by=house.inspector)


def flat(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# What it says


def test_the_page_says_what_a_suspicion_and_a_report_do_not_mean(house, desk):
    report = house.called(**TEACHER_AND_PUPIL)
    assert SAID in desk.page(report.dossier, "/advies")


def test_the_options_of_this_reporter_stand_there_with_pros_cons_and_texts(house, desk):
    report = house.called(**TEACHER_AND_PUPIL, reporter_role="leerling", sector="po")
    page = desk.page(report.dossier, "/advies")
    assert "Klacht door ouder of personeel" in page
    assert "Klacht bij het bestuur" not in page
    assert "Zwijgen mag dan niet" in page
    assert "Ik wil je iets vertellen." in page
    assert "0800-0188" in page
    assert "0900-8844" in page
    assert page.count("te controleren") > 3


def test_each_reporter_has_options_of_their_own(house, desk):
    mother = house.called(**TEACHER_AND_PUPIL)
    child = house.called(**TEACHER_AND_PUPIL, reporter_role="leerling")
    join(child.dossier, into=mother.dossier, by=house.inspector)
    of_mother = desk.page(mother.dossier, f"/advies?melding={mother.reference}")
    of_child = desk.page(mother.dossier, f"/advies?melding={child.reference}")
    assert "Klacht bij het bestuur" in of_mother
    assert "Klacht bij het bestuur" not in of_child
    assert "Dit gaat over de melder van " + child.reference in of_child


def test_the_texts_hold_blanks_and_no_name_that_the_dossier_knows(house, desk):
    report = house.called(**TEACHER_AND_PUPIL)
    page = desk.page(report.dossier, "/advies")
    letters = re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert len(letters) >= 6
    for letter in letters:
        assert "[" in letter
        assert report.reference not in letter
        assert report.dossier.reference not in letter


# What is recorded


def test_advice_is_recorded_sealed_shown_and_corrected(house, desk):
    report = house.called(**TEACHER_AND_PUPIL)
    page = sent(
        desk, report, "advise", options=["gesprek op school"],
        bodies_named=["slachtofferhulp"], words=WORDS,
    )  # fmt: skip
    assert WORDS in page
    assert "Slachtofferhulp Nederland" in flat(page).split("Wat er is gedaan")[1]
    first = Advice.objects.get()
    form = desk.page(report.dossier, f"/advies?verbeter=advice-{first.pk}")
    assert "U verbetert wat er stond" in form
    assert form.count(WORDS) == 2  # in the list, and in the form
    page = sent(
        desk, report, "advise", options=["nu niets doen"], words="Toch niet.",
        corrects=first.pk, after=first.pk,
    )  # fmt: skip
    assert "Toch niet." in page
    assert WORDS not in page
    assert Advice.objects.count() == 2
    assert not [line for line in Line.objects.values() if "Mieke" in str(line)]


def test_a_form_that_is_sent_twice_is_recorded_once(house, desk):
    report = house.called()
    for _ in range(2):
        sent(desk, report, "advise", options=["gesprek op school"], after=0, words=WORDS)
        sent(desk, report, "choose", options=["gesprek op school"], after=0)
    assert (Advice.objects.count(), Choice.objects.count()) == (1, 1)


def test_what_was_a_mistake_is_taken_back_and_the_page_shows_it_no_more(house, desk):
    report = house.called()
    given = house.advise(report, words=WORDS)
    page = sent(desk, report, "take_back", what="advice", row=given.pk)
    assert WORDS not in page
    assert Advice.objects.count() == 2
    sent(desk, report, "take_back", what="advice", row=given.pk)  # a second click
    assert Advice.objects.count() == 2


def test_who_corrects_what_a_colleague_corrected_is_told_and_keeps_the_text(house, desk):
    report = house.called()
    first = house.advise(report)
    house.advise(report, "hulpinstantie", corrects=first)
    page = sent(
        desk, report, "advise", status=400, options=["nu niets doen"], words=WORDS,
        corrects=first.pk, after=first.pk,
    )  # fmt: skip
    assert "Dit was al verbeterd" in page
    assert WORDS in page


def test_what_is_left_open_is_said_at_the_form_and_nothing_is_lost(house, desk):
    report = house.called()
    page = sent(desk, report, "advise", status=400, words=WORDS)
    assert "Kies wat u met de melder besprak" in page
    assert WORDS in page
    assert "<title>Fout:" in page
    assert "Kies hoe de melder daar komt" in sent(desk, report, "refer", status=400, body="politie")
    assert "Kies wat u vroeg" in sent(desk, report, "ask", status=400)


def test_a_referral_and_what_came_of_it(house, desk):
    report = house.called(consent=Answer.YES, **TEACHER_AND_PUPIL)
    sent(desk, report, "refer", body="slachtofferhulp", way="wij geven gegevens door")
    made = Referral.objects.get()
    page = sent(
        desk, report, "result", referral=made.pk, came_of="hulp gekregen",
        police="melding bij de politie", feedback_on=TODAY().isoformat(),
    )  # fmt: skip
    assert Result.objects.get().referral == made
    asked = flat(page).split("Waar de Tweede Kamer naar vraagt")[1]
    assert "Politie melding bij de politie" in asked
    assert "Melder gehoord ja" in asked


def test_a_referral_without_consent_is_refused_until_the_reporter_was_asked(house, desk):
    report = house.called(**TEACHER_AND_PUPIL)
    passed_on = {"body": "slachtofferhulp", "way": "wij geven gegevens door"}
    assert "gaf geen toestemming" in sent(desk, report, "refer", status=400, **passed_on)
    sent(desk, report, "ask", outward="gegevens doorgeven", answer="ja")
    sent(desk, report, "refer", **passed_on)
    assert Referral.objects.get().consent == "ja"


# Conditions


def test_a_condition_stands_on_top_and_is_honoured(house, desk):
    report = house.called(Condition.IF_ANOTHER_REPORTS, **TEACHER_AND_PUPIL)
    page = desk.page(report.dossier, "/advies")
    assert "als iemand anders dit ook meldt" in page
    assert page.index(NOT_YET) < page.index(SAID)
    assert "Contact met de instelling: mag nu niet" in flat(page)
    refused = contact(desk, report, status=400)
    assert "Die melding is er nog niet" in refused.split("Er klopt iets niet")[1]
    assert not AssistStep.objects.exists()


def test_a_second_report_of_another_fulfils_it_and_the_page_says_so(house, desk):
    report = house.called(Condition.IF_ANOTHER_REPORTS, **TEACHER_AND_PUPIL)
    other = house.called(**TEACHER_AND_PUPIL)
    join(other.dossier, into=report.dossier, by=house.inspector)
    page = desk.page(report.dossier, "/advies")
    assert "in dit dossier staat nu ook een melding van iemand anders" in page
    assert NOT_YET not in page
    contact(desk, report)
    assert AssistStep.objects.get().demanded_by == ""


def test_a_duty_goes_before_a_condition_and_the_page_says_so(house, desk):
    report = house.called(Condition.RECORD_ONLY, **TEACHER_AND_PUPIL)
    contact(desk, report, status=400)
    owe(house, report.dossier)
    page = desk.page(report.dossier, "/advies")
    assert "De wet vraagt het (WPO 4a), ook nu de melder dit niet wil" in flat(page)
    assert "De wet vroeg het" in contact(desk, report)
    assert AssistStep.objects.get().demanded_by == "WPO 4a"


def test_a_duty_that_was_met_goes_before_nothing(house, desk):
    report = house.called(Condition.RECORD_ONLY, **TEACHER_AND_PUPIL)
    not_weighed = replace(TEACHER_AND_PUPIL_OF_9, weighing=None)
    assess_dossier(report.dossier, facts=not_weighed, by=house.inspector)
    assert "De wet vraagt" in desk.page(report.dossier, "/advies")
    record_step(report.dossier, step=Step.CONSULTED, on=TODAY(), by=house.inspector)
    assert "De wet vraagt" not in desk.page(report.dossier, "/advies")
    contact(desk, report, status=400)


def test_the_answer_of_the_reporter_lifts_a_condition(house, desk):
    report = house.called(Condition.ASK_FIRST)
    page = sent(desk, report, "ask", outward="contact met de instelling", answer="ja")
    assert "De melder zei ja toen u het vroeg" in page
    contact(desk, report)


def test_the_page_of_the_dossier_shows_the_condition_and_how_far_the_advice_is(house, desk):
    report = house.called(Condition.IF_ANOTHER_REPORTS)
    page = desk.page(report.dossier)
    assert "Deze melder wil dat er pas iets gebeurt" in page
    assert "Er is nog geen advies vastgelegd" in page
    house.advise(report, words=WORDS)
    house.choose(report, "hulpinstantie")
    join(house.called().dossier, into=report.dossier, by=house.inspector)
    page = desk.page(report.dossier)
    assert "Dat is nu gebeurd" in page
    assert "hulpinstantie" in page
    assert f'href="/dossiers/{report.dossier.reference}/advies"' in page
    assert WORDS not in page  # the words stand on their own page


# The track and the confirmation


def test_a_step_is_agreed_for_a_day_to_come_and_done_on_a_day_that_was(house, desk):
    report = house.called()
    later = (TODAY() + timedelta(days=7)).isoformat()
    page = sent(desk, report, "assist", step="stap afgesproken", on=later, words=WORDS)
    assert WORDS in page
    refused = sent(desk, report, "assist", status=400, step="stap gedaan", on=later)
    assert "Deze dag is nog niet geweest" in refused


def test_a_confirmation_is_offered_once_the_institution_consulted(house, desk):
    report = house.called(**TEACHER_AND_PUPIL)
    assert "Bevestiging van overleg" not in desk.page(report.dossier, "/advies")
    day = TODAY() - timedelta(days=1)
    record_step(report.dossier, step=Step.CONSULTED, on=day, by=house.inspector)
    page = desk.page(report.dossier, "/advies")
    assert f'value="{day.isoformat()}"' in page.split('id="confirm"')[1]


def test_the_confirmation_names_a_day_and_a_duty_and_nobody(house, desk):
    report = house.called(reporter_role="bestuur", **TEACHER_AND_PUPIL)
    owe(house, report.dossier)
    sent(desk, report, "confirm", on="2026-11-02")
    page = desk.page(report.dossier, "/advies/bevestiging")
    paper = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)[1]
    assert "Op 2 november 2026 is overleg gevoerd" in paper
    assert "de overlegplicht (WPO 4a)" in paper
    told = [
        report.reference, report.dossier.reference, "seksueel", "misbruik", "grooming",
        "leerling", "persoon)", "po", house.inspector.username, "Basisschool",
    ]  # fmt: skip
    assert [word for word in told if re.search(rf"\b{re.escape(word)}\b", paper)] == []


def test_the_paper_says_that_there_was_no_duty_only_when_that_was_decided(house, desk):
    report = house.called(reporter_role="bestuur")
    sent(desk, report, "confirm", on="2026-11-02")
    paper = desk.page(report.dossier, "/advies/bevestiging")
    assert "zegt niet of voor dit overleg een plicht" in paper
    assert "geen plicht" not in paper
    by_pupil = replace(TEACHER_AND_PUPIL_OF_9, accused_role=AccusedParty.LEARNER, weighing=None)
    assess_dossier(report.dossier, facts=by_pupil, by=house.inspector)
    sent(desk, report, "confirm", on="2026-11-03")
    assert "gold geen plicht in de wet" in desk.page(report.dossier, "/advies/bevestiging")


def test_there_is_no_paper_before_it_was_made(house, desk):
    report = house.called()
    response = desk.client.get(f"/dossiers/{report.dossier.reference}/advies/bevestiging")
    assert response["Location"] == f"/dossiers/{report.dossier.reference}/advies"
    assert not Confirmation.objects.exists()


# Between staff


def test_between_staff_the_page_offers_advice_and_nothing_else_and_says_why(house, desk):
    report = house.called(**BETWEEN_STAFF)
    page = desk.page(report.dossier, "/advies")
    assert "Kamerstuk 29 240, nr. 136" in page
    assert "alleen een adviserende rol" in page
    offered = set(re.findall(r'name="act" value="(\w+)"', page))
    assert offered == {"advise", "choose"}
    for gone in ("Helpen naar een oplossing", "Contact met de instelling", "Tweede Kamer naar"):
        assert gone not in page
    assert "alleen advies aan de melder" in desk.page(report.dossier)


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("assist", {"step": "contact met de instelling", "on": "2026-11-02"}),
        ("refer", {"body": "slachtofferhulp", "way": "melder neemt zelf contact op"}),
        ("result", {"came_of": "onbekend", "police": "onbekend"}),
        ("ask", {"outward": "contact met de instelling", "answer": "ja"}),
        ("confirm", {"on": "2026-11-02"}),
        ("iets", {}),
    ],
)
def test_a_form_that_the_page_does_not_offer_does_nothing(house, desk, act, form):
    report = house.called(**BETWEEN_STAFF)
    assert "Dat kan niet bij dit dossier" in sent(desk, report, act, **form)
    for kind in (AssistStep, Referral, Result, Permission, Confirmation):
        assert not kind.objects.exists()


# Who may, and where


def test_an_emptied_dossier_leads_to_where_its_reports_are(house, desk):
    report, other = house.called(), house.called()
    empty = report.dossier
    join(empty, into=other.dossier, by=house.inspector)
    for page in ("/advies", "/advies/bevestiging"):
        assert desk.client.get(f"/dossiers/{empty.reference}{page}").status_code == 302


def test_a_report_of_another_dossier_is_not_reached_from_here(house, desk):
    report, other = house.called(), house.called()
    given = house.advise(other, words=WORDS)
    page = desk.page(
        report.dossier, f"/advies?melding={other.reference}&verbeter=advice-{given.pk}"
    )
    assert other.reference not in page
    assert WORDS not in page
    sent(desk, report, "take_back", what="advice", row=given.pk)
    response = desk.send(
        report.dossier, "/advies", act="choose", report=other.reference, options=["hulpinstantie"]
    )
    assert response.status_code == 302
    assert "staat niet meer in dit dossier" in desk.page(report.dossier, "/advies")
    assert not Choice.objects.exists()  # for neither reporter
    assert Advice.objects.count() == 1


def test_the_page_asks_the_database_as_often_for_much_as_for_little(house, desk):
    def questions(dossier) -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.page(dossier, "/advies")
        return len(asked)

    small = house.called(consent=Answer.YES)
    house.advise(small, words=WORDS)
    few = questions(small.dossier)
    large = house.called(consent=Answer.YES)
    for number in range(5):
        other = house.called(consent=Answer.YES)
        join(other.dossier, into=large.dossier, by=house.inspector)
        house.advise(other, words=f"Advies {number}.")
        house.refer(other)
        house.assist(other, "stap gedaan", date(2026, 11, number + 1))
    assert questions(large.dossier) == few
