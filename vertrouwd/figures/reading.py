"""Read the dossiers and reports that count in a year out of the database, in codes only."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, Min, QuerySet

from vertrouwd.dossiers.disagreements import disagreements
from vertrouwd.dossiers.models import Report
from vertrouwd.figures.coded import (
    CodedRow,
    Coding,
    Told,
    code_dossier,
    code_report,
    number_institutions,
)
from vertrouwd.schools.terms import Sector
from vertrouwd.schools.years import Year

AT_ONCE = 2000
TOLD = (
    "received_on", "channel", "reporter_role", "accused_role", "accused_age", "affected_role",
    "affected_age", "place", "social_media", "referred_to_police",
)  # fmt: skip
OWN_CODING = ("sector", "setting", "category", "subcategory")
DOSSIER_CODING = tuple(f"dossier__{name}" for name in OWN_CODING)
Rows = list[tuple[object, ...]]


def opened_in(year: Year) -> QuerySet[Report, Any]:
    """Dossiers (by key) whose first report, of those in it now, was received in the year."""
    return (
        _of_kind(Report.objects.all(), year, "dossier__sector")
        .values("dossier_id")
        .annotate(first=Min("received_on"))
        .filter(first__range=(year.first_day, year.last_day))
        .order_by()
    )


def dossier_rows(year: Year) -> tuple[Rows, bool]:
    """The rows of dossiers.parquet in their lasting order, and whether any report is invented.

    Reports received after the year's end do not change a dossier of the year (rule C4).
    """
    first_at = _first_report_per_institution(year)
    found: list[tuple[CodedRow, tuple[object, ...], int | None]] = []
    invented = False
    query = (
        Report.objects.filter(
            dossier_id__in=opened_in(year).values("dossier_id"), received_on__lte=year.last_day
        )
        .order_by("dossier_id", "received_on", "pk")
        .values_list(
            "dossier_id",
            "dossier__institution_id",
            "is_invented",
            *DOSSIER_CODING,
            *TOLD,
            *OWN_CODING,
        )
    )
    for (_dossier, institution), group in groupby(
        query.iterator(chunk_size=AT_ONCE), key=lambda row: row[:2]
    ):
        reports = list(group)
        invented = invented or any(row[2] for row in reports)
        told = [_told(row[7:]) for row in reports]
        opened = min(report.received_on for report in told)
        before = institution is not None and first_at[institution] < opened
        coded = code_dossier(Coding(*reports[0][3:7]), told)
        found.append((coded, (len(told), before), institution))
    return number_institutions(found), invented


def report_rows(year: Year) -> tuple[Rows, bool]:
    """The rows of reports.parquet in their lasting order, and whether any is invented."""
    found: Rows = []
    invented = False
    query = (
        _of_kind(Report.objects.all(), year, "sector")
        .filter(received_on__range=(year.first_day, year.last_day))
        .order_by()
        .values_list("is_invented", *TOLD, *OWN_CODING)
    )
    for is_invented, *answers in query.iterator(chunk_size=AT_ONCE):
        told = _told(answers)
        invented = invented or is_invented
        found.append((*astuple(code_report(told)), told.channel, told.reporter_role))
    return sorted(found), invented


def coding_disagreements(year: Year) -> list[str]:
    """References of the year's dossiers that wait for a decision on their coding, in order."""
    opened = opened_in(year).values_list("dossier_id", flat=True)
    return [each.reference for each in disagreements(opened)]


def _of_kind(reports: QuerySet[Report, Any], year: Year, sector: str) -> QuerySet[Report, Any]:
    """Education years hold everything but childcare, calendar years childcare only."""
    childcare = {sector: Sector.CHILDCARE.value}
    return reports.filter(**childcare) if year.is_childcare else reports.exclude(**childcare)


def _first_report_per_institution(year: Year) -> dict[int, date]:
    """The day of the first report of any dossier at each institution, up to the year's end."""
    return dict(
        Report.objects.filter(dossier__institution_id__isnull=False, received_on__lte=year.last_day)
        .values_list(F("dossier__institution_id"))
        .annotate(first=Min("received_on"))
        .order_by()
    )


def _told(answers: Sequence[Any]) -> Told:
    own = Coding(*answers[len(TOLD) :])
    return Told(**dict(zip(TOLD, answers, strict=False)), coding=own)
