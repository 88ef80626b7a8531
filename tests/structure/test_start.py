"""The command line starts at once: what is heavy is loaded only by who needs it."""

import subprocess
import sys

import pytest

HEAVY = [
    "django",
    "duckdb",
    "pyarrow",
    "numpy",
    "highspy",
    "odfdo",
    "typst",
    "openpyxl",
    "python_calamine",
    "granian",
    "PIL",
    "pillow_heif",
]


def loaded(code: str, tmp_path) -> set[str]:
    """The top-level packages that running `code` loads."""
    program = f"{code}\nimport sys; print('LOADED', *{{m.partition('.')[0] for m in sys.modules}})"
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={"VERTROUWD_HOME": str(tmp_path / "home"), "PATH": ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(result.stdout.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["no-such-command"]])
def test_help_loads_no_django_and_nothing_heavy(words, tmp_path):
    code = f"from vertrouwd.project.cli import main; main({words!r})"
    assert not loaded(code, tmp_path) & set(HEAVY)
    assert not (tmp_path / "home").exists()


def test_setting_up_django_and_every_command_loads_nothing_heavy(tmp_path):
    code = """
import os, importlib
os.environ["DJANGO_SETTINGS_MODULE"] = "vertrouwd.project.settings.base"
import django; django.setup()
from vertrouwd.project.cli import commands
for path in commands().values():
    app = path.parent.parent.parent.name
    importlib.import_module(f"vertrouwd.{app}.management.commands.{path.stem}")
"""
    assert not loaded(code, tmp_path) & (set(HEAVY) - {"django"})
