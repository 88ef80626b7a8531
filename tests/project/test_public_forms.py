"""A form of the public site counts when it came from its own page; no cookie, no token."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

OURS = "meldpunt.example.nl"


def form(request):
    return HttpResponse("aangekomen")


urlpatterns = [path("formulier", form)]


@pytest.fixture
def visitor(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = [OURS]
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def sent(visitor, **headers: str) -> int:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return visitor.post("/formulier", {"a": "b"}, headers={"host": OURS, **told}).status_code


def test_a_form_of_our_own_page_counts(visitor):
    assert sent(visitor, sec_fetch_site="same-origin") == 200
    assert sent(visitor, sec_fetch_site="same-origin", origin="null") == 200


def test_a_browser_that_tells_nothing_counts_as_our_own(visitor):
    assert sent(visitor) == 200


@pytest.mark.parametrize("origin", ["null", f"https://{OURS}", f"http://{OURS}"])
def test_an_older_browser_is_known_by_its_origin(visitor, origin):
    assert sent(visitor, origin=origin) == 200


@pytest.mark.parametrize("told", ["cross-site", "same-site", "none", "", "SAME-ORIGIN", "x"])
def test_a_form_of_another_site_is_refused_whatever_its_origin_says(visitor, told):
    for origin in (f"https://{OURS}", "null"):
        assert sent(visitor, sec_fetch_site=told, origin=origin) == 400


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", f"https://{OURS}.evil.example", f"https://evil-{OURS}",
        f"https://{OURS}:8443", f"https://a@{OURS}", f"ftp://{OURS}", OURS, "", "nonsense",
    ],
)  # fmt: skip
def test_an_older_browser_at_another_site_is_refused(visitor, origin):
    assert sent(visitor, origin=origin) == 400


def test_under_TLS_a_page_without_it_is_none_of_ours(visitor, settings):
    settings.TLS = True
    assert sent(visitor, origin=f"https://{OURS}") == 200
    assert sent(visitor, origin=f"http://{OURS}") == 400


def test_who_only_looks_may_come_from_anywhere(visitor):
    headers = {"host": OURS, "sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    assert visitor.get("/formulier", headers=headers).status_code == 200


def test_the_refusal_is_a_calm_page_with_the_way_out(visitor):
    answer = visitor.post(
        "/formulier", {"naam": "een geheim"}, headers={"host": OURS, "sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 400
    assert b'id="exit"' in answer.content
    assert b"een geheim" not in answer.content
