"""What has been published, as it lies in VERTROUWD_HOME/publications/<year>/{overview,letter}/."""

import json
import re
from functools import lru_cache
from pathlib import Path

from vertrouwd.publication.overview.contents import Overview, from_json

# Every file a reader may fetch, and as what. Nothing else leaves these folders.
CONTENT_TYPES = {
    "overview/overview.html": "text/html; charset=utf-8",
    "overview/overview.css": "text/css; charset=utf-8",
    "overview/vertrouwd-sans-regular.woff2": "font/woff2",
    "overview/vertrouwd-sans-semibold.woff2": "font/woff2",
    "overview/overview.pdf": "application/pdf",
    "overview/overview.csv": "text/csv; charset=utf-8",
    "overview/overview.json": "application/json",
    "overview/reconciliation.json": "application/json",
    "letter/letter.odt": "application/vnd.oasis.opendocument.text",
    "letter/letter.pdf": "application/pdf",
    "letter/letter.txt": "text/plain; charset=utf-8",
    "letter/figures.json": "application/json",
}
YEAR = re.compile(r"[1-9]\d{3}(-[1-9]\d{3})?", re.ASCII)
TABLE = re.compile(r"overview/tables/[a-z0-9-]{1,80}\.csv", re.ASCII)


def folder_of(year: str, *, home: Path) -> Path:
    """Where the overview and the letter of a year lie, each in a folder of its own."""
    return home / "publications" / year


def made_years(home: Path) -> list[str]:
    """The years with a readable overview, newest first; a school year before a calendar year."""
    folder = home / "publications"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    years = sorted(filter(YEAR.fullmatch, names), key=lambda y: (y[:4], len(y)), reverse=True)
    return [year for year in years if read_overview(home, year)]


def read_overview(home: Path, year: str) -> Overview | None:
    """The overview of a year as it was published; None when there is none that can be read."""
    if not YEAR.fullmatch(year):
        return None
    path = folder_of(year, home=home) / "overview" / "overview.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=64)  # more years than anybody published
def _read(path: Path, changed: int) -> Overview:
    """`changed` is part of the key: a new overview is read again."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))


def public_file(home: Path, year: str, name: str) -> tuple[Path, str] | None:
    """A published file and its content type; None when it may not be fetched or is not there."""
    content_type = "text/csv; charset=utf-8" if TABLE.fullmatch(name) else CONTENT_TYPES.get(name)
    if content_type is None or not YEAR.fullmatch(year):
        return None
    path = folder_of(year, home=home) / name
    is_ours = path.resolve().is_relative_to((home / "publications").resolve())  # no link out of it
    return (path, content_type) if is_ours and path.is_file() else None


def show_invented(home: Path) -> bool:
    """Whether an overview of invented cases stands among what is published here."""
    overviews = (read_overview(home, year) for year in made_years(home))
    return any(found.provenance.is_demonstration for found in overviews if found)


def files_of(home: Path, year: str) -> set[str]:
    """The names in CONTENT_TYPES that are there for this year."""
    return {name for name in CONTENT_TYPES if public_file(home, year, name)}
