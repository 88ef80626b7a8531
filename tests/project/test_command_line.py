"""`vertrouwd COMMAND`: hyphen or underscore alike, exit 0 or a one-line reason."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vertrouwd import __version__
from vertrouwd.project import cli

PROGRAM = Path(sys.executable).with_name("vertrouwd")
OUTSIDE = {k: v for k, v in os.environ.items() if not k.startswith(("VERTROUWD_", "DJANGO_"))}


@pytest.fixture
def run(tmp_path):
    """Run the program in a home of its own, as a person would."""

    def program(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *words],
            env={**OUTSIDE, "VERTROUWD_HOME": str(tmp_path / "home"), **environment},
            timeout=60,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
        )

    return program


def is_one_line(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


def test_help_lists_every_command_with_its_summary(run):
    shown = run("--help")
    assert shown.returncode == 0
    for name, path in cli.commands().items():
        assert f"{name} " in shown.stdout
        assert cli.summary(path) in shown.stdout


def test_the_help_of_a_command_keeps_its_paragraphs_and_examples(run):
    shown = run("make-letter", "--help").stdout
    assert "figures.json.\n\n    vertrouwd make-letter 2022-2023 --to letter\n" in shown
    assert "\n\nThe words are a reviewed template; every number is a figure" in shown


def test_without_a_command_the_help_is_shown_and_that_is_bad_input(run):
    assert run().returncode == 2
    assert "serve" in run().stdout


def test_the_version_is_said(run):
    assert run("--version").stdout == f"{__version__}\n"


def test_hyphen_and_underscore_are_alike(run):
    hyphen, underscore = run("run-demonstration", "--help"), run("run_demonstration", "--help")
    assert hyphen.returncode == underscore.returncode == 0
    assert hyphen.stdout == underscore.stdout


def test_an_unknown_command_is_one_line_and_exit_2(run):
    refused = run("make-coffee")
    assert refused.returncode == 2
    assert is_one_line(refused.stderr)
    assert "'make-coffee'" in refused.stderr


@pytest.mark.parametrize("words", [["serve", "--publik", "x"], ["serve", "--public"]])
def test_a_wrong_option_is_one_line_and_exit_2(run, words):
    refused = run(*words)
    assert refused.returncode == 2
    assert is_one_line(refused.stderr)


def test_a_value_that_is_wrong_is_exit_2_and_says_what_is_possible(run):
    refused = run("serve", "--public", "eight thousand")
    assert refused.returncode == 2
    assert refused.stderr == ("'eight thousand' is not an address. Write it as localhost:8000.\n")


def test_a_setting_that_is_wrong_is_exit_2_and_one_line(run):
    refused = run("serve", VERTROUWD_DATABASE="mysql://somewhere/x")
    assert refused.returncode == 2
    assert is_one_line(refused.stderr)
    assert "postgresql://" in refused.stderr


def test_a_home_that_cannot_be_made_is_one_line(run, tmp_path):
    (tmp_path / "file").write_text("")
    refused = run("serve", VERTROUWD_HOME=str(tmp_path / "file" / "home"))
    assert refused.returncode == 2
    assert is_one_line(refused.stderr)


def test_a_reader_that_stops_reading_is_no_error(run, tmp_path):
    done = subprocess.run(
        f"'{PROGRAM}' --help | head -1",
        shell=True, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_fault_nobody_foresaw_is_one_line_that_quotes_nothing(monkeypatch, capsys):
    def broken(words):
        raise RuntimeError("Jan Jansen, groep 8")

    monkeypatch.delenv("VERTROUWD_TRACEBACK", raising=False)
    monkeypatch.setattr(cli, "_answer", broken)
    assert cli.main([]) == 1
    said = capsys.readouterr().err
    assert is_one_line(said)
    assert "RuntimeError" in said
    assert "Jansen" not in said
    monkeypatch.setenv("VERTROUWD_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        cli.main([])


def test_a_database_that_cannot_be_used_is_said_in_one_line(run, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "vertrouwd.sqlite3").write_text("no database at all")
    refused = run("list-disagreements")
    assert refused.returncode == 1
    assert is_one_line(refused.stderr), refused.stderr
