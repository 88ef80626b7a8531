"""`make run`: from an empty folder to the overview and the letter, once, and then at once."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.project.running import environment, running

PROGRAM = Path(sys.executable).with_name("vertrouwd")
OUTSIDE = {k: v for k, v in os.environ.items() if not k.startswith(("VERTROUWD_", "DJANGO_"))}
STEPS = 7


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "run-demonstration", *words],
        env={**OUTSIDE, "VERTROUWD_HOME": str(home)},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """A home in which the road was walked once, and what was said on the way."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    return home, run(home, "--no-serve")


def test_the_road_ends_with_an_overview_and_a_letter(walked):
    home, first = walked
    assert first.returncode == 0, first.stderr
    made = home / "publications" / "2022-2023"
    for name in ("overview/overview.html", "overview/overview.csv", "letter/letter.odt",
                 "letter/letter.pdf", "letter/letter.txt", "letter/figures.json"):  # fmt: skip
        assert (made / name).stat().st_size > 500, name
        assert name.split("/")[0] in first.stdout


def test_it_says_that_the_cases_are_invented_and_which_published_cells_it_changed(walked):
    home, first = walked
    assert "INVENTED" in first.stdout
    made = json.loads((home / "demonstrations" / "2022-2023.json").read_text())
    assert made["changed_cells"]
    for cell in made["changed_cells"]:
        assert f"{cell['cell']}: published {cell['published']}" in first.stdout


def test_it_says_how_to_log_in_with_a_command_that_works_from_here(walked):
    home, first = walked
    assert str(home / "demonstration.txt") in first.stdout
    command = re.search(r"^ +(\S+ show-code inspecteur)$", first.stdout, re.MULTILINE)
    shown = subprocess.run(
        command[1].split(), env=environment(home), capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"\d{6} \(for \d+ s\)\n", shown.stdout)


def test_walking_again_makes_nothing_and_changes_nothing(walked):
    home, _ = walked

    def state():
        files = (p for p in home.rglob("*") if p.is_file() and p.suffix != ".sqlite3-shm")
        return {path: path.stat().st_mtime_ns for path in files}

    before, begin = state(), time.monotonic()
    again = run(home, "--no-serve")
    assert again.stdout.count("there already") == STEPS
    assert time.monotonic() - begin < 10
    assert state() == before


def test_a_letter_that_was_changed_is_made_again(walked):
    home, _ = walked
    letter = home / "publications" / "2022-2023" / "letter" / "letter.txt"
    before = letter.read_text()
    letter.write_text(before + "Met de hand.")
    assert run(home, "--no-serve").stdout.count("there already") == STEPS - 1
    assert letter.read_text() == before


@pytest.mark.parametrize("option", ["--public", "--casework"])
def test_a_demonstration_is_refused_to_others_before_any_work(tmp_path, option):
    refused = run(tmp_path / "home", option, "0.0.0.0:8010")
    assert refused.returncode == 1
    assert "this machine only" in refused.stderr
    assert refused.stdout == ""


def test_it_serves_both_sites_until_ctrl_c(walked):
    home, _ = walked
    with running(home, "run-demonstration") as server:
        page = server.ask(server.public, "/cijfers")[2].decode()
        assert "2022-2023" in page
        assert "2.152" in page
        assert server.ask(server.casework, "/")[0] == 302
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.wait(timeout=20) == 0
        for port in server.ports:
            assert f"http://localhost:{port}/" in server.said
        assert "Traceback" not in server.said


def test_a_note_without_its_reports_is_no_demonstration_year(walked, tmp_path):
    home, _ = walked
    note = tmp_path / "home" / "demonstrations" / "2022-2023.json"
    note.parent.mkdir(parents=True)
    note.write_bytes((home / "demonstrations" / "2022-2023.json").read_bytes())
    again = run(tmp_path / "home", "--no-serve")
    assert again.returncode == 0, again.stderr


def test_who_starts_it_twice_at_once_gets_one_year_twice(tmp_path):
    started = [
        subprocess.Popen(
            [PROGRAM, "run-demonstration", "--no-serve"],
            env={**OUTSIDE, "VERTROUWD_HOME": str(tmp_path / "home")},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [(road.communicate()[1], road.returncode) for road in started] == [("", 0)] * 2
