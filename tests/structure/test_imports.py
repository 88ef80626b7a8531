"""Imports look down, publication is handed what it shows, rules know no Django.

The contracts stand in `pyproject.toml`. Each is broken here once on purpose, in a copy.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BREAKS = {
    "Imports look down": ("dossiers/ledger.py", "import vertrouwd.figures.cells"),
    "Publication knows only what disclosure hands it": (
        "publication/apps.py",
        "import vertrouwd.dossiers.models",
    ),
    "Rules know no Django": ("figures/cells.py", "import django.db"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


def test_the_import_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("contract", BREAKS)
def test_a_contract_that_is_broken_on_purpose_is_seen(contract, tmp_path):
    shutil.copytree(
        ROOT / "vertrouwd", tmp_path / "vertrouwd", ignore=shutil.ignore_patterns("data", "*.pyc")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    module, forbidden = BREAKS[contract]
    with (tmp_path / "vertrouwd" / module).open("a") as file:
        file.write(f"\n{forbidden}\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout
