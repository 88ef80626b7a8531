"""The page of the duties: facts, what the law asks, the road, taking back, and the ladder."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.duties.fact_sheets import AANGIFTE, BETWEEN_STAFF, MELD, OVERLEG, TEACHER_AND_PUPIL_OF_9
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.joining import contents
from vertrouwd.duties.actions import assess_dossier
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.duties.terms import Knower
from vertrouwd.duties.working_days import working_day_after
from vertrouwd.sealing.models import SealedText

NEITHER = "Geen redelijk vermoeden betekent niet: vals; een melding betekent niet: waar."
BOARD = replace(
    TEACHER_AND_PUPIL_OF_9, weighing=None, known_on=None, known_by=frozenset({Knower.BOARD})
)
SEXUAL = {"category": "seksueel misbruik", "accused_role": "met taken belast persoon"}


@pytest.fixture
def told(desk):
    """`told(facts)`: a dossier on which these facts were told."""

    def made(facts=BOARD, **report):
        dossier = desk.dossier(**{**SEXUAL, **report})
        assess_dossier(dossier, facts=facts, by=desk.user)
        return dossier

    return made


def take(desk, dossier, slug, on=None, **more):
    on = on or timezone.localdate()
    return desk.sent(dossier, "/plichten/stap", welk=slug, on=on.isoformat(), **more)


def weigh(desk, dossier, **more):
    words = {"weighing": "redelijk", "grounds": "Twee kinderen.", "view_of_board": "niet redelijk",
             "grounds_of_board": "Wij geloven het niet."}  # fmt: skip
    return take(desk, dossier, "weging", **words | more)


def flat(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def owed(dossier):
    return [each.duty for each in clocks(dossier).duties]


def test_what_the_law_asks_stands_there_with_article_reason_and_day(desk, told):
    page = desk.page(told(), "/plichten")
    assert NEITHER in page
    for words in ("Overlegplicht", "WPO 4a", "tekst van najaar 2015", "het bevoegd gezag",
                  "huisnorm", "NL-1999-education", "melding vastgelegd"):  # fmt: skip
        assert words in page, words


def test_of_a_dossier_that_nobody_assessed_nothing_is_stored_by_looking(desk):
    dossier = desk.dossier(**SEXUAL)
    page = desk.page(dossier, "/plichten")
    assert "nog niets beoordeeld" in page
    assert "Kan niet worden bepaald zonder:" in page
    assert "feit?welk=strafbaar" in page
    assert not DutyAssessment.objects.exists()
    desk.sent(dossier, "/plichten")
    assert DutyAssessment.objects.get().reason == "opnieuw beoordeeld"


def test_a_missing_fact_is_answered_on_its_own_page_and_the_duty_appears(desk, told):
    dossier = told(replace(BOARD, possible_offence=UNKNOWN))
    assert owed(dossier) == []
    assert "Kan dit strafbaar zijn?" in desk.page(dossier, "/plichten/feit?welk=strafbaar")
    to = desk.sent(dossier, "/plichten/feit", welk="strafbaar", offence="seksueel misdrijf", seen=0)
    assert to == f"/dossiers/{dossier.reference}/plichten"
    assert owed(dossier) == [OVERLEG]
    assert "vastgelegd op" in desk.page(dossier, "/plichten")


def test_who_knows_is_asked_with_who_reported_ticked_already(desk):
    dossier = desk.dossier(**SEXUAL, reporter_role="bestuur")
    page = desk.page(dossier, "/plichten/feit?welk=wie-weet")
    assert 'value="bevoegd gezag" id="id_known_by_4" checked' in page


def test_nobody_is_not_somebody_as_well(desk, told):
    answer = desk.send(
        told(), "/plichten/feit", welk="wie-weet", known_by=["niemand", "personeel"], seen=0
    )
    assert answer.status_code == 400


def test_two_who_change_a_fact_at_once_lose_nothing(desk, told):
    dossier = told()
    desk.sent(dossier, "/plichten/feit", welk="leeftijd", affected_age="8", seen=0)
    answer = desk.send(dossier, "/plichten/feit", welk="leeftijd", affected_age="7", seen=0)
    page = answer.content.decode()
    assert "Een collega heeft intussen een feit veranderd" in page
    assert 'value="7"' in page
    assert "<strong>8</strong>" in page
    assert DutyAssessment.objects.last().facts["affected_age"] == 8


def test_a_year_that_was_typed_wrong_takes_no_duty_away(desk, told):
    """In the year 26 no rule set held: a step on that day would leave nothing owed."""
    dossier = told()
    answer = desk.send(dossier, "/plichten/stap", welk="bestuur", on="0026-11-28")
    assert answer.status_code == 400
    assert not dossier.track.exists()


def test_sent_twice_it_is_one_step(desk, told):
    dossier = told()
    take(desk, dossier, "overleg")
    form = {"welk": "overleg", "on": timezone.localdate().isoformat()}
    assert desk.send(dossier, "/plichten/stap", **form).status_code == 400
    assert TrackStep.objects.count() == 1


def test_the_road_from_consultation_to_filing_and_back(desk, told):
    dossier = told()
    take(desk, dossier, "overleg")
    weigh(desk, dossier)
    page = desk.page(dossier, "/plichten")
    for words in ("Twee kinderen.", "Wij geloven het niet.", "Aangifteplicht"):
        assert words in page
    assert owed(dossier) == [OVERLEG, AANGIFTE]
    take(desk, dossier, "aangifte")
    take(desk, dossier, "nagegaan")
    desk.sent(dossier, "/plichten/terug", welk="nagegaan")
    assert "Teruggenomen stappen" in desk.page(dossier, "/plichten")
    take(desk, dossier, "nagegaan")


def test_the_grounds_are_sealed_and_the_log_holds_none_of_them(desk, told):
    dossier = told()
    take(desk, dossier, "overleg")
    weigh(desk, dossier)
    stored = b"".join(bytes(text.ciphertext) for text in SealedText.objects.all())
    assert b"kinderen" not in stored
    assert not [line for line in Line.objects.all() if "kinderen" in str(line.detail)]


def test_what_others_lean_on_is_not_offered_to_be_taken_back(desk, told):
    dossier = told()
    take(desk, dossier, "overleg")
    weigh(desk, dossier)
    desk.sent(dossier, "/plichten/terug", welk="overleg")
    assert TrackStep.objects.filter(withdrawn_at__isnull=True).count() == 2


def test_a_refusal_starts_the_ladder_on_working_days_to_the_minister(desk, told):
    refused = timezone.localdate() - timedelta(days=30)
    dossier = told(replace(BOARD, known_on=refused))
    take(desk, dossier, "overleg", refused)
    take(desk, dossier, "weging", refused, weighing="redelijk", grounds="Twee kinderen.")
    take(desk, dossier, "weigering", refused)
    page = desk.page(dossier, "/plichten")
    assert "minister van OCW" in page
    assert "Te laat:" in page
    assert clocks(dossier).due[-1].on == working_day_after(refused, 10)
    first = r'class="button small" href="[^"]*welk=ladder-1"'  # one thing is next
    assert len(re.findall(r'class="button small" href="[^"]*stap', page)) == 1
    assert re.search(first, page)
    take(desk, dossier, "ladder-1", grounds="Gebeld met de voorzitter.")
    assert "Gebeld met de voorzitter." in desk.page(dossier, "/plichten")
    assert [due.rung for due in clocks(dossier).due] == [2, 3, 4]


def test_between_staff_there_is_advice_and_the_page_offers_nothing_else(desk, told):
    page = desk.page(told(replace(BETWEEN_STAFF, known_on=None)), "/plichten")
    assert "Personeel onder elkaar: advies aan de melder, meer niet." in page
    assert "plichten/stap" not in page


def test_a_step_of_tomorrow_is_refused_with_what_was_typed(desk, told):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = desk.send(told(), "/plichten/stap", welk="overleg", on=tomorrow)
    assert answer.status_code == 400
    assert tomorrow in answer.content.decode()


def test_joined_wrongly_the_duties_go_back_with_the_join(desk, told):
    mother, board = told(replace(BOARD, known_by=frozenset())), told()
    to = desk.send(
        mother,
        f"/samenvoegen?met={board.reference}",
        reason="dezelfde beklaagde",
        seen=contents(mother, board),
    )
    assert to.status_code == 302
    assert owed(mother) == [OVERLEG]
    page = desk.page(mother, "/plichten")
    assert "samengevoegd" in page
    desk.page(board, "/plichten", status=404)


def test_who_closes_is_told_that_the_law_still_asks_something(desk, told):
    words = "De wet vraagt hier nog iets."
    assert words in desk.page(told(), "/status")
    assert words not in desk.page(desk.dossier(), "/status")


def test_the_panel_says_what_is_owed_and_what_is_next(desk, told):
    page = desk.page(told(replace(BOARD, known_by=frozenset({Knower.STAFF}))))
    assert "Meldplicht" in page
    assert "Nu aan de beurt" in page


@pytest.mark.parametrize("address", ["/plichten/feit?welk=zomaar", "/plichten/stap"])
def test_what_is_not_asked_leads_back(desk, told, address):
    dossier = told()
    answer = desk.client.get(f"/dossiers/{dossier.reference}{address}")
    assert answer["Location"] == f"/dossiers/{dossier.reference}/plichten"


# Two sets side by side

SHEET = {
    "before": "NL-1999-education", "after": "NL-bill-36777", "sector": "vo",
    "category": "seksuele intimidatie", "offence": "geen",
    "accused_party": "met taken belast persoon", "affected_role": "leerling",
    "affected_age": "15", "incapacitated": "nee", "dependency": "nee",
    "known_by": ["personeel", "bevoegd gezag"], "weighing": "", "known_on": "",
}  # fmt: skip


def compare(desk, **changed):
    before = DutyAssessment.objects.count()
    answer = desk.client.post("/plichten/vergelijken", SHEET | changed)
    assert DutyAssessment.objects.count() == before
    return answer


def test_the_bill_adds_duties_and_says_that_it_is_no_law(desk):
    page = compare(desk).content.decode()
    assert page.count("komt erbij") == 2
    assert "wetsvoorstel, niet in werking" in page
    assert SHEET["category"] in page


def test_what_cannot_be_decided_is_said_so(desk):
    page = compare(desk, accused_party="onbekend").content.decode()
    assert "niet te bepalen" in page
    assert "de rol van de beklaagde" in page


def test_what_cannot_be_decided_under_one_set_is_not_called_no_duty(desk):
    page = compare(
        desk, sector="ho", category="seksueel misbruik", offence="seksueel misdrijf",
        affected_age="20", incapacitated="onbekend", dependency="ja", known_by=["bevoegd gezag"],
    )  # fmt: skip
    assert re.search(r"overlegplicht niet te bepalen bevoegd gezag", flat(page.content.decode()))


def test_without_a_sector_there_is_nothing_to_compare(desk):
    assert compare(desk, sector="").status_code == 400


def test_looking_at_the_sheet_compares_nothing(desk):
    page = desk.client.get("/plichten/vergelijken?sector=vo").content.decode()
    assert "Wat er verandert" not in page


def test_a_duty_that_was_met_stays_listed(desk, told):
    dossier = told(replace(BOARD, known_by=frozenset({Knower.STAFF, Knower.BOARD})))
    take(desk, dossier, "bestuur")
    assert owed(dossier) == [MELD, OVERLEG]
    page = flat(desk.page(dossier, "/plichten"))
    assert "Meldplicht gedaan" in page
    assert "Overlegplicht gedaan" not in page


def test_that_the_board_knew_can_be_put_down_after_the_consultation(desk, told):
    """On the day of the consultation, or before it."""
    dossier = told()
    earlier = timezone.localdate() - timedelta(days=3)
    take(desk, dossier, "overleg", earlier)
    assert "stap?welk=bestuur" in desk.page(dossier, "/plichten")
    take(desk, dossier, "bestuur", earlier)


def test_what_was_done_on_the_ladder_stands_on_its_own_page_alone(desk, told):
    refused = timezone.localdate() - timedelta(days=3)
    dossier = told(replace(BOARD, known_on=refused))
    take(desk, dossier, "overleg", refused)
    take(desk, dossier, "weging", refused, weighing="redelijk", grounds="Twee kinderen.")
    take(desk, dossier, "weigering", refused)
    take(desk, dossier, "ladder-1", grounds="Gebeld met de voorzitter.")
    page = desk.page(dossier)
    assert "Gebeld met de voorzitter." not in page
    assert "Plichten beoordeeld: stap vastgelegd" in page


def test_the_page_asks_the_database_no_more_for_a_longer_road(
    desk, told, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    dossier = told()
    take(desk, dossier, "overleg")
    weigh(desk, dossier)
    with CaptureQueriesContext(connection) as short:
        desk.page(dossier, "/plichten")
    number = len(short)
    for step in ("ouders", "beklaagde", "aangifte", "terugkoppeling", "nagegaan"):
        take(desk, dossier, step)
    with django_assert_max_num_queries(number):
        desk.page(dossier, "/plichten")
