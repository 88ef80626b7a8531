"""Reports, institutions and registration files for the tests: a fact sheet once, then replace.

report = make_report(category="fysiek geweld", received_on=date(2023, 1, 9))
write_csv(path, [row(), row(melding_id="2", sector="vo")])
"""

import csv
from collections.abc import Iterable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from vertrouwd.accounts.models import User, system_actor
from vertrouwd.audit.record import record
from vertrouwd.dossiers.actions import receive_reports
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.schools.models import Institution

NUMBERS = count(1)

REPORT: dict[str, Any] = {
    "received_on": date(2023, 4, 17),
    "channel": "telefoon",
    "reporter_role": "ouder",
    "sector": "po",
    "category": "psychisch geweld",
    "subcategory": "pesten",
    "accused_role": "leerling",
    "accused_age": 11,
    "affected_role": "leerling",
    "affected_age": 10,
    "happened_from": date(2023, 4, 3),
    "happened_until": date(2023, 4, 14),
    "place": "op school",
    "social_media": "nee",
    "referred_to_police": "nee",
}

ROW: dict[str, str] = {
    "melding_id": "2023-0001",
    "ontvangen_op": "2023-04-17",
    "kanaal": "telefoon",
    "melder_rol": "ouder",
    "instelling_brin": "",
    "instelling_naam": "",
    "instelling_plaats": "",
    "sector": "po",
    "categorie": "psychisch geweld",
    "subcategorie": "pesten",
    "beklaagde_rol": "leerling",
    "beklaagde_naam": "",
    "beklaagde_functie": "",
    "betrokkene_rol": "leerling",
    "betrokkene_leeftijd": "10",
    "betrokkene_initialen": "",
    "voorval_van": "2023-04-03",
    "voorval_tot": "2023-04-14",
    "plaats_voorval": "op school",
    "sociale_media": "nee",
    "verwezen_politie": "nee",
    "toelichting": "",
    "dossier": "",
}


def make_institution(**changes: Any) -> Institution:
    """A fictitious primary school; every call another BRIN."""
    number = next(NUMBERS)
    facts = {
        "register": "brin",
        "code": f"ZZ{number:02}" if number < 100 else f"ZZ{number}",
        "name": f"Basisschool De Proef {number}",
        "town": "Voorbeelddorp",
        "sector": "po",
        "is_invented": True,
    }
    return Institution.objects.create(**facts | changes)


def report(**changes: Any) -> Report:
    """A report that is not stored yet."""
    return Report(**REPORT | changes)


def receive_report(report: Report, *, by: User, now: Any = None) -> Report:
    """Store a report in a dossier of its own, with the line that the doors write."""
    [stored] = receive_reports([report], by=by, now=now)
    record(by=by, action="receive_report", kind="report", object=stored.reference)
    return stored


def make_report(*, now: Any = None, **changes: Any) -> Report:
    """A stored report in a dossier of its own."""
    return receive_report(report(**changes), by=system_actor(), now=now)


def make_dossier(*, now: Any = None, **changes: Any) -> Dossier:
    """A stored dossier with one report."""
    return make_report(now=now, **changes).dossier


def row(**changes: str) -> dict[str, str]:
    """A row of a reports file (docs/contracts/reports-file.md)."""
    return ROW | changes


def rows(number: int, **changes: str) -> list[dict[str, str]]:
    """Good rows that differ in their number only."""
    return [row(melding_id=f"R{i:06}", **changes) for i in range(1, number + 1)]


def write_csv(
    path: Path, of: Iterable[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8"
) -> Path:
    """Write rows as a CSV file; the columns are those of the first row."""
    of = list(of)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(of[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(of)
    return path


def write_xlsx(path: Path, of: Iterable[dict[str, Any]]) -> Path:
    """Write rows as an Excel file; values keep their type (a date is a date cell)."""
    import openpyxl

    of = list(of)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("meldingen")
    sheet.append(list(of[0]))
    for values in of:
        sheet.append(list(values.values()))
    book.save(path)
    return path
