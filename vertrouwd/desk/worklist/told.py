"""What the rows of the work list say of the reports in each dossier."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef

from vertrouwd.attachments.unseen import unseen_files
from vertrouwd.desk.call_backs import Safe
from vertrouwd.dossiers.access import is_there
from vertrouwd.dossiers.messages import unread_messages
from vertrouwd.dossiers.models import Report


@dataclass
class Told:
    """Of one dossier."""

    reports: int = 0
    first: date | None = None  # the day on which the first came in
    has_news: bool = False  # a reporter wrote, and nobody who works on it read it yet
    has_files: bool = False  # a reporter sent a file that nobody looked at yet
    safe: list[Safe] = field(default_factory=list)


def told_in(dossiers: Collection[int]) -> dict[int, Told]:
    """By number; one query, in which each report is a row."""
    of_report = {"report": OuterRef("pk")}
    reports = Report.objects.filter(dossier__in=dossiers).annotate(
        news=is_there(unread_messages().filter(**of_report)),
        files=is_there(unseen_files().filter(**of_report)),
    )
    columns = (
        "dossier", "received_on", "news", "files",
        "pk", "conversation__call_back_from", "conversation__call_back_until",
    )  # fmt: skip
    found = {number: Told() for number in dossiers}
    for dossier, received, has_news, has_files, *safe in reports.order_by("pk").values_list(
        *columns
    ):
        told = found[dossier]
        told.reports += 1
        told.first = min(told.first or received, received)
        told.has_news |= has_news
        told.has_files |= has_files
        told.safe.append(Safe(*safe))
    return found
