"""When it is safe to call a reporter back: the hours of the conversation, beside the task."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.models import Conversation, Report, Task


class Safe(NamedTuple):
    """From when until when the reporter of a report (its number) said it is safe; or never said."""

    report: int
    start: datetime | None
    end: datetime | None


def safe_hours(task: Task, reports: Iterable[Report]) -> str:
    """The safe hours on the day of a task to call back, as those reports say them; else empty."""
    if task.kind != TaskKind.CALL_BACK:
        return ""
    talks = [talk for report in reports if (talk := getattr(report, "conversation", None))]
    return hours_on(
        task.due_on,
        (Safe(talk.report_id, talk.call_back_from, talk.call_back_until) for talk in talks),
    )


def hours_on(day: date, said: Iterable[Safe]) -> str:
    """The hours of that day in words; empty when nobody named any.

    Where several reporters named hours on that day, each is said with the number of the report.
    """
    hours = [
        (each.report, _hours(start, each.end))
        for each in said
        if each.start and each.end and (start := timezone.localtime(each.start)).date() == day
    ]
    if len(hours) > 1:
        return "; ".join(f"{Report(pk=number).reference}: {each}" for number, each in hours)
    return hours[0][1] if hours else ""


def said_in(dossiers: Collection[int]) -> dict[int, list[Safe]]:
    """What the reporters of these dossiers (numbers) said; one query."""
    named = Conversation.objects.filter(
        report__dossier__in=dossiers, call_back_from__isnull=False
    ).order_by("report")
    found: dict[int, list[Safe]] = {}
    columns = ("report__dossier", "report", "call_back_from", "call_back_until")
    for dossier, *said in named.values_list(*columns):
        found.setdefault(dossier, []).append(Safe(*said))
    return found


def _hours(start: datetime, end: datetime) -> str:
    hours = {"start": f"{start:%H:%M}", "end": f"{timezone.localtime(end):%H:%M}"}
    return gettext("veilig tussen %(start)s en %(end)s uur") % hours
