"""When it is safe to call a reporter back: the hours of the conversation, beside the task."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext

from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.models import Conversation, Report, Task


def safe_hours(task: Task, reports: Iterable[Report]) -> str:
    """The safe hours on the day of a task to call back, as those reports say them; else empty.

    Where several reporters named hours on that day, each is said with the number of the report.
    """
    if task.kind != TaskKind.CALL_BACK:
        return ""
    said = {
        report.reference: _hours(conversation)
        for report in reports
        if (conversation := getattr(report, "conversation", None))
        and conversation.call_back_from
        and timezone.localdate(conversation.call_back_from) == task.due_on
    }
    if len(said) > 1:
        return "; ".join(f"{reference}: {hours}" for reference, hours in said.items())
    return next(iter(said.values()), "")


def _hours(conversation: Conversation) -> str:
    moments = conversation.call_back_from, conversation.call_back_until
    start, end = (time_format(timezone.localtime(moment), "H:i") for moment in moments)
    return gettext("veilig tussen %(start)s en %(end)s uur") % {"start": start, "end": end}
