"""The pages of the report form: back, change, language and words, errors, and what stays secret."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from tests.intake.filling_in import GIRL, HERE, TEACHER, Teller
from tests.intake.promises import keeps_to_the_contract
from vertrouwd import intake
from vertrouwd.dossiers.models import Report
from vertrouwd.intake.carried import GOOD_FOR
from vertrouwd.intake.receiving import LAST_PAGE_GOOD_FOR, SAME_RECEIPT
from vertrouwd.publication.overview.files import STATIC

pytestmark = pytest.mark.django_db
STORY = "De meester zat aan mij."


def every_page(*pages) -> list[Teller]:
    """The same visit, stopped at each page of it."""
    return [Teller().tell(*pages[:n]) for n in range(len(pages) + 1)]


def later(**passed: int):
    return time_machine.travel(timezone.now() + timedelta(**passed), tick=False)


def test_the_first_page_says_what_happens_and_who_reads_it():
    text = Teller().text
    for said in (
        "Je hebt niets verkeerd gedaan", "Bel 112", "alleen op werkdagen", "0900 111 3 111",
        "geheim houden", "Soms vraagt de wet meer", "anoniem", "Wij bewaren niets tot je",
        "meteen aan het bestuur", "komt er niet voor in de plaats", "Je ouders kunnen te weten",
    ):  # fmt: skip
        assert said in text


def test_the_first_page_speaks_to_a_child_as_well_and_in_english():
    child = Teller().send(ga="woorden:kind")
    assert "Deed iemand iets wat niet mag" in child.text
    assert "Je hoeft je naam niet te zeggen" in child.text
    assert "Werk je op de school" not in child.text
    assert " u " not in child.text
    child.address = HERE + "?taal=en"
    assert "You did nothing wrong" in child.send(ga="taal").text


def test_going_back_shows_what_was_answered_and_what_was_begun():
    teller = Teller().tell(*GIRL[:8]).send(ga="terug")
    assert re.search(r'value="met taken belast persoon" checked', teller.page)
    teller.tell(GIRL[7]).send(ga="terug", om_leeftijd="12")
    assert 'value="12"' in teller.tell(GIRL[7]).page


def test_who_goes_back_from_the_story_finds_it_again():
    teller = Teller().tell(*GIRL[:11]).send(ga="terug", verhaal=STORY)
    assert teller.title == "Waar was het?"
    assert STORY in teller.tell(GIRL[10]).page


def test_the_language_is_switched_without_losing_an_answer_or_what_was_just_typed():
    teller = Teller().tell(*GIRL[:11])
    teller.address = HERE + "?taal=en"
    teller.send(ga="taal", verhaal=STORY)
    assert teller.title == "What happened?"
    assert STORY in teller.page
    teller.tell(*GIRL[11:])
    assert "Touching in places where that is not allowed" in teller.text
    assert STORY in teller.text


def test_each_answer_is_changed_on_its_own_page_and_then_all_is_checked_again():
    teller = Teller().tell(*GIRL)
    steps = re.findall(r'value="wijzig:(\w+)"', teller.page)
    assert {"gevaar", "rol", "sector", "plek", "verhaal", "afspraak", "contact"} <= set(steps)
    teller.send(ga="wijzig:sector").tell({"sector": "vo"})
    assert teller.title == "Klopt het zo?"
    assert "Middelbare school" in teller.text


def test_who_changes_nothing_after_all_goes_back_to_where_all_is_checked():
    teller = Teller().tell(*GIRL).send(ga="wijzig:sector").send(ga="terug", sector="po")
    assert teller.title == "Klopt het zo?"


def test_who_says_after_all_that_there_is_danger_cannot_go_around_the_page_that_says_call_112():
    teller = Teller().tell(*GIRL).send(ga="wijzig:gevaar").tell({"gevaar": "ja"})
    assert teller.title == "Bel eerst 112"
    assert teller.send(ga="terug").tell({"gevaar": "ja"}).title == "Bel eerst 112"
    assert teller.tell({}).title == "Klopt het zo?"


def test_an_answer_that_makes_another_question_necessary_asks_only_that():
    teller = Teller().tell(*GIRL).send(ga="wijzig:sector").tell({"sector": "kinderopvang"})
    assert teller.title == "Wat voor opvang is het?"
    assert teller.tell({"soort": "gastouderopvang"}).title == "Klopt het zo?"


def test_enter_in_the_search_field_searches_and_nothing_stands_in_an_address():
    teller = Teller().tell(*GIRL[:4]).send(ga="verder", zoek="de zoekgeraakte school")
    assert teller.answer.status_code == 200
    assert "Wij vonden niets" in teller.text
    teller.send(ga="verder", zoek="de zoekgeraakte school")
    assert teller.answer.status_code == 400
    assert set(re.findall(r'(?:form)?action="([^"]*)"', teller.page)) == {HERE, HERE + "?taal=en"}
    assert not teller.client.cookies


def test_names_are_asked_last_and_stay_apart(opened):
    names = {"naam": "Noor", "bereik": "06 00000000", "ander_naam": "J. de Boer", "letters": "N"}
    Teller().tell(*GIRL[:14], names).send(ga="verstuur")
    report = Report.objects.select_related("conversation").get()
    assert not report.conversation.is_anonymous
    assert "Noor" not in repr([vars(report), vars(report.conversation)])


def test_switching_the_language_of_the_last_page_does_not_make_it_another_form(opened):
    teller = Teller().tell(*GIRL)
    shown_before = teller.state
    receipt = teller.send(ga="verstuur").receipt
    teller.answer = teller.client.post(HERE, {"state": shown_before, "ga": "taal"})
    assert teller.send(ga="verstuur").receipt == receipt
    assert Report.objects.count() == 1


def test_after_ten_minutes_the_same_form_shows_no_code_again(opened):
    teller = Teller().tell(*GIRL)
    state = teller.state
    with later(minutes=1):
        teller.client.post(HERE, {"state": state, "ga": "verstuur"})
    with later(minutes=2 + SAME_RECEIPT.seconds // 60):
        teller.answer = teller.client.post(HERE, {"state": state, "ga": "verstuur"})
    assert teller.receipt is None
    assert teller.answer["Cache-Control"] == "no-store"
    assert "meester" not in teller.page
    assert Report.objects.count() == 1


@pytest.mark.parametrize("pages", [GIRL[:5], GIRL])
def test_a_page_that_stood_open_too_long_says_so_and_begins_anew(home, pages):
    teller = Teller().tell(*pages)
    with later(seconds=int(GOOD_FOR.total_seconds()) + 60):
        teller.send(ga="verstuur")
    assert teller.answer.status_code == 400
    assert "te lang open" in teller.text
    assert teller.title == "Vertel ons wat er is"
    assert not Report.objects.exists()


@pytest.mark.parametrize("button", ["verstuur", "terug", "wijzig:verhaal", "taal"])
def test_a_last_page_that_stood_open_for_half_a_day_keeps_its_answers_to_be_looked_at(
    opened, button
):
    teller = Teller().tell(*GIRL)
    with later(seconds=int(LAST_PAGE_GOOD_FOR.total_seconds()) + 60):
        teller.send(ga=button)
        assert teller.answer.status_code == 400
        assert "stond lang open" in teller.text
        assert teller.title == "Klopt het zo?"
        assert "meester" in teller.page
        assert not Report.objects.exists()
        assert teller.send(ga="verstuur").receipt
    assert Report.objects.count() == 1


def test_a_last_page_that_stood_open_after_it_was_sent_is_not_sent_again(opened):
    teller = Teller().tell(*GIRL)
    state = teller.state
    teller.send(ga="verstuur")
    for hours in (13, 23):
        with later(hours=hours):
            teller.answer = teller.client.post(HERE, {"state": state, "ga": "verstuur"})
        assert "Dit hebben wij al ontvangen" in teller.page
        assert "meester" not in teller.page
    assert Report.objects.count() == 1


def test_the_page_that_says_it_was_not_received_can_be_sent_again(home):
    from tests.teams import make_opened_team

    teller = Teller().tell(*GIRL).send(ga="verstuur")
    assert teller.answer.status_code == 503
    assert "meester" not in teller.page
    make_opened_team()
    assert teller.send(ga="verstuur").receipt


@pytest.mark.parametrize(
    ("before", "fields", "at"),
    [
        (1, {}, "gevaar-1"), (2, {}, "rol-1"), (4, {}, "plek-anders"),
        (4, {"ga": "zoek"}, "zoek"), (8, {"om": "ikzelf", "om_leeftijd": "x"}, "om_leeftijd"),
        (9, {"wanneer": "dag", "dag": "31-2-2025"}, "dag"), (11, {}, "verhaal"),
        (13, {}, "afspraak-1"),
    ],
)  # fmt: skip
def test_an_error_is_named_above_leads_to_the_field_and_stands_beside_it(before, fields, at):
    teller = Teller().tell(*GIRL[:before]).send(**{"ga": "verder", **fields})
    assert teller.answer.status_code == 400
    assert 'class="error-summary"' in teller.page
    assert f'<a href="#{at}">' in teller.page
    assert re.search(rf'<(input|textarea)[^>]* id="{at}"', teller.page)
    marked = re.search(r'<[^>]*aria-invalid="true"[^>]*>', teller.page)[0]
    described = re.search(r'aria-describedby="([^"]*)"', marked)[1].split()
    assert all(f'id="{each}"' in teller.page for each in described)
    assert "Er ging iets mis" in teller.text


@pytest.mark.parametrize("pages", [GIRL, TEACHER, [{}, {"gevaar": "ja"}]])
def test_every_page_keeps_to_the_contract(pages):
    for teller in every_page(*pages):
        keeps_to_the_contract(teller.page)
        assert "no-store" in teller.answer["Cache-Control"]
        assert not teller.client.cookies


@pytest.mark.parametrize("pages", [[], GIRL[:1], GIRL[:5], GIRL, TEACHER[:9]])
def test_a_page_weighs_at_most_60_kB_letters_and_all(pages):
    teller = Teller().tell(*pages)
    page = teller.client.post(
        HERE, {"state": teller.state, "ga": "taal"}, headers={"accept-encoding": "gzip"}
    )
    own = Path(intake.__file__).parent / "static/intake/form.css"
    files = (*STATIC.glob("*"), own)
    assert len(page.content) + sum(file.stat().st_size for file in files) <= 60_000


def test_a_long_story_goes_with_every_page_and_arrives_whole(opened):
    story = "ش漢é" * 33_333
    teller = Teller().tell(*GIRL[:11], {"verhaal": story}, *GIRL[12:])
    assert len(teller.answer.content) < 700_000
    teller.send(ga="wijzig:verhaal")
    assert len(teller.state) < 5_000  # the story stands in its field
    teller.tell({"verhaal": story})
    assert teller.send(ga="verstuur").receipt
