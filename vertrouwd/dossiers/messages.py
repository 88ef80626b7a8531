"""The mailbox of one report: an inspector writes, that reporter alone can read it, and answers.

Each reporter has an own mailbox and never learns of the others. A report whose reporter got no
code has none; nothing pretends otherwise.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User, system_actor
from vertrouwd.audit.record import PUBLIC, record
from vertrouwd.dossiers.casework_terms import MessageFrom, ReopenReason, Status
from vertrouwd.dossiers.drafts import handed_in
from vertrouwd.dossiers.life import reopen, resume
from vertrouwd.dossiers.membership import lock_report
from vertrouwd.dossiers.models import Message, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import open_words, seal_words, trimmed
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.opening import Mailbox, Opened
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

LONGEST_MESSAGE = 20_000  # characters


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
    words = _checked(words)
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


@transaction.atomic
def write_from_reporter(
    report: Report,
    *,
    words: str,
    mailbox_key: bytes,
    takes_up: bool = True,
    now: datetime | None = None,
) -> Message:
    """The reporter answers; a dossier that waits for that, or was closed, is open again.

    Whoever calls sees to it that the same form is taken once. `takes_up`: False for what needs no
    further work. Raises Refused with words for the page, and Unreadable when the mailbox key opens
    no thread of this report.
    """
    words, at = _checked(words), now or timezone.now()
    report = lock_report(report.pk)
    message = Message.objects.create(report=report, sender=MessageFrom.REPORTER, at=at)
    mailbox = Mailbox(mailbox_key)
    texts = {message.field: words}
    seal_words(report.record, Purpose.THREAD, texts, by=PUBLIC, opened=mailbox, now=at)
    if takes_up and report.dossier.status == Status.WAITING:
        resume(report.dossier, by=system_actor(), now=at)
    elif takes_up and report.dossier.status == Status.CLOSED:
        returned = ReopenReason.REPORTER_RETURNED
        reopen(report.dossier, reason=returned, by=system_actor(), now=at)
    record(
        by=PUBLIC, action="write_from_reporter", kind="report", object=report.reference,
        detail={"message": message.pk},
    )  # fmt: skip
    return message


def mark_read_by_reporter(report: Report, *, now: datetime) -> None:
    """The reporter has the thread open: what inspectors wrote was read, the first time."""
    unread = report.messages.filter(sender=MessageFrom.INSPECTOR, read_at__isnull=True)
    if unread.exists():
        unread.update(read_at=now)


def with_news(dossiers: Collection[int]) -> set[int]:
    """Those of these dossiers, by number, in which a reporter wrote what nobody has read yet."""
    news = Message.objects.filter(sender=MessageFrom.REPORTER, read_at__isnull=True).order_by()
    return set(news.filter(report__dossier__in=dossiers).values_list("report__dossier", flat=True))


def mark_read_by_team(report: Report, *, now: datetime) -> None:
    """Who works on it has the thread open: what the reporter wrote was read, the first time."""
    unread = report.messages.filter(sender=MessageFrom.REPORTER, read_at__isnull=True)
    if unread.exists():
        unread.update(read_at=now)


def _checked(words: str) -> str:
    words = trimmed(words)
    if not words:
        raise Refused(gettext("Schrijf eerst iets op."))
    if len(words) > LONGEST_MESSAGE:
        raise Refused(gettext("Dit bericht is te lang."))
    return words
