"""Imports look down, publication is handed what it shows, rules know no Django.

The contracts stand in `pyproject.toml`. Each is broken here once on purpose, in a copy.
"""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BREAKS = {
    "Imports look down": ("dossiers/ledger.py", "import vertrouwd.figures.cells"),
    "Publication knows only what disclosure hands it": (
        "publication/apps.py",
        "import vertrouwd.dossiers.models",
    ),
    "The signpost knows pure rules and what every public page needs, nothing confidential": (
        "signpost/steps.py",
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


@pytest.mark.slow  # `make check` runs it itself
def test_the_import_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_imports_itself_by_way_of_others():
    graph = grimp.build_graph("vertrouwd")
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imported).prepare()  # CycleError names the modules of a circle


def test_a_module_that_says_it_knows_no_django_is_held_to_it():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [rules] = [c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "rules"]
    saying = set()
    for path in (ROOT / "vertrouwd").rglob("*.py"):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if re.search(r"\bno Django\b", docstring, re.IGNORECASE):
            saying.add(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert saying
    assert not saying - set(rules["source_modules"])


@pytest.mark.slow
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
