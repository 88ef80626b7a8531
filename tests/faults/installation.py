"""A whole installation of a test alone: its home folder, its database, and processes in it.

On PostgreSQL it gets a database of its own on the server of the tests.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.homes import copied, own_database

SETUP = "import django; django.setup()\n"


@dataclass(frozen=True)
class Installation:
    """`run` executes Python with Django set up, in a process of its own."""

    home: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("VERTROUWD_", "DJANGO_"))}
        return {
            **kept,
            "VERTROUWD_HOME": str(self.home),
            "VERTROUWD_DATABASE": self.database,
            "DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.base",
            "PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent),
        }

    def start(self, code: str, **more: str) -> subprocess.Popen[str]:
        """A process that runs this code; its standard streams are pipes of text."""
        return subprocess.Popen(
            [sys.executable, "-c", SETUP + code],
            env={**self.environment, **more},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, code: str, *, given: str = "", **more: str) -> str:
        """What the code printed. Fails the test when it failed."""
        with self.start(code, **more) as process:
            out, err = process.communicate(given, timeout=300)
        assert process.returncode == 0, err[-2000:]
        return out

    def command(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """`vertrouwd` with these words, as a person runs it, without a terminal."""
        return subprocess.run(
            [sys.executable, "-m", "vertrouwd.project.cli", *words],
            env=self.environment, input=given, capture_output=True, text=True, timeout=300,
        )  # fmt: skip


@contextmanager
def installation(home: Path) -> Iterator[Installation]:
    """Empty, with every table; gone afterwards."""
    with own_database(home) as address:
        yield Installation(home, address)


@contextmanager
def again(made: Installation, home: Path) -> Iterator[Installation]:
    """The same installation once more, in another home, with a database of its own."""
    shutil.copytree(made.home, home, ignore=shutil.ignore_patterns("vertrouwd.sqlite3*"))
    with restored(made, home) as copy:
        yield copy


@contextmanager
def restored(made: Installation, home: Path) -> Iterator[Installation]:
    """Another home, with a copy of the database alone: no keys, no pepper, no pin."""
    home.mkdir(mode=0o700, exist_ok=True)
    if not made.database:
        with sqlite3.connect(made.home / "vertrouwd.sqlite3") as source:
            source.execute("VACUUM INTO ?", [str(home / "vertrouwd.sqlite3")])
        yield Installation(home, "")
        return
    with copied(made.database) as address:
        yield Installation(home, address)
