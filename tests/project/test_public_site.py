"""What an installation says of its public site: checked before it serves, shown as it was said."""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.test import Client

from vertrouwd import intake, publication, signpost
from vertrouwd.project.addresses import Address
from vertrouwd.project.public_site import EXIT, contact, exit_address, onion_address
from vertrouwd.project.server import serve_both

# The onion services of the Tor Project and of DuckDuckGo: real names of version 3.
ONIONS = (
    "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion",
    "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion",
)
ONION = ONIONS[0]
OURS = "meldpunt.example.nl"


@pytest.fixture
def visitor(settings, home) -> Client:
    settings.VERTROUWD_ONION = ONION
    settings.ALLOWED_HOSTS = [OURS, ONION]
    settings.TLS = True
    return Client(raise_request_exception=False)


def at(visitor, address: str, host: str = OURS, **more):
    return visitor.get(address, headers={"host": host}, **more)


@pytest.mark.parametrize("name", ONIONS)
def test_an_onion_name_is_taken_as_it_is_copied(name):
    assert onion_address(name) == name
    assert onion_address(f"http://{name.upper()}/ ".replace("HTTP", "http")) == name
    assert onion_address("") == ""


@pytest.mark.parametrize(
    "wrong",
    [
        ONION.replace("2", "3", 1), ONION[1:], "a" * 56 + ".onion", "expyuzz4wqqyqhjn.onion",
        "meldpunt.example.nl", f"{ONION}/melden", f"user@{ONION}", ONION.replace("onion", "onlon"),
    ],
)  # fmt: skip
def test_a_mistyped_onion_name_is_refused_with_the_reason(wrong):
    with pytest.raises(ValueError, match="56 signs"):
        onion_address(wrong)


def test_who_comes_by_the_open_internet_is_told_of_the_onion_service(visitor):
    for address in ("/", "/privacy", "/melden", "/wegwijzer"):
        assert at(visitor, address)["Onion-Location"] == f"http://{ONION}{address}"
    assert at(visitor, "/?taal=en")["Onion-Location"] == f"http://{ONION}/?taal=en"


@pytest.mark.parametrize(
    "address", ["/cijfers/2022-2023", "/een-naam", "/weg", "/static/publication/icon.svg"]
)
def test_nothing_that_somebody_typed_is_repeated_in_it(visitor, address):
    assert "Onion-Location" not in at(visitor, address)


def test_what_was_asked_behind_the_address_is_not_repeated(visitor):
    answer = at(visitor, "/privacy?naam=iemand&taal=nl")
    assert answer["Onion-Location"] == f"http://{ONION}/privacy"


def test_without_the_setting_there_is_no_such_header(visitor, settings):
    settings.VERTROUWD_ONION = ""
    assert "Onion-Location" not in at(visitor, "/")


def test_at_the_onion_service_itself_nothing_speaks_of_TLS(visitor):
    there = at(visitor, "/", ONION)
    assert there.status_code == 200
    assert "Onion-Location" not in there
    assert "Strict-Transport-Security" not in there
    assert "Strict-Transport-Security" in at(visitor, "/")


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (ONION, f"http://{ONION}", 200), (ONION, "null", 200),
        (ONION, f"https://{OURS}", 400), (OURS, f"http://{ONION}", 400),
        (OURS, f"http://{OURS}", 400), (OURS, f"https://{OURS}", 200),
    ],
)  # fmt: skip
def test_a_form_of_the_onion_service_counts_there_alone(visitor, host, origin, status):
    page = at(visitor, "/wegwijzer", host).content.decode()
    state = page.partition('name="state" value="')[2].partition('"')[0]
    form = {"state": state, "antwoord": "nee", "ga": "verder"}
    answer = visitor.post("/wegwijzer", form, headers={"host": host, "origin": origin})
    assert answer.status_code == status


def test_the_page_about_safety_gives_the_onion_name_and_no_link(visitor, settings):
    assert ONION in at(visitor, "/veilig-melden").content.decode()
    settings.VERTROUWD_ONION = ""
    assert ".onion" not in at(visitor, "/veilig-melden").content.decode()


def test_the_way_out_leads_where_the_installation_says():
    assert exit_address("") == EXIT
    assert exit_address("https://www.example.nl/weer") == "https://www.example.nl/weer"
    for wrong in ("http://example.nl/", "example.nl", "https://", "javascript:x", "https://a b"):
        with pytest.raises(ValueError, match="VERTROUWD_EXIT_URL"):
            exit_address(wrong)


def test_whom_to_reach_is_one_line_that_leads_to_no_other_site():
    assert (
        contact("X", "  Team privacy,\n privacy@example.nl ") == "Team privacy, privacy@example.nl"
    )
    for wrong in ("https://example.nl", "a" * 301):
        with pytest.raises(ValueError, match="X is one line"):
            contact("X", wrong)


@pytest.mark.parametrize(
    ("address", "setting"),
    [
        ("/privacy", "VERTROUWD_PRIVACY_CONTACT"),
        ("/toegankelijkheid", "VERTROUWD_ACCESS_CONTACT"),
    ],
)
def test_what_nobody_filled_in_is_shown_as_to_be_checked(visitor, settings, address, setting):
    assert "nog niet ingevuld" in at(visitor, address).content.decode()
    setattr(settings, setting, "Team <b>, privacy@example.nl")
    page = at(visitor, address).content.decode()
    assert "nog niet ingevuld" not in page
    assert "Team &lt;b&gt;, privacy@example.nl" in page


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("VERTROUWD_ONION", "meldpunt.onion"),
        ("VERTROUWD_EXIT_URL", "http://example.nl"),
        ("VERTROUWD_PRIVACY_CONTACT", "https://example.nl"),
        ("VERTROUWD_ACCESS_CONTACT", "https://example.nl"),
    ],
)
def test_a_mistake_in_them_is_explained_and_nothing_is_served(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    monkeypatch.delitem(sys.modules, "vertrouwd.project.settings.site")
    with pytest.raises(CommandError, match=variable) as refusal:
        serve_both(Address("localhost", 1), Address("localhost", 2))
    assert refusal.value.returncode == 2


def test_whoever_finds_a_weakness_reads_whom_to_tell_and_until_when(visitor, settings):
    settings.SECURITY_CONTACT, settings.NAMED_HOSTS = "mailto:zwak@example.nl", [OURS]
    lines = at(visitor, "/.well-known/security.txt").content.decode().splitlines()
    said = dict(line.split(": ", 1) for line in lines)
    assert said["Contact"] == "mailto:zwak@example.nl"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=90) < left < timedelta(days=365)  # RFC 9116: less than a year
    assert said["Canonical"] == f"https://{OURS}/.well-known/security.txt"
    settings.SECURITY_CONTACT = ""
    assert at(visitor, "/.well-known/security.txt").content.startswith(b"# Te controleren")


@pytest.mark.parametrize("kind", ["css", "js", "svg"])
def test_no_file_of_a_public_page_leads_to_another_site(kind):
    apps = [Path(app.__file__).parent / "static" for app in (publication, signpost, intake)]
    files = [file for folder in apps for file in folder.rglob(f"*.{kind}")]
    assert files
    for file in files:
        text = file.read_text().replace("http://www.w3.org/2000/svg", "")  # the name of a language
        assert not re.search(r"https?:|url\(\s*[\"']?//|@import", text), file
