"""Eight processes write at once, and sealers die: no line is lost, and the chain is whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TESTS

WRITERS = 8


def verified(environment: dict[str, str]) -> dict[str, object]:
    command = [Path(sys.executable).with_name("vertrouwd"), "verify-audit", "--json"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, cwd=TESTS.parent
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def start(environment: dict[str, str], *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.audit.writing", *map(str, words)]
    process = subprocess.Popen(
        command, env=environment, cwd=TESTS.parent, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    process.stdout.readline()
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.django_db  # so that it also runs on PostgreSQL
def test_no_line_is_lost_when_eight_write_at_once_and_the_sealer_is_killed(installation) -> None:
    before = verified(installation)["lines"] or 0
    writers = [start(installation, "write", seed) for seed in range(WRITERS)]
    sealer = start(installation, "seal", 0)
    for process in [*writers, sealer]:
        go(process)
    for process in writers:
        if process is writers[WRITERS // 2]:
            sealer.kill()
            sealer.wait()
            sealer = start(installation, "seal", 0)
            go(sealer)
        assert process.wait(timeout=120) == 0
    sealer.kill()
    sealer.wait()
    found = verified(installation)
    assert found["broken"] is None
    assert int(found["lines"]) + int(found["waiting"]) - int(before) == WRITERS * 50


@pytest.mark.django_db
def test_a_command_chains_what_it_recorded_also_when_it_fails(installation, tmp_path) -> None:
    reports = tmp_path / "reports.csv"
    reports.write_text("no,column,that,is,known\n")
    command = [Path(sys.executable).with_name("vertrouwd"), "import-reports", reports]
    done = subprocess.run(command, env=installation, capture_output=True, cwd=TESTS.parent)
    assert done.returncode == 2  # it had brought in the register of schools, and recorded that
    found = verified(installation)
    assert (found["lines"], found["waiting"]) == (1, 0)
