"""What the page of a dossier shows of files: those of each report, and what became of them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.storing import Facts, facts_of
from vertrouwd.desk.case.panels import Panel
from vertrouwd.desk.case.rows import Rows
from vertrouwd.dossiers.models import Report
from vertrouwd.sealing.opening import Opened


@dataclass(frozen=True)
class Row:
    """One file; without facts its name cannot be opened."""

    attachment: Attachment
    facts: Facts | None


@dataclass(frozen=True)
class FilesOfReport:
    """Those of one report, in the order in which they came."""

    report: Report
    rows: list[Row] = field(default_factory=list)


def gather(rows: Rows, *, by: User, opened: Opened, now: datetime) -> list[FilesOfReport]:
    """Of the reports that have files."""
    reports = rows.reports
    found = list(Attachment.objects.filter(report__in=reports).order_by("pk"))
    facts = facts_of(found, opener=opened) if found else {}
    of_reports = [
        FilesOfReport(each, [Row(row, facts[row.pk]) for row in found if row.report_id == each.pk])
        for each in rows.reports
    ]
    return [each for each in of_reports if each.rows]


PANEL = Panel("bestanden", gettext_lazy("Bestanden"), "desk/attachments/_on_dossier.html", gather)
