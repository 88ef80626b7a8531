"""Every answer of the public process carries the headers of the contract, errors too."""

import logging
import re

import pytest
from django.test import Client

from vertrouwd.project.capacity import BUSY

FONT = "/static/publication/vertrouwd-sans-regular"
CSP = {
    "default-src": {"'none'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}


def policy(response) -> dict[str, set[str]]:
    """The directives of the policy; their order varies per process."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {part[0]: set(part[1:]) for part in parts}


def cross_site(client):
    return client.post("/wegwijzer", headers={"sec-fetch-site": "cross-site"})


def too_much(client):
    return client.post("/wegwijzer", {"state": "a" * 2_000_000})


def too_many(client):
    return client.post("/wegwijzer", {f"veld{number}": "a" for number in range(600)})


def busy(client):
    return client.post("/melden", {"state": "a"}, **{BUSY: True})


ANSWERS = {
    "a page": (200, lambda client: client.get("/")),
    "a form": (200, lambda client: client.get("/melden")),
    "the mailbox": (200, lambda client: client.get("/postvak")),
    "a style": (200, lambda client: client.get("/static/publication/publication.css")),
    "a script": (200, lambda client: client.get("/static/publication/exit.js")),
    "letters": (200, lambda client: client.get(f"{FONT}.woff2")),
    "security.txt": (200, lambda client: client.get("/.well-known/security.txt")),
    "the way out": (302, lambda client: client.get("/weg")),
    "only the head": (200, lambda client: client.head("/")),
    "no page": (404, lambda client: client.get("/bestaat-niet")),
    "no file": (404, lambda client: client.get("/static/bestaat-niet.css")),
    "a sign nobody types": (400, lambda client: client.get("/a%00b")),
    "an address that looks like another site": (200, lambda client: client.get("//x")),
    "a host that is not ours": (400, lambda c: c.get("/", headers={"host": "evil.example"})),
    "a form of another site": (400, cross_site),
    "a state made up": (400, lambda client: client.post("/wegwijzer", {"state": "1.abc"})),
    "a form that is too large": (400, too_much),
    "a form of too many fields": (400, too_many),
    "no way to ask": (405, lambda client: client.post("/cijfers")),
    "an unknown way to ask": (405, lambda client: client.generic("VERZIN", "/privacy")),
    "too busy": (503, busy),
}
NEVER_KEPT = ("a form", "the mailbox", "the way out", "too busy")


@pytest.fixture(params=ANSWERS)
def response(request, db, home):
    expected, ask = ANSWERS[request.param]
    answer = ask(Client(raise_request_exception=False))
    assert answer.status_code == expected
    return answer


@pytest.mark.parametrize("which", NEVER_KEPT)
def test_what_is_about_one_reporter_is_kept_nowhere(which, db, home):
    answer = ANSWERS[which][1](Client())
    assert "no-store" in answer["Cache-Control"]


def test_the_policy_allows_nothing_but_our_own_files(response):
    said = policy(response)
    assert {name: said.get(name) for name in CSP} == CSP
    assert said["script-src"] == {"'self'"}  # the quick exit, faster
    assert "unsafe" not in response["Content-Security-Policy"]


def test_nothing_is_told_to_others(response):
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Permissions-Policy"]


def test_no_cookie_is_set(response):
    assert not response.cookies


def test_the_server_says_nothing_about_itself(response):
    assert not re.search(r"granian|python|django|\d", response["Server"], re.IGNORECASE)


def test_a_page_that_breaks_carries_the_headers_too(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get("/breaks")
    assert response.status_code == 500
    assert policy(response)["default-src"] == {"'none'"}
    assert response["Referrer-Policy"] == "no-referrer"
    assert b"a secret" not in response.content


def test_other_sites_may_not_read_our_files(client):
    answer = client.get("/static/publication/publication.css")
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer


def test_a_refused_request_leaves_nothing_in_the_log():
    """The log of the real settings: caplog would add a handler of its own."""
    logger = logging.getLogger("django.security.TooManyFieldsSent")
    heard = []
    while logger is not None:
        heard += [type(handler) for handler in logger.handlers]
        logger = logger.parent if logger.propagate else None
    assert logging.StreamHandler not in heard


def breaks(request):
    raise RuntimeError("a secret")


def urls():
    from django.urls import path

    return [path("breaks", breaks)]


urlpatterns = urls()
