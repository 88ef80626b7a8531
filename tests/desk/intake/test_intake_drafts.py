"""The draft of a call: kept by itself, there after a session that ended, never overwritten."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.desk.intake.a_call import ANSWERS, STORY, call_on, hand_in, keep, sheet_in
from tests.people import log_in, make_user
from vertrouwd.accounts.models import OpenSession
from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers.models import Draft, Report


def test_a_draft_is_kept_without_unlocking_and_goes_on_after_it_in_another_process(
    inspector, unlock, team
):
    client, user = inspector
    sent = call_on(client)
    told = keep(client, sent).json()
    assert (told["state"], told["saved"], told["ended"]) == ("kept", 1, False)
    assert STORY.encode() not in bytes(Draft.objects.get().sealed)
    address = f"/intake/klad/{Draft.objects.get().pk}"
    assert client.get(address).url.startswith("/ontgrendelen")
    unlock(client, user)
    page = client.get(address)
    assert STORY in page.content.decode()
    again = sheet_in(page)
    assert again["saved"] == "1"
    hand_in(client, again | ANSWERS)
    assert Report.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_draft_is_kept_whatever_the_page_calls_itself(ine):
    """PostgreSQL stores no null character."""
    sent = call_on(ine[0], window="a\0b")
    assert keep(ine[0], sent).json()["state"] == "kept"


def test_a_draft_that_is_continued_is_still_the_same_form(ine):
    client, _ = ine
    sent = call_on(client)
    keep(client, sent)
    continued = sheet_in(client.get(f"/intake/klad/{Draft.objects.get().pk}"))
    hand_in(client, sent)
    assert "al vastgelegd" in hand_in(client, continued | ANSWERS).content.decode()
    assert keep(client, sent | {"saved": "1"}).json()["state"] == "gone"
    assert keep(client, sent).json()["state"] == "gone"
    assert Report.objects.count() == 1
    assert not Draft.objects.exists()


def test_keeping_a_draft_is_no_sign_of_life(inspector):
    client, _ = inspector
    sent = call_on(client)
    began = timezone.now()
    with time_machine.travel(began + timedelta(minutes=14), tick=False):
        assert keep(client, sent).json()["ended"] is False
    with time_machine.travel(began + timedelta(minutes=16), tick=False):
        assert keep(client, sent | {"saved": "1"}).json()["ended"] is True


@pytest.mark.parametrize("do", ["save", "store", "search"])
def test_when_the_session_ends_in_the_middle_of_a_call_the_draft_is_there_after_the_login(
    inspector, team, do
):
    client, user = inspector
    sent = call_on(client)
    OpenSession.objects.all().delete()
    answer = client.post("/intake", sent | {"do": do})
    assert "Uw klad is bewaard" in answer.content.decode()
    assert STORY not in answer.content.decode()
    assert not Report.objects.exists()
    log_in(client, user)
    page = client.get("/intake").content.decode()
    assert f"/intake/klad/{Draft.objects.get().pk}" in page
    sealed = bytes(Draft.objects.get().sealed)
    assert STORY.encode() not in sealed


def test_a_script_is_told_that_the_session_ended_and_goes_on_keeping_after_another_login(
    inspector, team
):
    client, user = inspector
    sent = call_on(client)
    OpenSession.objects.all().delete()
    told = keep(client, sent).json()
    assert (told["state"], told["ended"], told["csrf"]) == ("kept", True, "")
    log_in(client, user)
    told = keep(client, sent | {"saved": str(told["saved"])}).json()
    assert (told["state"], told["saved"], told["ended"]) == ("kept", 2, False)
    assert told["csrf"]


@pytest.mark.parametrize("part", ["scholen", "naast"])
def test_a_question_for_a_part_of_the_page_is_never_kept_as_the_draft(inspector, team, part):
    client, _ = inspector
    sent = call_on(client)
    keep(client, sent)
    sealed = bytes(Draft.objects.get().sealed)
    OpenSession.objects.all().delete()
    few = {"sheet": sent["sheet"], "school": "Regenboog", "category": "overig"}
    assert client.post(f"/intake/{part}", few).url == "/inloggen"
    assert bytes(Draft.objects.get().sealed) == sealed


def test_without_a_sheet_of_ours_nothing_of_nobody_is_kept(inspector, team):
    client, user = inspector
    sent = call_on(client)
    stranger = Client()
    for sheet in ("", "x", sent["sheet"] + "x", sent["sheet"][1:]):
        answer = stranger.post("/intake/bewaar", sent | {"sheet": sheet})
        assert (answer.status_code, answer.url) == (302, "/inloggen")
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert stranger.post("/intake/bewaar", sent).status_code == 302
    assert not Draft.objects.exists()


def test_the_sheet_of_a_colleague_and_one_of_yesterday_store_nothing_and_keep_the_words(
    inspector, coordinator, team
):
    client, _ = inspector
    sent = call_on(client)
    colleague, _ = coordinator
    answer = colleague.post("/intake", sent | {"do": "store"})
    assert answer.status_code == 400
    assert STORY in answer.content.decode()
    assert keep(colleague, sent).json()["state"] == "no-sheet"
    with time_machine.travel(timezone.now() + timedelta(hours=13), tick=False):
        log_in(client, inspector[1])
        answer = client.post("/intake", sent | {"do": "store"})
    assert answer.status_code == 400
    assert STORY in answer.content.decode()
    assert not (Report.objects.exists() or Draft.objects.exists())


def test_a_form_from_elsewhere_does_nothing(inspector, team):
    """Without the token of the framework, which this page does not ask, and without a sheet."""
    client, _ = inspector
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    strict.post("/intake", ANSWERS | {"do": "store"})
    assert strict.post("/intake/bewaar", ANSWERS).json()["state"] == "no-sheet"
    assert not (Report.objects.exists() or Draft.objects.exists())


def test_an_older_window_does_not_overwrite_a_newer_one_and_is_told_what_to_do(inspector, team):
    client, _ = inspector
    first = call_on(client)
    keep(client, first)
    newer = first | {"window": "b" * 32, "saved": "1"}
    assert keep(client, newer).json()["saved"] == 2
    older = first | {"window": "c" * 32, "saved": "1", "narrative": "Oud."}
    told = keep(client, older).json()
    assert told["state"] == "newer"
    assert "ander venster" in told["words"]
    page = client.post("/intake", older | {"do": "save"})
    assert page.status_code == 400
    assert "Oud." in page.content.decode()
    client.post("/intake", older | {"do": "new"})
    assert Draft.objects.count() == 2


def test_a_draft_is_thrown_away_by_its_author_alone(inspector, coordinator, team):
    client, _ = inspector
    keep(client, call_on(client))
    number = Draft.objects.get().pk
    assert coordinator[0].post(f"/intake/klad/{number}/weg").status_code == 404
    assert client.get(f"/intake/klad/{number}/weg").status_code == 405
    client.post(f"/intake/klad/{number}/weg")
    assert not Draft.objects.exists()
    assert client.post(f"/intake/klad/{number}/weg").status_code == 404


def test_an_empty_page_leaves_no_draft(inspector, team):
    client, _ = inspector
    empty = sheet_in(client.get("/intake"))
    assert keep(client, empty).json()["state"] == "blank"
    assert not Draft.objects.exists()


def test_who_has_no_key_yet_is_told_and_can_hand_in(colleagues, team):
    user = make_user("nieuw", roles=[Role.INSPECTOR])
    client = Client()
    log_in(client, user)
    assert keep(client, call_on(client)).json()["state"] == "no-key"
    assert hand_in(client, call_on(client)).status_code == 200
    assert Report.objects.count() == 1


def test_who_has_no_key_and_whose_session_ended_gets_the_story_back(colleagues, team):
    user, client = make_user("nieuw", roles=[Role.INSPECTOR]), Client()
    log_in(client, user)
    sent = call_on(client)
    OpenSession.objects.all().delete()
    page = client.post("/intake", sent | {"do": "store"}).content.decode()
    assert "Uw sessie is afgelopen" in page
    assert STORY in page
    assert not (Report.objects.exists() or Draft.objects.exists())


def test_what_a_script_is_told_holds_nothing_that_was_typed(inspector, team):
    client, _ = inspector
    assert STORY not in json.dumps(keep(client, call_on(client)).json())


def test_after_the_session_ended_an_older_window_makes_one_more_draft_and_its_script_none(
    inspector, team
):
    client, _ = inspector
    first = call_on(client)
    keep(client, first)
    keep(client, first | {"window": "b" * 32, "saved": "1"})
    OpenSession.objects.all().delete()
    older = first | {"window": "c" * 32, "saved": "1", "narrative": "Oud."}
    for _ in range(3):
        told = keep(client, older).json()
        assert (told["state"], told["ended"]) == ("newer", True)
    assert Draft.objects.count() == 1
    client.post("/intake", older | {"do": "save"})
    assert Draft.objects.count() == 2
