"""The waiting page keeps what was filled in, and the same form goes again."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vertrouwd.audit.models import Line
from vertrouwd.project.capacity import BUSY, UNREAD
from vertrouwd.project.turned_away import TurnedAway, tell_staff

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def kept(answer) -> list[tuple[str, str]]:
    return [(unescape(a), unescape(b)) for a, b in HIDDEN.findall(answer.content.decode())]


def test_a_form_that_found_no_place_is_kept_in_the_page_as_it_was(visitor):
    sent = {"state": "1.abc", "verhaal": 'Hij zei: <b>"weg"</b>\r\ntwee', "wens": ["a", "b"]}
    answer = visitor.post("/melden", sent | {"ga": "verstuur"}, **{BUSY: True})
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert dict(kept(answer)) == {**sent, "wens": "b", "ga": "verstuur"}
    assert [value for name, value in kept(answer) if name == "wens"] == ["a", "b"]
    page = answer.content.decode()
    assert "nog niet aangekomen" in page
    assert page.count("<form") == 1
    assert 'method="post"' in page
    assert "action=" not in page  # to the same address
    assert 'id="exit"' in page
    assert not answer.cookies


def test_the_button_of_the_waiting_page_sends_the_same_form(visitor, db):
    first = visitor.get("/wegwijzer").content.decode()
    state = re.search(r'name="state" value="([^"]+)"', first)[1]
    sent = {"state": state, "antwoord": "no", "ga": "verder"}
    answer = re.search(r'name="antwoord"[^>]* value="([^"]+)"', first)[1]
    waiting = visitor.post("/wegwijzer", sent | {"antwoord": answer}, **{BUSY: True})
    again = visitor.post("/wegwijzer", dict(kept(waiting)))
    assert again.status_code == 200
    assert re.search(r"Vraag\s+2", again.content.decode())


def test_files_are_not_kept_and_can_be_chosen_again(visitor):
    file = SimpleUploadedFile("geheim.txt", b"inhoud van een bestand")
    answer = visitor.post("/melden", {"state": "1.abc", "bestanden": file}, **{BUSY: True})
    page = answer.content.decode()
    assert kept(answer) == [("state", "1.abc")]
    assert re.search(r'<input type="file" multiple name="bestanden"', page)
    assert 'enctype="multipart/form-data"' in page
    assert "inhoud van een bestand" not in page
    assert "geheim.txt" not in page


def test_who_only_looks_is_asked_to_come_back(visitor):
    answer = visitor.get("/cijfers", {"zin": "iets"}, **{BUSY: True})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "iets" not in answer.content.decode().partition("<main")[2]
    assert "<form" not in answer.content.decode()


def test_a_form_that_was_not_read_is_still_in_the_browser(visitor):
    answer = visitor.post("/melden", {"verhaal": "een verhaal"}, **{BUSY: UNREAD})
    assert answer.status_code == 503
    assert "een verhaal" not in answer.content.decode()
    assert "niet aangekomen" in answer.content.decode()


def test_a_form_of_another_site_is_refused_also_then(visitor):
    headers = {"sec-fetch-site": "cross-site"}
    answer = visitor.post("/melden", {"verhaal": "x"}, headers=headers, **{BUSY: True})
    assert answer.status_code == 400
    assert not kept(answer)


def test_a_visitor_cannot_ask_for_the_waiting_page(visitor, db):
    assert (
        visitor.get("/", headers={"vertrouwd.busy": "1", "vertrouwd-busy": "1"}).status_code == 200
    )


def test_it_is_there_in_english(visitor):
    page = visitor.get("/?taal=en", **{BUSY: True}).content.decode()
    assert '<html lang="en">' in page
    assert "very busy" in page


def test_staff_are_told_at_once_and_then_by_the_minute():
    now, told = [1000.0], []
    turned_away = TurnedAway(told.append, clock=lambda: now[0])
    turned_away.count_one()
    turned_away.count_one()
    turned_away.count_one()
    assert told == [1]
    now[0] += 59
    turned_away.tell_when_due()
    assert told == [1]
    now[0] += 1
    turned_away.tell_when_due()
    turned_away.tell_when_due()
    assert told == [1, 2]


def test_the_line_for_the_staff_holds_a_count_and_nobody(db):
    tell_staff(7)
    line = Line.objects.get(action="turn_away")
    assert (line.actor, line.detail) == ("public", {"requests": 7})


def test_a_database_that_does_not_answer_stops_nothing(monkeypatch):
    monkeypatch.setattr("vertrouwd.project.turned_away.record", lambda **_: 1 / 0)
    tell_staff(7)
