"""`vertrouwd assess-duties FACTS.json|-`, as a person or a script runs it."""

import json
import subprocess

import pytest

from tests.duties.named_cases import TEACHER_AND_PUPIL_OF_9
from tests.duties.test_facts_file import PARTIES, REFUSED, SECRET
from tests.project.running import PROGRAM, environment

FACTS = {
    **TEACHER_AND_PUPIL_OF_9,
    "known_on": "2026-12-21",
    "refused_on": "2026-12-22",
    "rule_set": None,
}


@pytest.fixture
def run(tmp_path):
    """Run the program in an empty folder; the home is not there."""

    def program(*words: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, "assess-duties", *words],
            env=environment(tmp_path / "home", **more),
            input=given,
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
        )

    return program


@pytest.fixture
def run_in_shell(tmp_path):
    """The same from a line of a script, which may close or redirect."""

    def program(line: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["/bin/sh", "-c", f'"$0" {line}', PROGRAM],
            env=environment(tmp_path / "home"),
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
        )

    return program


def answer(result: subprocess.CompletedProcess) -> dict:
    assert (result.returncode, result.stderr) == (0, b"")
    return json.loads(result.stdout)


def is_refused(result: subprocess.CompletedProcess) -> str:
    assert (result.returncode, result.stdout) == (2, b"")
    said = result.stderr.decode()
    assert said.count("\n") == 1
    assert said.endswith("\n")
    assert len(said) <= 2_000
    assert "Traceback" not in said
    return said


def test_a_file_and_standard_input_give_the_same_object(run, tmp_path):
    (tmp_path / "facts.json").write_text(json.dumps(FACTS))
    found = answer(run("facts.json"))
    assert found == answer(run("-", given=json.dumps(FACTS).encode()))
    assert list(found) == ["rule_set", "duties", "advice_only", "notes", "ladder"]
    assert found["rule_set"] == "NL-1999-education"
    assert [duty["duty"] for duty in found["duties"]] == [
        "meldplicht",
        "overlegplicht",
        "aangifteplicht",
    ]
    for duty in found["duties"]:
        assert list(duty) == ["duty", "on", "to", "because", "source", "verified"]
    assert found["ladder"] == [
        {"step": 1, "by": "coördinator vertrouwensinspecteurs", "due": "2026-12-28",
         "verified": True},
        {"step": 2, "by": "coördinator vertrouwensinspecteurs", "due": "2026-12-31",
         "verified": False},
        {"step": 3, "by": "coördinator vertrouwensinspecteurs", "due": "2027-01-06",
         "verified": False},
        {"step": 4, "by": "minister van OCW", "due": "2027-01-07", "verified": True},
    ]  # fmt: skip


def test_what_is_missing_is_said_and_is_no_failure(run):
    found = answer(run("-", given=json.dumps({**FACTS, "sector": None}).encode()))
    assert (found["duties"], found["ladder"], found["rule_set"]) == ([], [], None)
    assert found["notes"] == ["cannot be decided without: sector"]


def test_a_day_before_the_first_rule_set_is_no_failure(run):
    given = {**FACTS, "known_on": "1998-01-01"}
    found = answer(run("-", given=json.dumps(given).encode()))
    assert (found["duties"], len(found["notes"])) == ([], 1)


def test_staff_on_staff_is_advice_only(run):
    given = {**FACTS, "affected_role": "met taken belast persoon"}
    found = answer(run("-", given=json.dumps(given).encode()))
    assert (found["advice_only"], found["duties"]) == (True, [])


def test_neither_a_home_folder_nor_a_database_nor_a_key_is_made_or_needed(run, tmp_path):
    assert answer(run("-", given=b'{"sector": "po"}', VERTROUWD_DATABASE="no database at all"))
    assert list(tmp_path.iterdir()) == []


def test_no_model_is_loaded(run, tmp_path):
    script = tmp_path / "loaded.py"
    script.write_text(
        "import sys\nfrom vertrouwd.project.cli import main\n"
        "main(['assess-duties', '-'])\n"
        "print([m for m in sys.modules if m.endswith('.models')], file=sys.stderr)\n"
    )
    result = subprocess.run(
        [PROGRAM.with_name("python"), script],
        env=environment(tmp_path / "home"),
        input=b'{"sector": "po"}',
        capture_output=True,
    )
    assert result.stderr == b"[]\n"


@pytest.mark.parametrize(
    "locale",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=str,
)
def test_the_answer_is_utf8_in_any_locale(run, locale):
    found = answer(run("-", given=json.dumps(FACTS).encode(), **locale))
    assert found["ladder"][0]["by"].startswith("coördinator")


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_input_that_is_no_facts_is_refused_in_one_line(run, data: bytes):
    assert SECRET not in is_refused(run("-", given=data))


@pytest.mark.parametrize(
    "change",
    [
        {"sector": SECRET},
        {"known_by": "personeel"},
        {"affected_age": 121},
        {"affected_age": "9"},
        {"known_on": "2026-02-30"},
        {"refused_on": "2026-12-20"},
        {SECRET: SECRET},
        *PARTIES,
    ],
    ids=str,
)
def test_facts_that_cannot_be_are_refused_in_one_line_that_does_not_repeat_them(run, change):
    said = is_refused(run("-", given=json.dumps({**FACTS, **change}).encode()))
    assert SECRET not in said


def test_a_file_that_is_missing_or_cannot_be_read_is_refused(run, tmp_path):
    (tmp_path / "folder").mkdir()
    for name in ("missing.json", "folder", "x" * 5_000, ""):
        assert "cannot be read" in is_refused(run(name))


@pytest.mark.parametrize("redirected", ["<&-", "0>written"], ids=["closed", "only to write"])
def test_standard_input_that_cannot_be_read_is_refused(run_in_shell, redirected):
    assert "cannot be read" in is_refused(run_in_shell(f"assess-duties - {redirected}"))


def test_a_refusal_is_never_said_on_standard_output(run_in_shell):
    result = run_in_shell("assess-duties missing.json 2>&-")
    assert (result.returncode, result.stdout, result.stderr) == (2, b"", b"")


def test_a_stream_without_end_is_refused(run):
    assert "over 1 MB" in is_refused(run("/dev/zero"))


@pytest.mark.parametrize("words", [(), ("a.json", SECRET), ("--json",), ("a", "x" * 5_000)])
def test_without_exactly_one_file_it_is_refused(run, words):
    is_refused(run(*words))
