"""The form of the signpost: back, change, language and words; and whatever a browser may send."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.signpost.visiting import HERE, Visitor
from tests.traces import traces
from vertrouwd import signpost
from vertrouwd.publication.overview.files import STATIC
from vertrouwd.sealing.form_state import LARGEST_TEXT

pytestmark = pytest.mark.one_engine


def test_the_first_page_asks_about_danger_and_opening_it_again_changes_nothing():
    for visitor in (Visitor(), Visitor()):
        assert visitor.answer.status_code == 200
        assert "Is er nu gevaar?" in visitor.text


def test_going_back_shows_what_was_answered():
    visitor = Visitor().choose("nee", "vo").send(ga="terug")
    assert re.search(r'value="vo" checked', visitor.page)


def test_a_changed_answer_keeps_the_others_that_still_fit():
    visitor = Visitor().choose("nee", "po", "ouder", "pesten", "leerling", "stoppen")
    visitor.send(ga="wijzig:onderwerp").choose("geweld")
    assert "Dit kun je nu doen" in visitor.text
    visitor.send(ga="wijzig:sector").choose("vo")
    assert "Hoe oud" in visitor.text


def test_the_language_is_switched_without_losing_an_answer_or_what_was_just_ticked():
    visitor = Visitor().choose("nee", "vo", "ouder")
    visitor.address = HERE + "?taal=en"
    visitor.send(antwoord="geweld", ga="taal")
    assert "What is it about?" in visitor.text
    assert re.search(r'value="geweld" checked', visitor.page)
    visitor.choose("geweld")
    assert "Who is said to have done it?" in visitor.text


def test_words_for_a_child_come_by_themselves_and_can_be_chosen_or_left():
    child = Visitor().choose("nee", "po", "leerling", "pesten")
    assert "Wie deed het?" in child.text
    child.send(ga="woorden:gewoon")
    assert "Over wie gaat het verhaal" in child.text
    assert "Ben je in gevaar?" in Visitor().send(ga="woorden:kind").text


def test_answers_never_stand_in_an_address_and_no_cookie_is_set():
    visitor = Visitor().choose("nee", "vo", "leerling", "seks", "werkt er", "onder 18")
    assert set(re.findall(r'(?:form)?action="([^"]*)"', visitor.page)) == {HERE, HERE + "?taal=en"}
    assert not visitor.client.cookies
    assert "no-store" in visitor.answer["Cache-Control"]
    assert "werkt er" not in visitor.state


def test_sending_a_page_twice_shows_the_same_again():
    visitor = Visitor().choose("nee")
    state = visitor.state
    first = visitor.client.post(HERE, {"state": state, "antwoord": "vo", "ga": "verder"})
    again = visitor.client.post(HERE, {"state": state, "antwoord": "vo", "ga": "verder"})
    assert first.status_code == again.status_code == 200
    assert b"Wie ben je?" in again.content


@pytest.mark.parametrize("chosen", [{}, {"antwoord": ""}, {"antwoord": "x"}, {"antwoord": "\x00"}])
def test_without_an_answer_that_can_be_chosen_the_question_comes_back_with_an_error(chosen):
    visitor = Visitor().choose("nee").send(ga="verder", **chosen)
    assert visitor.answer.status_code == 400
    assert "Wat voor school" in visitor.text
    assert 'class="error-summary"' in visitor.page
    assert '<a href="#antwoord-1">' in visitor.page
    assert 'id="antwoord-1"' in visitor.page
    assert 'aria-invalid="true"' in visitor.page


@pytest.mark.parametrize(
    "form",
    [
        {}, {"state": ""}, {"state": "1.AAAA"}, {"state": "\x00"}, {"state": "é" * 99},
        {"state": "1." + "A" * (LARGEST_TEXT - 2)}, {"state": ["a", "b"]}, {"naam": "x"},
    ],
)  # fmt: skip
def test_what_is_no_state_of_ours_begins_again(form):
    answer = Client(raise_request_exception=False).post(HERE, form)
    assert answer.status_code == 400
    assert "Begin opnieuw" in answer.content.decode()
    assert "Is er nu gevaar?" in answer.content.decode()


@pytest.mark.parametrize(
    "extra",
    [{"naam": "x"}, {"ga": ["verder", "terug"]}, {"antwoord": ["nee", "ja"]}, {"sector": "vo"}],
)
def test_a_field_that_is_not_of_the_form_is_refused(extra):
    visitor = Visitor()
    answer = visitor.client.post(HERE, {"state": visitor.state, "antwoord": "nee", **extra})
    assert answer.status_code == 400


@pytest.mark.parametrize("asked", ["wijzig:", "wijzig:x", "wijzig:wens", "woorden:x", "x", "\x00"])
def test_a_button_that_does_not_exist_does_no_harm(asked):
    assert Visitor().send(ga=asked).answer.status_code in (200, 400)


def test_a_page_of_another_site_cannot_send_the_form():
    visitor = Visitor()
    answer = visitor.client.post(
        HERE, {"state": visitor.state}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 400


def test_every_page_has_one_form_the_way_out_and_a_neutral_title():
    visitor = Visitor()
    end = Visitor().choose("nee", "po", "ouder", "thuis")
    for page in (visitor.page, end.page):
        assert page.count("<form") == 1
        assert '<a id="exit" href="/weg">' in page
        assert "<title>Informatie</title>" in page
        assert "://" not in page


def test_nothing_of_a_visit_is_logged_but_that_a_page_was_asked_for(monkeypatch):
    said = []
    monkeypatch.setattr(
        "vertrouwd.project.logs.say", lambda event, **values: said.append({event: values})
    )
    visitor = Visitor().choose("nee", "vo", "leerling", "seks", "werkt er", "onder 18", "72 uur")
    visitor.choose("praten").send(antwoord="een heel geheim verhaal")
    secrets = {
        "an answer": "werkt er", "another": "onder 18", "what was typed": "een heel geheim verhaal",
        "the state": visitor.state,
    }  # fmt: skip
    assert len(said) == 10
    assert {event["request"]["route"] for event in said} == {"signpost"}
    assert traces(secrets, {"the log": repr(said)}) == []


@pytest.mark.parametrize("answers", [(), ("nee", "vo"), ("nee", "po", "ouder", "thuis")])
def test_a_page_weighs_at_most_60_kB_letters_and_all(answers):
    visitor = Visitor().choose(*answers)
    page = visitor.client.post(
        HERE, {"state": visitor.state, "ga": "taal"}, headers={"accept-encoding": "gzip"}
    )
    files = (*STATIC.glob("*"), *Path(signpost.__file__).parent.glob("static/signpost/*"))
    assert len(page.content) + sum(file.stat().st_size for file in files) <= 60_000
