"""An import that is cut short, or that meets another one, leaves all or nothing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.factories import row, rows, write_csv

pytestmark = pytest.mark.slow
COMMAND = [str(Path(sys.executable).with_name("vertrouwd")), "import-reports", "--json"]


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh installation on SQLite, its database made."""
    home = tmp_path / "home"
    environment = {k: v for k, v in os.environ.items() if k != "VERTROUWD_DATABASE"}
    environment |= {
        "VERTROUWD_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.base",
    }
    first = write_csv(tmp_path / "first.csv", [row(melding_id="first")])
    subprocess.run([*COMMAND, first], env=environment, check=True, capture_output=True)
    return environment


def stored(installation: dict[str, str]) -> int:
    database = sqlite3.connect(Path(installation["VERTROUWD_HOME"]) / "vertrouwd.sqlite3")
    [(number,)] = database.execute("SELECT count(*) FROM dossiers_report").fetchall()
    database.close()
    return number


def half_way(installation: dict[str, str], words: list[str | Path]) -> subprocess.Popen:
    """An import that has begun to write but has not ended."""
    log = Path(installation["VERTROUWD_HOME"]) / "vertrouwd.sqlite3-wal"
    process = subprocess.Popen(
        [*COMMAND, *words], env=installation, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while not log.exists() or log.stat().st_size < 2_000_000:
        assert process.poll() is None, "ended before it could be cut short"
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_is_cut_short_stored_nothing_and_can_be_run_again(
    tmp_path: Path, installation: dict[str, str], by: signal.Signals
) -> None:
    path = write_csv(tmp_path / "m.csv", [row(kanaal="x"), *rows(30_000)])
    rejects = tmp_path / "afgekeurd.csv"
    process = half_way(installation, [path, "--rejects", rejects])
    process.send_signal(by)
    _, errors = process.communicate()
    if by == signal.SIGINT:
        assert (process.returncode, errors) == (130, b"Stopped.\n")
        assert not [p for p in tmp_path.iterdir() if "afgekeurd" in p.name]
    assert not rejects.exists()
    assert stored(installation) == 1
    again = subprocess.run([*COMMAND, path], env=installation, capture_output=True, check=True)
    assert json.loads(again.stdout)["stored"] == 30_000
    assert stored(installation) == 30_001


def test_two_imports_of_one_file_store_it_once(
    tmp_path: Path, installation: dict[str, str]
) -> None:
    path = write_csv(tmp_path / "m.csv", rows(12_000))
    first = half_way(installation, [path])
    second = subprocess.run([*COMMAND, path], env=installation, capture_output=True)
    first.communicate()
    assert first.returncode == second.returncode == 0
    assert json.loads(second.stdout)["already_there"] == 12_000
    assert stored(installation) == 12_001


def test_a_full_disk_stores_nothing_and_says_so(
    tmp_path: Path, installation: dict[str, str]
) -> None:
    path = write_csv(tmp_path / "m.csv", rows(20_000))
    # SQLite meets the limit of a file as it meets a full disk.
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))\n"
        "import sys; from vertrouwd.project.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    found = subprocess.run(
        [sys.executable, "-c", limited, "import-reports", path],
        env=installation, capture_output=True, text=True,
    )  # fmt: skip
    assert found.returncode == 1
    assert "nothing was stored" in found.stderr
    assert "Traceback" not in found.stderr
    assert stored(installation) == 1


def test_memory_does_not_grow_with_the_number_of_rows(
    tmp_path: Path, installation: dict[str, str]
) -> None:
    # VmHWM counts from the start of the program; ru_maxrss would count its parent too.
    program = (
        "import sys; from pathlib import Path; from vertrouwd.project.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
        "sys.exit(code)"
    )
    peaks = []
    for number in (4_000, 32_000):
        table = [r | {"melding_id": f"{number}-{i}"} for i, r in enumerate(rows(number))]
        path = write_csv(tmp_path / f"{number}.csv", table)
        found = subprocess.run(
            [sys.executable, "-c", program, "import-reports", path],
            env=installation, check=True, capture_output=True, text=True,
        )  # fmt: skip
        peaks.append(int(found.stdout.splitlines()[-1]) / 1024)
    assert peaks[1] < 200  # MB
    assert peaks[1] - peaks[0] < 15
