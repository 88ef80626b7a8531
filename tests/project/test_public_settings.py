"""What the public process is made of: nothing that logs in, nothing of the casework, few keys."""

import json
import os
import re
import subprocess
import sys

import pytest

LOOK = """
import vertrouwd.project.wsgi
import json, sys
from django.conf import settings
from django.urls import get_resolver

def callbacks(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from callbacks(pattern.url_patterns)
        else:
            yield pattern.callback.__module__

print(json.dumps({
    "modules": sorted(sys.modules),
    "views": sorted(set(callbacks(get_resolver().url_patterns))),
    "apps": settings.INSTALLED_APPS,
    "middleware": settings.MIDDLEWARE,
    "settings": repr({name: getattr(settings, name) for name in dir(settings)}),
}))
"""
FORBIDDEN_APPS = "auth|sessions|admin|messages|axes|allauth|desk|demonstration|contenttypes"
FORBIDDEN_MODULES = re.compile(
    r"django\.contrib\.(sessions|admin|messages|auth\.(models|views|backends|middleware|forms))"
    r"|axes|allauth|fido2|vertrouwd\.(desk|demonstration)"
    r"|vertrouwd\.accounts\.(?!(\w+\.)?(\w+_)?models$|(login|people|unlock)$|terms$|policy$|gates$|apps$)"
    r"|vertrouwd\.(audit|sealing|dossiers)\.\w*(views|urls|forms|middleware)\w*"
    r"|vertrouwd\.project\.(casework_urls|settings\.(casework|login|command))"
)
OTHER = "vertrouwd.project.settings.test"
HEAVY = {"duckdb", "pyarrow", "numpy", "highspy", "typst", "odfdo", "openpyxl", "rapidfuzz"}


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A home in which the casework has made its keys, and what the public process then loads."""
    home = tmp_path_factory.mktemp("home")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VERTROUWD_", "DJANGO_"))}
    environment = {**kept, "VERTROUWD_HOME": str(home)}

    def run(code: str) -> str:
        words = [sys.executable, "-c", code]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    run("import vertrouwd.project.casework_wsgi")
    (home / "pepper.key").write_text("a pepper that must not be seen")
    return home, json.loads(run(LOOK))


def test_no_app_and_no_middleware_of_it_logs_in_or_shows_a_case(installation):
    _, public = installation
    named = re.compile(rf"\b({FORBIDDEN_APPS})\b", re.IGNORECASE)
    assert not [name for name in public["apps"] if named.search(name)]
    assert not [name for name in public["middleware"] if named.search(name)]
    assert not [name for name in public["middleware"] if "csrf" in name.lower()]


def test_no_module_of_login_or_casework_is_loaded(installation):
    _, public = installation
    assert not [name for name in public["modules"] if FORBIDDEN_MODULES.match(name)]


def test_its_pages_are_those_of_the_publication_the_signpost_and_the_public_door(installation):
    _, public = installation
    parts = ("publication.views", "signpost.views", "project.plain_pages")
    door = ("intake.plain.views", "intake.form.views", "intake.postvak.views")
    assert set(public["views"]) <= {f"vertrouwd.{each}" for each in (*parts, *door)}


def test_nothing_heavy_is_loaded(installation):
    _, public = installation
    assert not HEAVY & {name.partition(".")[0] for name in public["modules"]}


def test_no_key_of_the_casework_stands_in_its_settings(installation):
    home, public = installation
    keys = [*(home / "keys" / "casework").iterdir(), home / "pepper.key"]
    assert len(keys) >= 2
    for path in keys:
        assert path.read_text().strip() not in public["settings"], path.name


def test_its_settings_cannot_be_swapped_from_outside(installation):
    home, _ = installation
    code = "import vertrouwd.project.wsgi as p; from django.conf import settings as s;"
    done = subprocess.run(
        [sys.executable, "-c", code + "print(s.VERTROUWD_PROCESS)"],
        env={**os.environ, "VERTROUWD_HOME": str(home), "DJANGO_SETTINGS_MODULE": OTHER},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "public\n"
