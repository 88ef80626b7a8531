"""A release of a year that was never frozen here: published tables alone, the real queries.

The letter's own tests stand on it; nothing needs to be drawn or frozen for them. A table in
`home`/published comes before the shipped one, so that a test can change a number.
"""

import csv
from pathlib import Path

from vertrouwd.disclosure.policy import PUBLISHED_DETAIL
from vertrouwd.disclosure.release import Release, parse_year
from vertrouwd.disclosure.safe import Mismatch, Provenance
from vertrouwd.figures.published import SHIPPED
from vertrouwd.figures.year_figures import YearFigures


class PublishedRelease(Release):
    """`disclosure.release.Release` without a snapshot under it."""

    def __init__(self, year: str, *, home: Path) -> None:
        figures = YearFigures(parse_year(year), home=home)
        self._figures = figures
        self._years = {figures.year: figures}
        self.year = year
        self.is_childcare = figures.year.is_childcare
        self.policy = PUBLISHED_DETAIL

    @property
    def provenance(self) -> Provenance:
        return Provenance("published tables alone", {}, is_demonstration=True)

    @property
    def mismatches(self) -> list[Mismatch]:
        return []


def publish(home: Path, year: str, *, like: str = "", **changes: dict[str, object]) -> None:
    """Put a year's table in the home with rows changed or added.

    `like`: the year whose shipped table is taken; each change is a dict of columns with its
    `count`; the keyword is only its name.
    """
    name = like or year
    path = SHIPPED / (f"{name}.csv" if "-" in name else f"kinderopvang-{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    keys = columns[1:8]
    for row in rows:
        row["school_year"] = year
    for change in changes.values():
        wanted = {"measure": "dossiers", **change}
        cell = tuple(str(wanted.get(key, "")) for key in keys)
        same = [row for row in rows if tuple(row[key] for key in keys) == cell]
        if not same:
            rows.append({**dict.fromkeys(columns, ""), **dict(zip(keys, cell, strict=True))})
            same = rows[-1:]
        for row in same:
            row |= {"school_year": year, "count": str(wanted["count"]), "quote": "in a test"}
            row["source_url"] = row["source_url"] or "https://example.org/overview"
    target = home / "published" / f"{year}.csv"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
