"""The log says what happened and where in the code; never what somebody typed, or who."""

import json
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.project.running import running, wait_until
from vertrouwd.project import logs

CANARY = "kanarie"
MUCH = f"{CANARY}-Jan-Jansen-groep-8"


@pytest.fixture
def said(monkeypatch):
    """The lines written in this test, and what was left out."""
    lines = []

    class Written:
        def msg(self, event, **values):
            from structlog import DropEvent

            with suppress(DropEvent):
                lines.append(logs.only_listed(None, "msg", {"event": event, **values}))

    monkeypatch.setattr(logs, "_log", Written)
    monkeypatch.setattr(logs, "left_out", logs.LeftOut(say_from=10**9))
    return lines


def test_a_listed_event_with_listed_keys_gets_through(said):
    logs.say("request", method="GET", route="overview", status=200, milliseconds=3)
    assert said == [
        {"event": "request", "method": "GET", "route": "overview", "status": 200, "milliseconds": 3}
    ]


def test_an_event_that_is_not_listed_is_dropped_and_counted(said):
    logs.say("narrative", text="Op het schoolplein")
    assert said == []
    assert logs.left_out.lines == 1


def test_a_key_that_is_not_listed_is_dropped_and_counted(said):
    logs.say("request", status=200, path="/dossiers/2026-00017", user_agent="x", address="::1")
    assert said == [{"event": "request", "status": 200}]
    assert logs.left_out.values == 3


@pytest.mark.parametrize(
    "value",
    ["Jan Jansen", "a/b", "jan@school.example", "?x=1", "é", "x" * 121, "",
     [1], {"a": 1}, b"x", object()],
)  # fmt: skip
def test_a_value_that_may_hold_words_is_dropped_also_under_a_listed_key(said, value):
    logs.say("fault", kind=value)
    assert said == [{"event": "fault"}]


@given(text=st.text())
def test_no_sentence_gets_through_whatever_it_is(text):
    if any(sign in text for sign in " /@?&=\n'\"\0"):
        assert not logs.is_plain(text)


def test_what_was_left_out_is_said_sometimes():
    code = """
from vertrouwd.project import logs
for _ in range(30):
    logs.say("unknown", text="secret words")
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in shown.stderr.splitlines()]
    assert [(line["event"], line["lines"]) for line in lines] == [("left_out", 1), ("left_out", 10)]


def test_a_fault_is_said_by_its_kind_and_its_place_here_and_in_our_own_code(said):
    def breaks():
        logs.stamp(None, "", {"no event": MUCH})

    with pytest.raises(KeyError) as fault:
        breaks()
    logs.say_fault(fault.value)
    assert said[0]["kind"] == "KeyError"
    assert said[0]["ours"].startswith("vertrouwd.project.logs:")
    assert MUCH not in json.dumps(said)


def test_what_a_library_says_is_said_by_place_only(said, settings):
    import logging

    record = logging.LogRecord("axes.x", logging.WARNING, "a.py", 3, f"{MUCH} %s", (MUCH,), None)
    logs.Handler().emit(record)
    assert said == [{"event": "library", "logger": "axes.x", "level": "WARNING", "place": "a:3"}]


def test_a_method_of_ones_own_making_is_not_repeated():
    assert logs.method_of("POST") == "POST"
    assert logs.method_of(MUCH) == "other"


def test_the_time_of_a_request_is_the_minute():
    assert logs.stamp(None, "", {"event": "request"})["at"].endswith(":00+00:00")


def test_of_real_requests_nothing_but_page_status_and_time_reaches_the_log(tmp_path):
    with running(tmp_path / "home") as server:
        for port in server.ports:
            canary = {
                "User_Agent": MUCH, "Referer": f"http://{MUCH}/", "X_Forwarded_For": MUCH,
                "Cookie": f"login={MUCH}; csrf={MUCH}", "Accept_Language": MUCH, "X_Canary": MUCH,
            }  # fmt: skip
            for path in (f"/{MUCH}", f"/?q={MUCH}", f"/cijfers/{MUCH}", f"/inloggen?next=/{MUCH}"):
                server.ask(port, path, **canary)
                for kind in ("application/x-www-form-urlencoded", f"multipart/form-data; {MUCH}"):
                    form = {**canary, "Content_Type": kind, "Origin": f"http://{MUCH}"}
                    body = f"username={MUCH}&password={MUCH}".encode()
                    server.ask(port, path, method="POST", body=body, **form)
            server.ask(port, "/", method=MUCH.upper())
            server.ask(port, "/", Host=MUCH)
            server.send(port, MUCH.encode() * 100 + b"\r\n\r\n")
        assert wait_until(lambda: server.said.count('"event": "request"') >= 28)
        lines = [json.loads(line) for line in server.said.splitlines() if line.startswith("{")]
    assert CANARY not in server.said.lower()
    assert not {"127.0.0.1", "::1"} & {str(v) for line in lines for v in line.values()}
    assert {line["event"] for line in lines} <= {"request", "library", "left_out"}
    for line in lines:
        if line["event"] == "request":
            keys = {"at", "event", "method", "route", "status", "milliseconds", "process"}
            assert line.keys() == keys


BREAKS = """
import sys
from django.test import Client
{process}
from django.conf import settings
from django.urls import path
from django.views.decorators.http import require_safe
import threading, types
from vertrouwd.project import logs
from vertrouwd.project.last_resort import with_last_resort
logs.catch_faults()

def breaks(request, words=None):
    raise RuntimeError("{words}")

module = types.ModuleType("broken")
module.urlpatterns = [path("<str:words>", breaks)]
sys.modules["broken"] = module
settings.ROOT_URLCONF = "broken"
client = Client(raise_request_exception=False)
print(client.get("/{words}", {{"q": "{words}"}}, HTTP_HOST="localhost").status_code)
thread = threading.Thread(target=breaks, args=(None,)); thread.start(); thread.join()
answered = []
careful = with_last_resort(lambda environ, start: breaks(environ), process="public")
body = careful({{}}, lambda *words: answered.extend(words))
print(answered[0], b"".join(body).decode().strip())
import warnings, logging
logging.captureWarnings(True)
warnings.warn("{words}")
raise ValueError("{words}")
"""


@pytest.mark.parametrize("process", ["wsgi", "casework_wsgi"])
def test_a_page_that_breaks_is_said_without_what_it_was_reading(tmp_path, process):
    code = BREAKS.format(process=f"import vertrouwd.project.{process}", words=MUCH)
    shown = subprocess.run(
        [sys.executable, "-c", code],
        env={"VERTROUWD_HOME": str(tmp_path / "home"), "PATH": ""},
        capture_output=True, text=True,
    )  # fmt: skip
    assert shown.stdout.splitlines() == [
        "500",
        "500 Internal Server Error Er ging iets mis bij ons. Probeer het later nog eens.",
    ]
    assert CANARY not in shown.stderr
    assert "Traceback" not in shown.stderr
    lines = [json.loads(line) for line in shown.stderr.splitlines()]
    assert [line["kind"] for line in lines if line["event"] == "fault"] == [
        "RuntimeError", "RuntimeError", "RuntimeError", "ValueError",
    ]  # fmt: skip
    assert any(line["event"] == "library" and line["logger"] == "py.warnings" for line in lines)
