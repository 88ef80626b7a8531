"""Every answer of the public process carries the headers of the contract, errors too."""

import logging
import re

import pytest

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


@pytest.fixture(params=["/", "/bestaat-niet", "/static/bestaat-niet.css", "/a%00b", "//x"])
def response(request, client, db):
    client.raise_request_exception = False
    return client.get(request.param)


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
