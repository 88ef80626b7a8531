"""Write a demonstration year into the home, once, and never beside real reports."""

import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.demonstration.draw import DrawnDossier, DrawnReport
from vertrouwd.demonstration.institutions import (
    InventedInstitution,
    invented_institutions,
    place_dossiers,
)
from vertrouwd.demonstration.prior import assumptions
from vertrouwd.demonstration.targets import check_subcategories
from vertrouwd.demonstration.year import DrawnYear, draw_year
from vertrouwd.dossiers.actions import receive_reports
from vertrouwd.dossiers.models import Report
from vertrouwd.durable import write_whole
from vertrouwd.figures import demonstrations, published
from vertrouwd.figures.snapshot import digest_of
from vertrouwd.schools.models import Institution
from vertrouwd.schools.terms import RegisterCode, Sector, Setting
from vertrouwd.schools.years import Year

MOST = 100_000  # dossiers or reports; drawing them takes about a minute


class Refused(Exception):
    """The year cannot be made in this home; the message says why and what is possible."""


@dataclass(frozen=True)
class Made:
    """What stands in the home. `is_new` False: it stood there before and nothing was changed."""

    is_new: bool
    summary: dict[str, Any]
    path: Path


def make_year(year: Year, *, table: Path, seed: int, by: User) -> Made:
    """Draw a demonstration year and store it; the table is installed as that year's published one.

    The same table and seed again change nothing. Raises Refused when the home holds real reports
    or another demonstration of that year, ValueError for a bad table, Contradiction and TooFine
    for a table no dossiers can be drawn for.
    """
    rows = published.read_table(table)
    if (named := rows[0].cell.school_year) != str(year):
        raise ValueError(
            f"{table.name}, row 2, column school_year: '{named}' is not {year}. "
            f"Run: vertrouwd make-year {named} --from {table.name}"
        )
    if (largest := max(row.count for row in rows)) > MOST:
        raise ValueError(
            f"{table.name} counts {largest} in one cell. A demonstration year has at most {MOST} "
            "dossiers or reports: some fifty times what was ever published of a year."
        )
    check_subcategories(rows, table=table.name)
    digest = digest_of(table)
    if (standing := _standing(year, digest, seed)) is not None:
        return standing
    drawn = draw_year(year, rows, seed=seed)
    summary = _summary(year, table, digest, seed, drawn)
    with transaction.atomic():
        _refuse_beside_real_reports()
        _store(year, drawn, seed=seed, by=by)
        record(
            by=by,
            action="make_year",
            kind="demonstration",
            object=str(year),
            detail={"dossiers": len(drawn.dossiers), "reports": drawn.reports, "seed": seed},
        )
        published.install(table, year)
        path = demonstrations.file_of(year, home=settings.VERTROUWD_HOME)
        told = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
        write_whole(path, told.encode())
    return Made(True, summary, path)


def _prefix(year: Year) -> str:
    return f"demo-{year}-"


def _standing(year: Year, digest: str, seed: int) -> Made | None:
    """The demonstration of this year that was made before, when it is this one."""
    _refuse_beside_real_reports()
    path = demonstrations.file_of(year, home=settings.VERTROUWD_HOME)
    if not Report.objects.filter(external_id=f"{_prefix(year)}{1:05}").exists():
        return None
    summary = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if (summary.get("table_sha256"), summary.get("seed")) == (digest, seed):
        return Made(False, summary, path)
    made_from = (
        f"from {summary['table']} with seed {summary['seed']}" if summary else "by an earlier run"
    )
    raise Refused(
        f"This home holds a demonstration of {year} already, made {made_from}. Reports are never "
        "replaced: name another folder in VERTROUWD_HOME for another demonstration of that year."
    )


def _refuse_beside_real_reports() -> None:
    if real := Report.objects.filter(is_invented=False).count():
        raise Refused(
            f"This home holds {real} reports that are not invented. A demonstration never stands "
            "beside them: name an empty folder in VERTROUWD_HOME."
        )


def _summary(year: Year, table: Path, digest: str, seed: int, drawn: DrawnYear) -> dict[str, Any]:
    return {
        "year": str(year),
        "table": table.name,
        "table_sha256": digest,
        "seed": seed,
        "dossiers": len(drawn.dossiers),
        "reports": drawn.reports,
        "changed_cells": [
            {"cell": c.cell.id, "published": c.published, "drawn": c.drawn, "why": c.why}
            | {"codes": asdict(c.cell)}
            for c in drawn.changed
        ],
        "notes": drawn.notes,
        "assumptions_version": assumptions()["version"],
    }


def _store(year: Year, drawn: DrawnYear, *, seed: int, by: User) -> None:
    chance = random.Random(f"{year}/{seed}/institutions")
    places = place_dossiers(drawn.dossiers, chance)
    institutions = _institutions({place for place in places if place is not None})
    first: list[Report] = []
    later: list[tuple[int, Report]] = []
    number = 0
    for at, (dossier, place) in enumerate(zip(drawn.dossiers, places, strict=True)):
        for report in dossier.reports:
            number += 1
            stored = _report(dossier, report, f"{_prefix(year)}{number:05}")
            if place is not None:
                stored.institution = institutions[place.code]
                stored.institution_as_given = place.name
            if report is dossier.reports[0]:
                first.append(stored)
            else:
                later.append((at, stored))
    opened = [report.dossier for report in receive_reports(first, by=by)]
    receive_reports([report for _, report in later], by=by, into=[opened[at] for at, _ in later])


def _institutions(wanted: set[InventedInstitution]) -> dict[str, Institution]:
    """The stored institutions by code; those of an earlier year are used again."""
    kept = {i.code for listed in invented_institutions().values() for i in listed}
    if real := Institution.objects.filter(code__in=kept, is_invented=False).first():
        raise Refused(
            f"The register of this home holds {real.code}, a number kept for invented "
            "institutions. Make the demonstration in another folder (VERTROUWD_HOME)."
        )
    codes = {institution.code for institution in wanted}
    stored = {i.code for i in Institution.objects.filter(code__in=codes)}
    missing = sorted((i for i in wanted if i.code not in stored), key=lambda i: i.code)
    Institution.objects.bulk_create(
        Institution(
            register=RegisterCode.LRK if i.sector == Sector.CHILDCARE else RegisterCode.BRIN,
            code=i.code,
            name=i.name,
            town=i.town,
            sector=i.sector,
            setting=Setting.UNKNOWN if i.sector == Sector.CHILDCARE else "",
            is_invented=True,
        )
        for i in missing
    )
    return {i.code: i for i in Institution.objects.filter(code__in=codes) if i.code}


def _report(dossier: DrawnDossier, report: DrawnReport, external_id: str) -> Report:
    return Report(
        external_id=external_id,
        sector=dossier.sector,
        setting=dossier.setting,
        category=dossier.category,
        subcategory=dossier.subcategory,
        is_invented=True,
        **asdict(report),
    )
