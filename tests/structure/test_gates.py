"""Every page of both sites states who may come in; what states nothing does not pass."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import path

from vertrouwd.accounts.gates import public, requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.project.routes import URL_CONFIGURATIONS, routes_in

PROGRAM = Path(sys.executable).with_name("vertrouwd")
# Before anybody has logged in: the login itself, its second step, what is no page; and the page
# for somebody who was invited, and has no account to log in with yet.
PUBLIC_IN_CASEWORK = (
    "/inloggen", "/uitloggen", "/twee-stappen", "/welkom", "/.well-known/", "/health",
)  # fmt: skip


def routes(site: str) -> list:
    patterns = importlib.import_module(URL_CONFIGURATIONS[site]).urlpatterns
    return list(routes_in(patterns, site=site))


@pytest.mark.parametrize("site", URL_CONFIGURATIONS)
def test_every_page_states_its_gate(site):
    assert not [route.path for route in routes(site) if route.gate == "none"]


def test_every_page_of_the_public_process_is_public():
    assert [route.path for route in routes("public") if not route.is_public] == []


def test_of_the_casework_only_the_way_in_is_public():
    open_to_all = [route.path for route in routes("casework") if route.is_public]
    assert "/health" in open_to_all
    assert not [found for found in open_to_all if not found.startswith(PUBLIC_IN_CASEWORK)]


def test_a_page_without_a_gate_is_seen_and_a_gate_is_named():
    def silent(request):
        return HttpResponse()

    gates = {
        route.path: route.gate
        for route in routes_in(
            [
                path("a", silent),
                path("b", public(lambda request: HttpResponse())),
                path("c/<int:n>", requires(Permission.HANDLE_CASES, unlocked=True)(silent)),
            ],
            site="casework",
        )
    }
    assert gates == {"/a": "none", "/b": "public", "/c/<int:n>": "handle cases, unlocked"}


@pytest.mark.slow
def test_the_command_lists_what_the_urls_say():
    shown = subprocess.run([PROGRAM, "list-routes", "--json"], capture_output=True, check=True)
    listed = [(route["site"], route["path"], route["gate"]) for route in json.loads(shown.stdout)]
    said = [(r.site, r.path, r.gate) for site in URL_CONFIGURATIONS for r in routes(site)]
    assert listed == said
    lines = subprocess.run([PROGRAM, "list-routes"], capture_output=True, text=True, check=True)
    assert [line.split()[0] for line in lines.stdout.splitlines()] == [found[1] for found in said]
    for line, (_, _, gate) in zip(lines.stdout.splitlines(), said, strict=True):
        assert (line.split()[1] == "public") == (gate == "public")
