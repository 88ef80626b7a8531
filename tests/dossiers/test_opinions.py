"""A second opinion in the middle of a call: who may give it, and where the answer ends."""

import secrets
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from tests.factories import make_institution, receive_report, report
from tests.people import make_user
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import NoteKind
from vertrouwd.dossiers.models import DutyDay, Note, Opinion
from vertrouwd.dossiers.notes import words_of
from vertrouwd.dossiers.opinions import (
    WAITS,
    answer_opinion,
    ask_opinion,
    asked_in_call,
    belongs_to,
    waiting_for,
)
from vertrouwd.dossiers.refused import Refused
from vertrouwd.schools.supervision import record_supervision

QUESTION, ANSWER = "Is dit een redelijk vermoeden?", "Ja: vraag naar het weekend."
CALL = "c" * 32


@pytest.fixture
def cor(team):
    """A colleague with a key."""
    user = make_user("cor", roles=[Role.INSPECTOR], name="Cor Collega")
    team.add(user)
    return user


def ask(by, **more) -> Opinion:
    return ask_opinion(
        QUESTION, **{"form": CALL, "asked_in": secrets.token_hex(16), "by": by} | more
    )


def on_duty(user) -> None:
    today, now = timezone.localdate(), timezone.now()
    DutyDay.objects.create(date=today, user=user, set_at=now, set_by=system_actor())


def test_a_colleague_answers_and_who_asked_reads_it_beside_the_call(ine, cor, team):
    asked = ask(ine, of=cor)
    assert list(waiting_for(cor)) == [asked]
    answer_opinion(asked.pk, answer=ANSWER, by=cor, opened=team.opened(cor))
    [found] = asked_in_call(CALL, by=ine, opened=team.opened(ine))
    assert (found.question, found.answer, found.opinion.answered_by) == (QUESTION, ANSWER, cor)
    assert not waiting_for(cor).exists()
    [locked] = asked_in_call(CALL, by=ine, opened=None)
    assert (locked.question, locked.answer) == ("", "")
    acts = list(Line.objects.filter(kind="opinion").values_list("action", flat=True))
    assert acts == ["ask_opinion", "answer_opinion"]
    assert "vermoeden" not in str(list(Line.objects.values()))


def test_without_a_name_whoever_is_on_duty_may_answer_and_nobody_else(ine, cor, team):
    asked = ask(ine)
    assert not waiting_for(cor).exists()
    with pytest.raises(Http404):
        answer_opinion(asked.pk, answer=ANSWER, by=cor, opened=team.opened(cor))
    on_duty(cor)
    assert list(waiting_for(cor)) == [asked]


def test_nobody_answers_their_own_question_nor_one_for_another(ine, cor, team):
    on_duty(ine)
    ask(ine)
    ask(ine, of=cor)
    assert not waiting_for(ine).exists()
    other = make_user("uit", roles=[Role.INSPECTOR])
    on_duty(other)
    assert waiting_for(other).count() == 1


def test_who_supervises_the_school_of_the_call_is_not_asked_and_finds_nothing(ine, cor, team):
    school, today = make_institution(), timezone.localdate()
    record_supervision(cor, institution=school, since=today, by=system_actor())
    with pytest.raises(Refused):
        ask(ine, of=cor, institution=school)
    on_duty(cor)
    ask(ine, institution=school)
    asked = ask(ine)
    belongs_to(
        receive_report(report(institution=school), by=ine).dossier, form=CALL, by=ine, opened=None
    )
    assert not waiting_for(cor).exists()
    with pytest.raises(Http404):
        answer_opinion(asked.pk, answer=ANSWER, by=cor, opened=team.opened(cor))


def test_two_clicks_ask_once_and_an_answer_is_given_once(ine, cor, team):
    first, again = ask(ine, of=cor, asked_in="a" * 32), ask(ine, of=cor, asked_in="a" * 32)
    assert first == again
    answer_opinion(first.pk, answer=ANSWER, by=cor, opened=team.opened(cor))
    with pytest.raises(Refused):
        answer_opinion(first.pk, answer="Anders.", by=cor, opened=team.opened(cor))


def test_a_day_later_nobody_is_on_the_line_any_more(ine, cor, team):
    ask(ine, of=cor)
    later = timezone.now() + WAITS
    assert not waiting_for(cor, now=later).exists()
    assert waiting_for(cor, now=later - timedelta(minutes=1)).exists()


@pytest.mark.parametrize("noted_first", [True, False])
def test_the_answer_becomes_a_note_of_the_dossier_whenever_it_comes(ine, cor, team, noted_first):
    asked = ask(ine, of=cor)
    dossier = receive_report(report(), by=ine).dossier

    def noted() -> None:
        belongs_to(dossier, form=CALL, by=ine, opened=team.opened(ine))

    def answered() -> None:
        answer_opinion(asked.pk, answer=ANSWER, by=cor, opened=team.opened(cor))

    for step in (noted, answered) if noted_first else (answered, noted):
        step()
    note = Note.objects.get()
    assert (note.dossier, note.kind) == (dossier, NoteKind.SECOND_OPINION)
    words = words_of(note, opened=team.opened(ine))
    assert QUESTION in words
    assert f"Cor Collega:\n{ANSWER}" in words


@pytest.mark.parametrize("words", ["", "  \n", "x" * 2001])
def test_nothing_and_too_much_are_no_question(ine, team, words):
    with pytest.raises(Refused):
        ask_opinion(words, form=CALL, asked_in="a" * 32, by=ine)
    assert not Opinion.objects.exists()
