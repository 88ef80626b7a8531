"""The road from an empty home folder to the overview and the letter of a demonstration year.

Every step says whether its work is there already, so that walking the road again costs nothing.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.core.management import CommandError, call_command

from vertrouwd.figures import demonstrations, snapshot
from vertrouwd.figures.published import SHIPPED
from vertrouwd.figures.snapshot import digest_of
from vertrouwd.publication.published_files import folder_of
from vertrouwd.schools.years import parse_year

PACKAGE = Path(__file__).resolve().parent.parent
WRITES_THE_PUBLICATION = ("figures", "disclosure", "publication")  # apps whose code shows in it


@dataclass(frozen=True)
class Step:
    """One step: what it makes, and the making; `do` returns False when it was there already."""

    name: str
    do: Callable[[], bool]


@dataclass(frozen=True)
class Road:
    """The steps of one demonstration year in one home folder."""

    home: Path
    database: str  # address; empty for SQLite
    year: str = "2022-2023"

    @property
    def published_table(self) -> Path:
        """The shipped table of what the Inspectorate published about that year."""
        return SHIPPED / f"{self.year}.csv"

    @property
    def overview(self) -> Path:
        return folder_of(self.year, home=self.home) / "overview"

    @property
    def letter(self) -> Path:
        return folder_of(self.year, home=self.home) / "letter"

    def steps(self) -> list[Step]:
        return [
            Step("database", self._prepare_database),
            Step("school register", self._load_register),
            Step(f"demonstration year {self.year}", self._make_year),
            Step("people and team", lambda: open_demonstration(self.home)),
            Step("frozen snapshot", self._freeze),
            Step("overview", lambda: self._publish("make_overview", self.overview)),
            Step("letter", lambda: self._publish("make_letter", self.letter)),
        ]

    @property
    def snapshot(self) -> snapshot.Snapshot | None:
        """The newest revision of the frozen year, None when it is not frozen.

        Raises CommandError when its manifest cannot be read.
        """
        try:
            return snapshot.latest(parse_year(self.year))
        except snapshot.Damaged as reason:
            raise CommandError(str(reason), returncode=1) from None

    def changed_cells(self) -> list[str]:
        """The published cells that contradict others, and what was drawn instead, as sentences."""
        return [
            f"{c['cell']}: published {c['published']}, drawn {c['drawn']} ({c['why']})"
            for c in demonstrations.changed_cells(self.year, home=self.home)
        ]

    def _prepare_database(self) -> bool:
        from vertrouwd.project.home import prepare_database
        from vertrouwd.project.migration import NotMigrated

        try:
            return prepare_database(self.home, database=self.database)
        except NotMigrated as reason:
            raise CommandError(str(reason), returncode=1) from None

    def _load_register(self) -> bool:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.schools.register import ensure_loaded

        return ensure_loaded(by=system_actor())

    def _make_year(self) -> bool:
        from vertrouwd.dossiers.models import Report

        # What was written down about it comes just before its reports: a power cut can part them.
        noted = demonstrations.file_of(self.year, home=self.home).exists()
        if noted and Report.objects.filter(is_invented=True).exists():
            return False
        quietly("make_year", self.year, "--from", str(self.published_table))
        return True

    def _freeze(self) -> bool:
        if (frozen := self.snapshot) is None:
            quietly("freeze_year", self.year)
            return True
        try:
            snapshot.check(frozen)
        except snapshot.Damaged as reason:
            raise CommandError(str(reason), returncode=1) from None
        return False

    def _publish(self, command: str, folder: Path) -> bool:
        """Make what is missing, or was made by other code, of another snapshot, or was changed."""
        manifest = folder.with_suffix(".json")
        if manifest.exists() and manifest.read_text(encoding="utf-8") == self._made_of(folder):
            return False
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        quietly(command, self.year, "--to", str(folder))
        manifest.write_text(self._made_of(folder), encoding="utf-8")
        return True

    def _made_of(self, folder: Path) -> str:
        """Digests of the snapshot, the code and each file of a publication, as JSON."""
        frozen = self.snapshot
        made_of = {
            "snapshot": digest_of(frozen.folder / snapshot.MANIFEST) if frozen else "",
            "code": digest_of_code(),
            "files": {str(p.relative_to(folder)): digest_of(p) for p in files_in(folder)},
        }
        return json.dumps(made_of, indent=1) + "\n"


def open_demonstration(home: Path) -> bool:
    """Give a demonstration its people and team, in a process that knows the apps of the login.

    Returns False when they were there. Raises CommandError with the reason when it cannot.
    """
    there = demonstrations.secrets_of(home).exists()
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "vertrouwd.project.cli", "open-demonstration"],
        env=kept | {"VERTROUWD_HOME": str(home)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise CommandError(done.stderr.strip(), returncode=done.returncode)
    return not there


def quietly(command: str, *words: str) -> None:
    """Run a command of the house; what it prints is not shown."""
    call_command(command, *words, stdout=io.StringIO(), stderr=io.StringIO())


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def digest_of_code() -> str:
    """sha256 over the files of the apps that write the overview and the letter."""
    total = sha256()
    for app in WRITES_THE_PUBLICATION:
        for path in files_in(PACKAGE / app):
            if path.suffix != ".pyc":
                total.update(f"{path.relative_to(PACKAGE)} {digest_of(path)}\n".encode())
    return total.hexdigest()
