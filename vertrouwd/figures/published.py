"""Tables the Inspectorate published, kept beside the snapshots.

A year's table comes from VERTROUWD_HOME/published/<year>.csv when somebody put it there, otherwise
from the tables that ship with this package (`data/published`, sources in its SOURCES.md).
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from vertrouwd.durable import write_whole
from vertrouwd.figures.published_table import PublishedRow, read_table
from vertrouwd.schools.years import Year

__all__ = ["PublishedRow", "file_of", "install", "read_table", "rows", "shipped", "years"]

SHIPPED = Path(__file__).parent / "data" / "published"


def rows(year: Year) -> list[PublishedRow]:
    """The published rows of a year; an empty list when nothing was published or is known."""
    installed = _folder() / f"{year}.csv"
    if installed.exists():
        return read_table(installed)
    return list(_shipped_rows(str(year)))


def install(path: Path, year: Year) -> Path:
    """Check a table and copy it, byte for byte, to published/<year>.csv in the home.

    Raises ValueError as `read_table` does, and when the table is of another year.
    """
    found = read_table(path)
    if (named := found[0].cell.school_year) != str(year):
        raise ValueError(f"{Path(path).name} is a table of {named}, not of {year}.")
    return write_whole(_folder() / f"{year}.csv", Path(path).read_bytes())


def file_of(year: Year) -> Path | None:
    """Where the year's table lies in the home; one that ships is copied there first.

    A copy of a shipped table follows the package (published/shipped/); None when there is none.
    """
    installed = _folder() / f"{year}.csv"
    if installed.exists():
        return installed
    shipped = _shipped_files().get(str(year))
    if shipped is None:
        return None
    kept = _folder() / "shipped" / f"{year}.csv"
    content = shipped.read_bytes()
    if not kept.exists() or kept.read_bytes() != content:
        write_whole(kept, content)
    return kept


def years() -> list[str]:
    """The years of which a table is known, as written: shipped and installed."""
    installed = {path.stem for path in _folder().glob("*.csv")}
    return sorted(installed | set(_shipped_files()))


@cache
def shipped() -> tuple[PublishedRow, ...]:
    """Every row of every table that ships: all that was ever published, as far as it was found."""
    return tuple(row for year in _shipped_files() for row in _shipped_rows(year))


def _folder() -> Path:
    return Path(settings.VERTROUWD_HOME) / "published"


@cache
def _shipped_files() -> dict[str, Path]:
    """Year -> file; childcare's are named kinderopvang-<calendar year>.csv."""
    return {
        path.stem.removeprefix("kinderopvang-"): path
        for path in sorted(SHIPPED.glob("*.csv"))
        if path.stem != "shares"
    }


@cache
def _shipped_rows(year: str) -> tuple[PublishedRow, ...]:
    path = _shipped_files().get(year)
    return tuple(read_table(path)) if path else ()
