"""A frozen year on disk: coded, text-free rows that never change again.

`VERTROUWD_HOME/snapshots/<year>/r<N>/` holds dossiers.parquet, reports.parquet, codes.json,
manifest.json and, from revision 2 on, differences.json.
"""

import json
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings

from vertrouwd.schools.years import Year

DOSSIERS = "dossiers.parquet"
REPORTS = "reports.parquet"
CODES = "codes.json"
MANIFEST = "manifest.json"
DIFFERENCES = "differences.json"


class Damaged(Exception):
    """A file of a snapshot is not the one its manifest names."""


@dataclass(frozen=True)
class Snapshot:
    """One revision of a year. `files` gives for each file its sha256 and, for tables, its rows."""

    year: Year
    revision: int
    folder: Path
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.year} revision {self.revision}"

    @property
    def is_demonstration(self) -> bool:
        return bool(self.manifest["demonstration"])

    @property
    def is_provisional(self) -> bool:
        return bool(self.manifest["provisional"])

    @property
    def files(self) -> dict[str, dict[str, Any]]:
        return self.manifest["files"]

    def sha256(self, name: str) -> str:
        return str(self.files[name]["sha256"])

    def rows(self, name: str) -> int:
        return int(self.files[name]["rows"])

    def path_in_home(self, name: str) -> str:
        """snapshots/2022-2023/r1/dossiers.parquet: what a figure's query reads."""
        return f"snapshots/{self.year}/r{self.revision}/{name}"


def latest(year: Year) -> Snapshot | None:
    """The newest revision of a year, or None when it was never frozen.

    Raises Damaged when its manifest cannot be read.
    """
    folders = sorted(
        (int(path.name[1:]), path)
        for path in folder_of(year).glob("r*")
        if path.name[1:].isdigit() and path.is_dir()
    )
    if not folders:
        return None
    revision, folder = folders[-1]
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Damaged(f"The manifest of {year} revision {revision} cannot be read.") from None
    return Snapshot(year=year, revision=revision, folder=folder, manifest=manifest)


def folder_of(year: Year) -> Path:
    return Path(settings.VERTROUWD_HOME) / "snapshots" / str(year)


def check(snapshot: Snapshot) -> None:
    """Raise Damaged when a file is missing or is not the one the manifest names."""
    for name, expected in snapshot.files.items():
        path = snapshot.folder / name
        if not path.is_file():
            raise Damaged(f"{snapshot.path_in_home(name)} is missing.")
        if digest_of(path) != expected["sha256"]:
            raise Damaged(
                f"{snapshot.path_in_home(name)} was changed after it was frozen: "
                "its sha256 is not the one in the manifest. Restore the file from a backup."
            )


def digest_of(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
