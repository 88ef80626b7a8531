"""`vertrouwd check-filing-proof [FILE|-]`, as somebody who was handed a proof runs it."""

import json
import subprocess
from datetime import date

import pytest

from tests.project.running import PROGRAM, environment
from vertrouwd.project.keys import known_proof_key, proof_key
from vertrouwd.sealing.filing_proof import make_proof


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def run(home, tmp_path):
    """Run the program beside a home folder."""

    def program(*words: str, given: str | bytes = "") -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, "check-filing-proof", *words],
            env=environment(home),
            input=given if isinstance(given, bytes) else given.encode(),
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
        )

    return program


def a_proof(home) -> str:
    home.mkdir(mode=0o700, exist_ok=True)
    return make_proof(
        signing_seed=proof_key(home), opening=bytes(32), content=b"", week=date(2026, 11, 29)
    )


def refusal(result: subprocess.CompletedProcess) -> str:
    assert (result.returncode, result.stdout) == (2, b"")
    said = result.stderr.decode()
    assert said.count("\n") == 1
    assert "Traceback" not in said
    return said


def test_a_proof_of_this_installation_gives_its_week_and_nothing_else(run, home, tmp_path):
    text = a_proof(home)
    (tmp_path / "proof.txt").write_text(text)
    for words, given in ((["proof.txt"], ""), (["-"], text), ([], text.lower())):
        result = run(*words, given=given)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"2026-W48\n", b"")
    assert json.loads(run("--json", given=text).stdout) == {"week": "2026-W48"}
    assert not list(home.glob("*.sqlite3"))


def test_a_proof_of_another_home_and_one_that_was_miscopied_are_told_apart(run, home, tmp_path):
    text = a_proof(home)
    assert "did not sign" in refusal(run(given=a_proof(tmp_path / "other")))
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    for given in (wrong, text[:-5], "", b"\xff\0" * 3000, text * 40):
        assert "not copied well" in refusal(run(given=given))


def test_a_file_that_is_not_there_is_one_line(run, home):
    a_proof(home)
    assert "cannot be read" in refusal(run("nowhere.txt"))
    assert "cannot be read" in refusal(run("."))


def test_where_no_proof_was_given_no_key_is_made_to_check_one(run, home, tmp_path):
    assert "no key for proofs" in refusal(run(given=a_proof(tmp_path / "other")))
    assert known_proof_key(home) is None
    assert not (home / "keys" / "public").exists()
