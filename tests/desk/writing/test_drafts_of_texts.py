"""A note or a message that is being typed outlives the session, sealed to who types it alone."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.dossiers.casework import give_mailbox, handle
from tests.people import log_in
from vertrouwd.accounts.models import OpenSession
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.models import Draft, Message, Note

WORDS = "De moeder belde: hij dreigde bij de fietsenstalling."
HIDDEN = re.compile(r'name="(sheet|saved|window|expected|note)" value="([^"]*)"')
NOTE, MESSAGE = "/aantekening", "/bericht"


def on(page: str) -> dict[str, str]:
    """What the form of a note or a message carries to be sent back."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def written(desk, dossier, more: str = "", **changes) -> dict[str, str]:
    return on(desk.page(dossier, more)) | {"kind": "aantekening", "words": WORDS} | changes


def keep(client, sent):
    """What the script sends every few seconds."""
    return client.post("/klad/bewaar", sent).json()


def end_the_session() -> None:
    OpenSession.objects.all().delete()


@pytest.mark.parametrize("do", ["", "draft"])
def test_a_note_outlives_the_session_and_is_there_in_the_form_after_the_login_and_the_unlock(
    desk, unlock, do
):
    dossier = desk.dossier()
    sent = written(desk, dossier)
    end_the_session()
    answer = desk.send(dossier, NOTE, **sent, do=do).content.decode()
    assert "Uw klad is bewaard" in answer
    assert f"/inloggen?next=/dossiers/{dossier.reference}" in answer
    assert WORDS not in answer
    assert not Note.objects.exists()
    assert WORDS.encode() not in bytes(Draft.objects.get().sealed)
    log_in(desk.client, desk.user)
    assert desk.client.get(f"/dossiers/{dossier.reference}").url.startswith("/ontgrendelen")
    unlock(desk.client, desk.user)
    page = desk.page(dossier)
    assert WORDS in page
    assert "Dit is uw klad van" in page
    desk.sent(dossier, NOTE, **on(page), kind="aantekening", words=WORDS)
    assert Note.objects.count() == 1
    assert not Draft.objects.exists()
    assert "Dit is uw klad van" not in desk.page(dossier)


def test_what_comes_after_the_key_was_locked_is_kept_as_well(desk):
    dossier = desk.dossier()
    sent = written(desk, dossier)
    desk.client.post("/vergrendelen")
    answer = desk.send(dossier, NOTE, **sent).content.decode()
    assert "Uw sleutel was vergrendeld" in answer
    assert Draft.objects.count() == 1
    assert not Note.objects.exists()


def test_a_script_keeps_it_without_unlocking_and_that_is_no_sign_of_life(desk):
    sent = written(desk, desk.dossier())
    desk.client.post("/vergrendelen")
    began = timezone.now()
    with time_machine.travel(began + timedelta(minutes=14), tick=False):
        told = keep(desk.client, sent)
        assert (told["state"], told["saved"], told["ended"]) == ("kept", 1, False)
    with time_machine.travel(began + timedelta(minutes=16), tick=False):
        told = keep(desk.client, sent | {"saved": "1"})
        assert (told["state"], told["saved"], told["ended"]) == ("kept", 2, True)
    assert WORDS not in str(told)
    assert WORDS not in str(list(Line.objects.values()))


def test_without_a_script_a_button_keeps_it_and_another_throws_it_away(desk):
    dossier = desk.dossier()
    page = desk.send(dossier, NOTE, **written(desk, dossier), do="draft").content.decode()
    assert "Klad bewaard om" in page
    assert WORDS in page
    assert WORDS in desk.page(dossier)
    answer = desk.client.post("/klad/weg", on(page) | {"words": WORDS})
    assert answer["Location"] == f"/dossiers/{dossier.reference}"
    assert not Draft.objects.exists()
    assert WORDS not in desk.page(dossier)
    acts = [line.action for line in Line.objects.filter(kind="draft")]
    assert acts == ["begin_draft", "open_draft", "throw_away_draft"]


def test_a_message_is_kept_for_its_own_reporter_and_goes_with_the_sending(desk):
    dossier = desk.dossier()
    report = dossier.reports.get()
    give_mailbox(report)
    there = f"{MESSAGE}?melding={report.reference}"
    sent = written(desk, dossier, there)
    end_the_session()
    assert "Uw klad is bewaard" in desk.send(dossier, there, **sent).content.decode()
    assert Draft.objects.get().kind == "bericht"


def test_a_message_goes_on_from_the_dossier_and_never_stands_in_the_form_of_a_note(
    desk,
):
    dossier = desk.dossier()
    report = dossier.reports.get()
    give_mailbox(report)
    there = f"{MESSAGE}?melding={report.reference}"
    keep(desk.client, written(desk, dossier, there))
    page = desk.page(dossier)
    assert WORDS not in page
    assert f'href="/dossiers/{dossier.reference}/bericht?melding={report.reference}"' in page
    assert "Uw andere kladden in dit dossier" in page
    box = desk.page(dossier, there)
    assert WORDS in box
    desk.sent(dossier, there, **on(box), words=WORDS)
    assert Message.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_changed_note_is_kept_with_the_revision_it_began_from(desk, colleague):
    dossier = desk.dossier()
    handle(dossier, colleague.user)
    desk.sent(dossier, NOTE, kind="aantekening", words="Eerst.")
    number = Note.objects.get().pk
    there = f"{NOTE}?nr={number}"
    keep(desk.client, written(desk, dossier, there))
    colleague.sent(dossier, NOTE, **written(colleague, dossier, there, words="Van een collega."))
    page = desk.page(dossier, there)
    assert WORDS in page
    assert on(page)["expected"] == "1"
    answer = desk.send(dossier, NOTE, **on(page), kind="aantekening", words=WORDS)
    assert answer.status_code == 409
    assert "Van een collega." in answer.content.decode()
    assert Draft.objects.count() == 1
    desk.sent(dossier, NOTE, **on(answer.content.decode()), kind="aantekening", words=WORDS)
    assert not Draft.objects.exists()


