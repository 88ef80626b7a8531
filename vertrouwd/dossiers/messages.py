"""The mailbox of one report: an inspector writes, and that reporter alone can read it.

Each reporter has an own mailbox and never learns of the others. A report whose reporter got no
code has none; nothing pretends otherwise.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.casework_terms import MessageFrom
from vertrouwd.dossiers.drafts import handed_in
from vertrouwd.dossiers.models import Message, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.reporter_messages import checked_words
from vertrouwd.dossiers.sealed_words import open_words, seal_words
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable


class ToTheReporter:
    """Opens only data keys that the reporter opens too: what goes under them is for both."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def data_key(self, data_key: DataKey) -> bytes:
        """The 32 bytes. Raises Unreadable."""
        if data_key.reporter_wrapped is None:
            raise Unreadable
        return self._opened.data_key(data_key)


def with_mailbox(records: Iterable[str]) -> set[str]:
    """Those of these records (of reports) whose reporter can read what is written."""
    keys = DataKey.objects.filter(record__in=list(records), purpose=Purpose.THREAD)
    open_to_reporter = keys.filter(reporter_wrapped__isnull=False, destroyed_at__isnull=True)
    return set(open_to_reporter.values_list("record", flat=True))


@transaction.atomic
def write_to_reporter(
    report: Report,
    *,
    words: str,
    by: User,
    opened: Opened,
    after: int = 0,
    draft: str = "",
    now: datetime | None = None,
) -> Message:
    """Put a message in the mailbox of this report. Sending the same form twice makes one message.

    `after` is the number of the last message that the form knew of, `draft` the record of the
    draft that becomes it. Raises Refused, also when there is no mailbox.
    """
    words = checked_words(words)
    report = Report.objects.select_for_update().get(pk=report.pk)  # of two equal ones one waits
    if not with_mailbox([report.record]):
        raise Refused(gettext("Deze melder heeft geen code en kan geen bericht lezen."))
    handed_in(draft, by=by)
    own = Message.objects.filter(report=report, sender=MessageFrom.INSPECTOR, by=by, pk__gt=after)
    for earlier in own:
        if open_words(report.record, Purpose.THREAD, earlier.field, opened=opened) == words:
            return earlier
    at = now or timezone.now()
    message = Message.objects.create(report=report, sender=MessageFrom.INSPECTOR, at=at, by=by)
    to_both = ToTheReporter(opened)
    seal_words(report.record, Purpose.THREAD, {message.field: words}, by=by, opened=to_both, now=at)
    detail = {"message": message.pk}
    record(by=by, action="write_to_reporter", kind="report", object=report.reference, detail=detail)
    return message


def unread_messages() -> QuerySet[Message]:
    """What a reporter wrote and nobody has read yet. Read without regard to who may open it."""
    return Message.objects.filter(sender=MessageFrom.REPORTER, read_at__isnull=True).order_by()


def mark_read_by_team(report: Report, *, now: datetime) -> None:
    """Who works on it has the thread open: what the reporter wrote was read, the first time."""
    unread = unread_messages().filter(report=report)
    if unread.exists():
        unread.update(read_at=now)
