"""The road from an empty home folder to the overview and the letter of a demonstration year.

Every step says whether its work is there already, so that walking the road again costs nothing.
"""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from django.core.management import call_command

PACKAGE = Path(__file__).resolve().parent.parent
WRITES_THE_PUBLICATION = ("figures", "disclosure", "publication")  # apps whose code shows in it


@dataclass(frozen=True)
class Step:
    """One step: what it makes, whether that is there already, and how to make it."""

    name: str
    is_done: Callable[[], bool]
    do: Callable[[], object]


@dataclass(frozen=True)
class Road:
    """The steps of one demonstration year in one home folder."""

    home: Path
    database: str  # address; empty for SQLite
    year: str = "2022-2023"

    @property
    def published_table(self) -> Path:
        """The shipped table of what the Inspectorate published about that year."""
        return PACKAGE / "figures" / "data" / "published" / f"{self.year}.csv"

    @property
    def overview(self) -> Path:
        return self.home / "publications" / self.year / "overview"

    @property
    def letter(self) -> Path:
        return self.home / "publications" / self.year / "letter"

    def steps(self) -> list[Step]:
        year = self.year
        return [
            Step("database", lambda: False, self._prepare_database),
            Step("school register", lambda: False, self._load_register),
            Step(
                f"demonstration year {year}",
                (self.home / "demonstrations" / f"{year}.json").exists,
                lambda: quietly("make_year", year, "--from", str(self.published_table)),
            ),
            Step("frozen snapshot", self._is_frozen, lambda: quietly("freeze_year", year)),
            self._publication("overview", "make_overview", self.overview),
            self._publication("letter", "make_letter", self.letter),
        ]

    @property
    def snapshot(self) -> Path | None:
        """The newest revision of the frozen year, None when it is not frozen."""
        revisions = [
            path.parent
            for path in (self.home / "snapshots" / self.year).glob("r*/manifest.json")
            if path.parent.name[1:].isdigit()
        ]
        return max(revisions, key=lambda path: int(path.name[1:]), default=None)

    def _prepare_database(self) -> bool:
        from vertrouwd.project.home import prepare_database

        return prepare_database(self.home, database=self.database)

    def _load_register(self) -> object:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.schools.register import ensure_loaded

        return ensure_loaded(by=system_actor())

    def _is_frozen(self) -> bool:
        return self.snapshot is not None

    def _publication(self, name: str, command: str, folder: Path) -> Step:
        """A step whose files are remade when they, the snapshot or the code have changed."""
        manifest = folder.with_suffix(".json")

        def made_of() -> dict[str, object]:
            files = {str(p.relative_to(folder)): digest(p) for p in files_in(folder)}
            frozen = self.snapshot
            return {
                "snapshot": digest(frozen / "manifest.json") if frozen else "",
                "code": digest_of_code(),
                "files": files,
            }

        def is_done() -> bool:
            try:
                made = json.loads(manifest.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                return False
            return bool(made == made_of())

        def do() -> None:
            folder.parent.mkdir(parents=True, exist_ok=True)
            quietly(command, self.year, "--to", str(folder))
            manifest.write_text(json.dumps(made_of(), indent=1) + "\n", encoding="utf-8")

        return Step(name, is_done, do)


def quietly(command: str, *words: str) -> None:
    """Run a command of the house; what it prints is not shown."""
    call_command(command, *words, stdout=io.StringIO(), stderr=io.StringIO())


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def digest_of_code() -> str:
    """sha256 over the files of the apps that write the overview and the letter."""
    total = sha256()
    for app in WRITES_THE_PUBLICATION:
        for path in files_in(PACKAGE / app):
            if path.suffix != ".pyc":
                total.update(f"{path.relative_to(PACKAGE)} {digest(path)}\n".encode())
    return total.hexdigest()
