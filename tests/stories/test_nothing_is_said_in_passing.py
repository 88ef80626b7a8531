"""Nothing is said in passing: words are planted wherever they come in, and then looked for.

Both sites run as they do in an office. Planted is by the table `plantings.PLANTINGS`: each row
first proves that its words arrived. Then everything is searched that these words are not for.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.project.running import running
from tests.stories.canaries import CANARIES, PASSWORD, make_house
from tests.stories.plantings import PLANTINGS
from tests.stories.sites import Sites, open_sessions
from tests.stories.visitor import Answer
from tests.traces import files_below, traces

ALL_LINES = """
import json
from django.db import connection
from vertrouwd.audit.sealer import chain_pending
chain_pending()
told = {}
for table in connection.introspection.table_names():
    if table.startswith("audit_"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            told[table] = [dict(zip(names, map(str, row))) for row in cursor.fetchall()]
print(json.dumps(told))
"""
CLOSE_THE_MONTH = """
from datetime import timedelta
from django.utils import timezone
from vertrouwd.audit.segments import close_months
print(len(close_months(now=timezone.now() + timedelta(days=40))))
"""


FIRST = ("/inloggen", "/ontgrendelen")


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> Iterator[tuple[Sites, dict[str, str]]]:
    """Everything was planted, the sites have stopped; and what proved each planting."""
    house = make_house(tmp_path_factory.mktemp("kanarie") / "huis")
    proofs: dict[str, str] = {}
    with running(house.home, TMPDIR=str(house.temporary)) as serving:
        sites = Sites(house, serving)
        for name, plant in PLANTINGS.items():
            proofs[name] = plant(sites)
            sites.sessions += open_sessions(house)
        house.said["both sites"] = serving.said
    yield sites, proofs


@pytest.fixture(scope="module")
def sites(planted) -> Sites:
    return planted[0]


@pytest.fixture(scope="module")
def secrets(sites) -> dict[str, str | bytes]:
    """Every canary, and the real secrets that were made on the way."""
    kept = sites.house.secrets
    raw = {f"{n}, raw": bytes.fromhex(v) for n, v in kept.items() if n.startswith("seed")}
    return {**CANARIES, **kept, **raw, "password": PASSWORD}


@pytest.mark.parametrize("name", PLANTINGS)
def test_what_is_planted_has_arrived(planted, name):
    assert planted[1][name]


def test_the_sites_and_the_commands_say_no_planted_word(sites, secrets):
    """Also with VERTROUWD_TRACEBACK=1: what we raise does not quote what came in."""
    said = sites.house.said
    assert len(said) > 25
    assert any("traceback" in name for name in said)
    assert said["both sites"].count('"event": "request"') > 1000
    # To who imports a file it is said which one it was, and which columns were left out.
    of_a_file = {"column of one's own", "name of a file"}
    imports = {name: text for name, text in said.items() if name.startswith("import-reports")}
    others = {name: text for name, text in said.items() if name not in imports}
    assert traces(secrets, others) == []
    assert traces({n: s for n, s in secrets.items() if n not in of_a_file}, imports) == []


def test_no_column_of_the_log_holds_a_planted_word(sites, secrets):
    told = json.loads(sites.house.python(ALL_LINES))
    lines = told["audit_line"]
    actions = {line["action"] for line in lines}
    assert len(lines) > 300
    assert {"break_glass", "unlock", "log_in", "search", "seal_texts", "open_texts"} <= actions
    assert {line["result"] for line in lines} == {"done", "refused"}
    assert len(told["audit_link"]) == len(lines)
    assert traces(secrets, {table: json.dumps(rows) for table, rows in told.items()}) == []


def test_no_exported_month_and_no_anchor_holds_a_planted_word(sites, secrets, tmp_path):
    house = sites.house
    key = tmp_path / "anchor.key"
    assert house.command("make-anchor-key", "--to", str(key)) == 0
    assert house.command("sign-anchor", "--key", str(key), "--to", str(tmp_path)) == 0
    assert int(house.python(CLOSE_THE_MONTH)) == 1
    [month] = (house.home / "audit").glob("*.jsonl.gz")
    content = gzip.decompress(month.read_bytes())
    assert content.count(b"\n") > 300
    places = {"month": content} | files_below(house.home / "audit", tmp_path)
    assert any("anchor" in place for place in places)
    assert traces(secrets, places) == []


def test_no_address_no_header_and_no_title_holds_a_planted_word(sites, secrets):
    answers = sites.answers
    assert sum(bool(answer.location) for answer in answers) > 50
    assert len({answer.title for answer in answers}) > 15
    shown = {f"{number}: {each.asked}": _shown(each) for number, each in enumerate(answers)}
    assert traces(secrets, {"all of them": "\n".join(shown.values())}) == [], [
        place for place, text in shown.items() if traces(secrets, {place: text})
    ][:5]


def test_no_byte_of_the_database_holds_a_planted_word(sites, secrets):
    files = {p.name: p.read_bytes() for p in sites.house.home.glob("vertrouwd.sqlite3*")}
    assert sum(map(len, files.values())) > 500_000
    sessions = set(sites.sessions)
    assert len(sessions) > 50
    assert any("login.second_step" in session for session in sessions)
    assert traces(secrets, {**files, "what sessions held": "\n".join(sessions)}) == []


def test_no_other_file_of_the_installation_holds_a_planted_word(sites, secrets):
    home = sites.house.home
    databases = list(home.glob("vertrouwd.sqlite3*"))
    files = files_below(home, without=databases)
    assert {"pepper.key", "team.fingerprint", "secret.key"} <= {Path(name).name for name in files}
    assert traces(secrets, files) == []


def test_nothing_at_all_is_left_in_temporary_folders(sites):
    assert list(sites.house.temporary.rglob("*")) == []


def test_a_fault_is_said_by_kind_and_place(sites):
    lines = [
        json.loads(each) for each in sites.house.said["both sites"].splitlines() if each[:1] == "{"
    ]
    faults = [line for line in lines if line["event"] == "fault"]
    assert len(faults) >= 3
    assert all(re.fullmatch(r"[\w.]+:\d+", fault["ours"]) for fault in faults)


def _shown(answer: Answer) -> str:
    """What of an answer stays behind in histories, proxies and tabs.

    Each browser gets its own half of a key in the cookie `unlock`, and there alone. Who must log in
    or unlock first is led back to the address that was asked: only its own path is told back.
    """
    own = {f"{page}?next={quote(urlsplit(answer.path).path, safe='/')}" for page in FIRST}
    headers = [
        f"{name}: {value}"
        for name, value in answer.headers
        if not (name.lower() == "set-cookie" and value.startswith("unlock="))
        and not (name.lower() == "location" and value.replace("%2F", "/") in own)
    ]
    return "\n".join([answer.title, *headers])


def test_nobody_gets_a_mail_about_any_of_it(casework, db, home, mailoutbox):
    """None is sent yet; the day one is, this says to search it as the rest is searched."""
    from django.test import Client

    from tests.factories import make_dossier
    from tests.people import log_in, make_user
    from tests.teams import Team
    from vertrouwd.accounts.terms import Role
    from vertrouwd.dossiers.assigning import break_glass
    from vertrouwd.dossiers.terms import GlassGround

    inspector, administrator = (
        make_user(roles=[role]) for role in (Role.INSPECTOR, Role.ADMINISTRATOR)
    )
    team = Team(inspector)
    reason = CANARIES["reason of a broken glass"]
    break_glass(
        make_dossier().reference, ground=GlassGround.DANGER, reason=reason, by=inspector,
        opened=team.opened(inspector),
    )  # fmt: skip
    browser = Client()
    log_in(browser, administrator)
    invited = browser.post("/mensen", {"username": "nieuw", "name": "Nieuw"})
    assert invited.status_code == 200
    assert mailoutbox == []
