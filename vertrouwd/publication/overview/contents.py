"""What an overview holds, taken once from a release; page, document and data all read this.

`overview.json` is this record written out, so the public site can read it back without a database.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from vertrouwd.disclosure.safe import (
    SUM_CATEGORY,
    Mark,
    Mismatch,
    Policy,
    Provenance,
    SafeFigure,
    SafeRow,
    SafeTable,
    Source,
)

if TYPE_CHECKING:
    from vertrouwd.disclosure.release import Release

KEY_CATEGORIES = (
    "psychisch geweld", "fysiek geweld", SUM_CATEGORY, "discriminatie", "radicalisering",
)  # fmt: skip


@dataclass(frozen=True)
class KeyFigure:
    """A number at the top of the overview.

    `name`: total (dossiers, or meldingen where those alone are known), total-before, change,
    change-percent, reports, or the code of a category.
    """

    name: str
    figure: SafeFigure


@dataclass(frozen=True)
class Overview:
    """One year, ready to be shown. Nothing in it has not passed `disclosure.release`."""

    year: str
    is_childcare: bool
    policy: Policy
    provenance: Provenance
    key_figures: tuple[KeyFigure, ...]
    tables: tuple[SafeTable, ...]
    series: SafeTable
    mismatches: tuple[Mismatch, ...]

    @property
    def unit(self) -> str:
        """What the total counts: dossiers, or reports where those alone are known."""
        total = next((key.figure for key in self.key_figures if key.name == "total"), None)
        return total.unit if total else "dossiers"


def overview_of(release: "Release") -> Overview:
    """The overview of a `disclosure.release.Release`."""
    return Overview(
        year=release.year,
        is_childcare=release.is_childcare,
        policy=release.policy,
        provenance=release.provenance,
        key_figures=tuple(_key_figures(release)),
        tables=tuple(release.tables),
        series=release.series,
        mismatches=tuple(release.mismatches),
    )


def _key_figures(release: "Release") -> list[KeyFigure]:
    """What may be said at the top, all in one unit; a figure that may not be said is left out.

    The unit is the dossier; a demonstration of a year that published meldingen only says meldingen.
    """
    reports = release.figure("reports")
    total = release.figure("dossiers") or reports
    found: dict[str, SafeFigure | None] = {"total": total}
    if total is None:
        return []
    before = release.figure(total.unit, year=-1)
    if before and before.value:
        change = release.difference(total, before)
        percent = release.share(release.absolute(change), before)  # shares know no minus
        found |= {"total-before": before, "change": change, "change-percent": percent}
    if total.unit == "dossiers":
        found["reports"] = reports
    for category in KEY_CATEGORIES:
        found[category] = release.figure(total.unit, category=category)
    return [KeyFigure(name, figure) for name, figure in found.items() if figure is not None]


def as_json(overview: Overview) -> dict[str, Any]:
    """Plain data for `overview.json`."""
    return {
        "year": overview.year,
        "is_childcare": overview.is_childcare,
        "unit": overview.unit,
        "marks": {mark.name.lower(): mark.value for mark in Mark},
        "policy": asdict(overview.policy),
        "provenance": asdict(overview.provenance),
        "key_figures": [asdict(figure) for figure in overview.key_figures],
        "tables": [asdict(table) for table in overview.tables],
        "series": asdict(overview.series),
        "mismatches": [{**asdict(m), "difference": m.difference} for m in overview.mismatches],
    }


def from_json(data: dict[str, Any]) -> Overview:
    """Read `overview.json` back.

    Raises KeyError, TypeError or ValueError when it is not such a record.
    """
    provenance = dict(data["provenance"])
    provenance["changed_cells"] = tuple(provenance["changed_cells"])
    return Overview(
        year=data["year"],
        is_childcare=data["is_childcare"],
        policy=Policy(**data["policy"]),
        provenance=Provenance(**provenance),
        key_figures=tuple(
            KeyFigure(item["name"], _figure(item["figure"])) for item in data["key_figures"]
        ),
        tables=tuple(map(_table, data["tables"])),
        series=_table(data["series"]),
        mismatches=tuple(
            Mismatch(**{key: value for key, value in item.items() if key != "difference"})
            for item in data["mismatches"]
        ),
    )


def _figure(data: dict[str, Any]) -> SafeFigure:
    sources = tuple(Source(**source) for source in data["sources"])
    return SafeFigure(**{**data, "mark": Mark(data["mark"]), "sources": sources})


def _table(data: dict[str, Any]) -> SafeTable:
    rows = tuple(
        SafeRow(**{**row, "codes": tuple(row["codes"]), "mark": Mark(row["mark"])})
        for row in data["rows"]
    )
    return SafeTable(**{**data, "dimensions": tuple(data["dimensions"]), "rows": rows})
