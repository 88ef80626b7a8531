"""Asking a colleague without leaving the page of the call, and answering."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk.intake.a_call import ANSWERS, call_on, hand_in, sheet_in
from tests.on_a_page import in_one_line
from tests.people import log_in, make_user
from vertrouwd.accounts.models import OpenSession, system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers.models import DutyDay, Note, Opinion, Task

QUESTION, ANSWER = "Is dit een redelijk vermoeden?", "Ja: vraag naar het weekend."


@pytest.fixture
def cor(team, unlock):
    """A colleague on duty, unlocked."""
    user = make_user("cor", roles=[Role.INSPECTOR], name="Cor Collega")
    team.add(user)
    DutyDay.objects.create(
        date=timezone.localdate(), user=user, set_at=timezone.now(), set_by=system_actor()
    )
    client = Client()
    log_in(client, user)
    unlock(client, user)
    return client, user


def with_question(client, user) -> dict:
    page = client.get("/intake")
    asked_in = page.context["page"].asked_in
    more = {"question": QUESTION, "colleague": str(user.pk), "asked_in": asked_in}
    return sheet_in(page) | ANSWERS | more


def test_a_question_whose_form_was_forged_is_refused_in_words_on_every_database(ine, cor):
    sent = with_question(ine[0], cor[1]) | {"asked_in": "a\0b", "do": "ask"}
    answer = ine[0].post("/intake", sent)
    assert answer.status_code == 400
    assert QUESTION in answer.content.decode()
    assert not Opinion.objects.exists()


def test_a_question_is_answered_while_the_call_goes_on_and_stands_in_the_dossier(ine, cor):
    client, _ = ine
    colleague, user = cor
    sent = with_question(client, user)
    page = client.post("/intake", sent | {"do": "ask"})
    assert "Gevraagd aan Cor Collega" in page.content.decode()
    assert page.context["form"]["question"].value() == ""
    assert "1 collega vraagt uw mening" in in_one_line(colleague.get("/").content.decode())
    assert QUESTION in colleague.get("/mening").content.decode()
    number = Opinion.objects.get().pk
    assert colleague.post("/mening", {"number": number, "answer": ANSWER}).url == "/mening"
    part = client.post("/intake/mening", {"sheet": sent["sheet"]}).content.decode()
    assert ANSWER in part
    hand_in(client, sheet_in(page) | ANSWERS)
    assert Note.objects.get().kind == "mening van een collega"
    assert not Task.objects.exists()


def test_the_script_asks_the_same_and_two_clicks_ask_once(ine, cor):
    client, _ = ine
    sent = with_question(client, cor[1])
    for _ in "12":
        assert QUESTION in client.post("/intake/mening", sent).content.decode()
    assert Opinion.objects.count() == 1


def test_looking_for_the_answer_is_no_sign_of_life(ine, cor):
    client, _ = ine
    sent = with_question(client, cor[1])
    seen = OpenSession.objects.get(digest=client.session.digest).last_seen_at
    OpenSession.objects.update(last_seen_at=seen - timedelta(minutes=5))
    client.post("/intake/mening", sent)
    last = OpenSession.objects.get(digest=client.session.digest).last_seen_at
    assert last == seen - timedelta(minutes=5)


def test_an_empty_answer_and_a_question_of_another_are_refused(ine, cor, coordinator, unlock):
    client, _ = ine
    client.post("/intake", with_question(client, cor[1]) | {"do": "ask"})
    number = Opinion.objects.get().pk
    answer = cor[0].post("/mening", {"number": number, "answer": " "})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'class="error-summary"' in page
    assert 'href="#id_answer"' in page
    assert 'id="id_answer"' in page
    unlock(*coordinator)
    sent = {"number": number, "answer": ANSWER}
    assert coordinator[0].post("/mening", sent).status_code == 404
    assert client.post("/mening", sent).status_code == 404


def test_the_page_says_what_is_wrong_with_a_question_and_keeps_it(ine, cor):
    client, _ = ine
    sent = with_question(client, cor[1]) | {"question": "x" * 3000, "do": "ask"}
    page = client.post("/intake", sent)
    assert page.status_code == 400
    assert "x" * 3000 in page.content.decode()
    assert client.post("/intake/mening", sent).status_code == 400


def test_a_call_of_a_colleague_shows_nobody_else_what_was_asked(ine, cor):
    client, _ = ine
    sent = with_question(client, cor[1])
    client.post("/intake", sent | {"do": "ask"})
    assert QUESTION not in cor[0].post("/intake/mening", {"sheet": sent["sheet"]}).content.decode()


def test_what_was_typed_and_not_asked_becomes_a_task_when_the_call_is_recorded(ine, cor):
    client, _ = ine
    hand_in(client, call_on(client, question=QUESTION, colleague=cor[1].pk))
    assert Task.objects.get().owner == cor[1]
    assert not Opinion.objects.exists()
