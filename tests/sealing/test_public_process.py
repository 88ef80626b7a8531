"""The public process seals a report and holds no key that opens it; the reporter's code does.

Each runs in a real process with the settings of the public site and nothing else (`public_side`).
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.installation import Installation
from tests.homes import make_home

SAID = {
    "identity": {"contact": "roos@kanarie.example"},
    "thread": {"narrative": "De deur van het magazijn ging op slot. Ik was er bij."},
}
MAKE_A_TEAM = """
import json
from tests.accounts.holders import make_holder
from tests.people import make_user
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.sealing.ceremony import draft_team, found_team
held = make_holder(make_user("ine", roles=[Role.INSPECTOR]))
draft = draft_team()
found_team(draft, holders=[held.holder], by=system_actor())
print(json.dumps({
    "holder": held.secret.seed.hex(), "recovery": draft.recovery.seed.hex(),
    "team": draft.secret.key.seed.hex(),
}))
"""
THE_CASEWORK_OPENS = """
import json
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose
given = json.loads(input())
opened = Opened(SecretKey(bytes.fromhex(given["holder"])), HolderKey.objects.get())
both = [opened.texts(given["record"], p) for p in (Purpose.IDENTITY, Purpose.THREAD)]
print(json.dumps(both))
"""
CASEWORK = {"DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.casework"}


@dataclass(frozen=True)
class Filed:
    """An installation with a team, in which the public process has sealed one report."""

    installation: Installation
    seeds: dict[str, str]
    said: dict[str, Any]

    def public(self, act: str, **given: object) -> dict[str, Any]:
        return public(self.installation, act, given)


def public(made: Installation, act: str, given: dict[str, Any]) -> dict[str, Any]:
    """What a public process answers; without a choice of other settings."""
    environment = {k: v for k, v in made.environment.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.sealing.public_side", act],
        env=environment, input=json.dumps(given), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def filed(tmp_path_factory) -> Filed:
    made = Installation(make_home(tmp_path_factory.mktemp("public") / "home"), "")
    seeds = json.loads(made.run(MAKE_A_TEAM, **CASEWORK))
    return Filed(made, seeds, public(made, "seal", SAID))


def test_what_it_sealed_opens_for_the_team(filed):
    given = json.dumps({"holder": filed.seeds["holder"], "record": filed.said["record"]})
    read = filed.installation.run(THE_CASEWORK_OPENS, given=f"{given}\n", **CASEWORK)
    assert json.loads(read) == [SAID["identity"], SAID["thread"]]
    assert filed.said["status"] == "200"


def test_nothing_it_has_opens_what_it_sealed(filed):
    tried = filed.public("try", more=[])
    for name in ("setting SECRET_KEY", "setting FORM_KEY", "setting PROOF_KEY", "file secret.key"):
        assert name in tried["tried"]
    assert any(name.startswith("Grant 1") for name in tried["tried"])
    assert len(tried["tried"]) > 300
    assert tried["opens"] == []


def test_nothing_that_opens_it_is_left_behind_where_it_was_sealed(filed):
    assert filed.said["tried"]
    assert filed.said["opens"] == []


def test_the_same_search_does_open_it_when_a_key_is_slipped_in(filed):
    tried = filed.public("try", more=list(filed.seeds.values()))
    assert tried["opens"] == sorted([
        "given 0 opens the secret of the team",
        "given 1 opens the secret of the team, as recovery",
        "given 2 opens the data key of bijlage",
        "given 2 opens the data key of gesprek",
        "given 2 opens the data key of identiteit",
    ])  # fmt: skip


def test_the_code_of_the_reporter_alone_opens_the_thread_and_the_photo_and_no_names(filed):
    opened = filed.public("open", record=filed.said["record"], code=filed.said["code"])
    assert opened == {"photo": True, "THREAD": SAID["thread"], "IDENTITY": None}


def test_it_reads_no_key_of_another_process_and_no_pepper(filed):
    home = filed.installation.home
    theirs = [home / "pepper.key", *(home / "keys" / "casework").iterdir()]
    assert len(theirs) >= 2
    read = {Path(path) for path in [*filed.said["opened"], *filed.public("try", more=[])["opened"]]}
    assert home / "keys" / "public" / "secret.key" in read
    assert not read & {path.resolve() for path in theirs}


def test_it_does_its_work_where_those_keys_do_not_exist(filed, tmp_path):
    """As on a machine of its own, or under an account that may not read them."""
    home = filed.installation.home
    moved = [home / "pepper.key", *(home / "keys" / "casework").iterdir()]
    for path in moved:
        path.rename(tmp_path / path.name)
    try:
        again = filed.public("seal", **SAID)
        opened = filed.public("open", record=again["record"], code=again["code"])
        assert not any(path.exists() for path in moved)
    finally:
        for path in moved:
            (tmp_path / path.name).rename(path)
    assert opened["THREAD"] == SAID["thread"]
