"""When it is busy, broken or short of its pepper: a calm page, and the phrase nowhere."""

import io
import logging
import sys
import threading

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.views.debug import ExceptionReporter

from tests.accounts.holders import hidden, make_holder, words_on
from tests.people import log_in, make_user
from vertrouwd.accounts.models import OpenSession
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock import keys as unlock_keys
from vertrouwd.accounts.unlock import pages as unlock_pages
from vertrouwd.accounts.unlock.pepper import pepper_file
from vertrouwd.audit.models import Line
from vertrouwd.sealing.passphrases import AT_ONCE, turn


@pytest.fixture
def held(db, casework, home):
    return make_holder(make_user("ine", roles=[Role.INSPECTOR]))


@pytest.fixture
def inside(client, held):
    log_in(client, held.user)
    return client


def test_when_too_many_unlock_at_once_one_is_asked_to_wait_and_it_counts_as_no_mistake(
    inside, held, monkeypatch
):
    monkeypatch.setattr(unlock_keys, "PATIENCE", 0.01)
    turns = [turn() for _ in range(AT_ONCE)]
    for one in turns:
        one.__enter__()
    try:
        answers = [inside.post("/ontgrendelen", {"phrase": held.phrase}) for _ in range(5)]
        making = inside.post("/sleutel/nieuw", {"understood": "on"})
    finally:
        for one in turns:
            one.__exit__(None, None, None)
    for answer in [*answers, making]:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Er is het nu druk" in answer.content.decode()
    assert inside.post("/ontgrendelen", {"phrase": held.phrase}).status_code == 302


def test_twice_as_many_at_once_as_there_are_places_all_get_their_turn(held):
    opened, failed = [], []

    def unlock() -> None:
        try:
            key = unlock_keys.passphrase_key(held.phrase, salt=b"\1" + bytes(16), pepper=bytes(32))
            opened.append(key)
        except Exception as failure:
            failed.append(failure)

    threads = [threading.Thread(target=unlock) for _ in range(2 * AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(set(opened)) == 1
    assert len(opened) == 2 * AT_ONCE


def test_without_the_right_pepper_the_page_sends_one_to_the_administrator(inside, held):
    pepper_file().unlink()
    answer = inside.post("/ontgrendelen", {"phrase": held.phrase})
    assert answer.status_code == 503
    assert "Vraag de beheerder om hulp" in answer.content.decode()
    assert Line.objects.last().detail == {"reason": "no_pepper"}
    pepper_file().write_text("broken")
    assert inside.post("/ontgrendelen", {"phrase": held.phrase}).status_code == 503
    assert inside.get("/sleutel").status_code == 200


@pytest.fixture
def said():
    """Everything that any logger writes, with tracebacks."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.DEBUG)
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "vertrouwd")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


def places(said, capsys, *answers) -> str:
    """Everything that outlives a request: logs, output, audit, sessions, pages."""
    out = capsys.readouterr()
    audit = [f"{line.action} {line.object} {line.detail}" for line in Line.objects.all()]
    sessions = [row.data for row in OpenSession.objects.all()]
    pages = [answer.content.decode() for answer in answers]
    return "\n".join([said.getvalue(), out.out, out.err, *audit, *sessions, *pages])


def test_a_fault_in_the_middle_of_unlocking_shows_the_phrase_nowhere(
    held, monkeypatch, said, capsys, settings
):
    settings.DEBUG = False

    def broken(**facts):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(unlock_pages, "begin", broken)
    client = Client(raise_request_exception=False)
    log_in(client, held.user)
    answer = client.post("/ontgrendelen", {"phrase": held.phrase})
    assert answer.status_code == 500
    everything = places(said, capsys, answer)
    assert "RuntimeError" in everything  # the fault itself is told
    assert held.phrase not in everything
    assert not [word for word in held.phrase.split() if f" {word} " in everything]


@pytest.mark.parametrize(("module", "name"), [(unlock_pages, "begin"), (unlock_keys, "_opened")])
def test_a_report_of_the_fault_for_the_administrator_shows_no_phrase_and_no_seed(
    held, monkeypatch, settings, module, name
):
    settings.DEBUG = False
    reports = []

    def report(*, request, **_) -> None:
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_html())

    def broken(*facts, **named):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(module, name, broken)
    client = Client(raise_request_exception=False)
    log_in(client, held.user)
    got_request_exception.connect(report)
    try:
        client.post("/ontgrendelen", {"phrase": held.phrase})
    finally:
        got_request_exception.disconnect(report)
    [told] = reports
    assert "the disk is full" in told
    assert held.phrase not in told
    assert repr(held.secret.seed)[2:40] not in told


def test_the_story_of_a_key_leaves_its_phrase_in_no_log_session_or_audit(
    inside, held, said, capsys
):
    inside.post("/ontgrendelen", {"phrase": held.phrase})
    shown = inside.post("/sleutel/wachtzin")
    phrase = words_on(shown)
    typed = {"travelling": hidden(shown, "travelling"), "phrase": phrase, "purpose": "wachtzin"}
    after = inside.post("/sleutel/overtypen", typed)
    page = inside.get("/sleutel")
    everything = places(said, capsys, after, page)
    assert phrase not in everything
    assert held.phrase not in everything