def test_a_colleague_in_the_same_dossier_sees_no_draft(desk, colleague):
    dossier = desk.dossier()
    handle(dossier, colleague.user)
    sent = written(desk, dossier)
    keep(desk.client, sent)
    assert WORDS not in colleague.page(dossier)
    assert keep(colleague.client, sent)["state"] == "no-sheet"
    colleague.client.post("/klad/weg", sent)
    assert Draft.objects.get().saved == 1


def test_a_draft_follows_its_dossier_into_another(desk):
    old, new = desk.dossier(), desk.dossier()
    keep(desk.client, written(desk, old))
    join_dossiers(old, into=new, reason="anders", by=desk.user)
    page = desk.page(new)
    assert WORDS in page
    desk.sent(new, NOTE, **on(page), kind="aantekening", words=WORDS)
    assert not Draft.objects.exists()


def test_an_older_window_overwrites_nothing_and_may_keep_its_words_beside_it(desk):
    dossier = desk.dossier()
    sent = written(desk, dossier)
    keep(desk.client, sent)
    keep(desk.client, sent | {"window": "b" * 32, "saved": "1", "words": "Verder."})
    older = sent | {"window": "c" * 32, "saved": "1", "words": "Oud."}
    assert keep(desk.client, older)["state"] == "newer"
    answer = desk.send(dossier, NOTE, **older, do="draft")
    assert answer.status_code == 400
    assert "Oud." in answer.content.decode()
    desk.send(dossier, NOTE, **older, do="draft-new")
    assert Draft.objects.count() == 2
    page = desk.page(dossier)
    assert "Oud." in page
    assert "Hier ligt nog een klad van u." in page


def test_a_save_that_comes_after_the_sending_brings_nothing_back(desk):
    dossier = desk.dossier()
    sent = written(desk, dossier)
    desk.sent(dossier, NOTE, **sent)
    assert keep(desk.client, sent)["state"] == "gone"
    assert not Draft.objects.exists()


def test_a_form_from_elsewhere_is_refused_also_with_the_sheet_of_a_colleague(desk, colleague):
    dossier = desk.dossier()
    handle(dossier, colleague.user)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.client.cookies
    theirs = written(colleague, dossier)
    for sent in (theirs, theirs | {"sheet": ""}, theirs | {"sheet": "x"}):
        strict.post(f"/dossiers/{dossier.reference}{NOTE}", sent)
    assert not (Note.objects.exists() or Draft.objects.exists())
    own = written(desk, dossier)
    strict.post(f"/dossiers/{dossier.reference}{NOTE}", own)
    assert Note.objects.get().by == desk.user


def test_a_sheet_of_yesterday_and_of_who_has_left_keeps_nothing(desk):
    dossier = desk.dossier()
    sent = written(desk, dossier)
    with time_machine.travel(timezone.now() + timedelta(hours=13), tick=False):
        assert desk.client.post("/klad/bewaar", sent).status_code == 302
    end_the_session()
    type(desk.user).objects.filter(pk=desk.user.pk).update(is_active=False)
    assert desk.client.post("/klad/bewaar", sent).status_code == 302
    assert desk.send(dossier, NOTE, **sent).status_code == 302
    assert not Draft.objects.exists()


def test_an_empty_form_leaves_no_draft(desk):
    assert keep(desk.client, written(desk, desk.dossier(), words="  "))["state"] == "blank"
    assert not Draft.objects.exists()


def test_a_draft_that_a_new_key_left_behind_is_named_and_does_not_stand_in_the_way(desk):
    dossier = desk.dossier()
    keep(desk.client, written(desk, dossier))
    Draft.objects.update(saved=7)  # is not what was sealed
    page = desk.page(dossier)
    assert "niet meer te openen" in page
    desk.sent(dossier, NOTE, **on(page), kind="aantekening", words=WORDS)
    assert Note.objects.count() == 1


def test_after_the_session_ended_an_older_window_makes_one_more_draft_and_its_script_none(desk):
    dossier = desk.dossier()
    sent = written(desk, dossier)
    keep(desk.client, sent)
    keep(desk.client, sent | {"window": "b" * 32, "saved": "1", "words": "Verder."})
    end_the_session()
    older = sent | {"window": "c" * 32, "saved": "1", "words": "Oud."}
    for _ in range(3):
        told = keep(desk.client, older)
        assert (told["state"], told["ended"]) == ("newer", True)
    assert Draft.objects.count() == 1
    assert "Uw klad is bewaard" in desk.send(dossier, NOTE, **older).content.decode()
    assert Draft.objects.count() == 2


def test_the_first_page_says_where_one_was_writing_and_not_where_one_may_no_longer_look(desk):
    dossier, lost = desk.dossier(), desk.dossier()
    for each in (dossier, lost):
        keep(desk.client, written(desk, each))
    lost.assignments.all().delete()
    page = desk.client.get("/").content.decode()
    assert "waarin u iets aan het schrijven was" in page
    assert f'href="/dossiers/{dossier.reference}"' in page
    assert lost.reference not in page
    assert WORDS not in page
    Draft.objects.all().delete()
    assert "waarin u iets aan het schrijven was" not in desk.client.get("/").content.decode()
