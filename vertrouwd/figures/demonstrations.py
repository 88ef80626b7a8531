"""The demonstration years of a home folder: VERTROUWD_HOME/demonstrations/<year>.json.

`make-year` writes the file; all that others need of it is here. No Django here.
"""

import json
from pathlib import Path
from typing import Any

from vertrouwd.schools.years import Year


def file_of(year: Year | str, *, home: Path) -> Path:
    """Where it is written down how the year was drawn."""
    return home / "demonstrations" / f"{year}.json"


def are_in(home: Path) -> bool:
    """Whether this home folder is a demonstration: it holds invented cases, or invented people."""
    return any((home / "demonstrations").glob("*.json")) or secrets_of(home).exists()


def secrets_of(home: Path) -> Path:
    """Where the passwords and passphrases of a demonstration's people stand."""
    return home / "demonstration.txt"


def table_digest(year: Year | str, *, home: Path) -> str:
    """sha256 of the published table the year was drawn from; empty when it was not drawn."""
    path = file_of(year, home=home)
    if not path.exists():
        return ""
    return str(json.loads(path.read_text(encoding="utf-8")).get("table_sha256", ""))


def changed_cells(year: Year | str, *, home: Path) -> tuple[dict[str, Any], ...]:
    """The published cells that contradict others: `cell`, `published`, `drawn`, `why` of each.

    Empty when the year is no demonstration.
    """
    path = file_of(year, home=home)
    if not path.exists():
        return ()
    return tuple(json.loads(path.read_text(encoding="utf-8")).get("changed_cells", ()))
