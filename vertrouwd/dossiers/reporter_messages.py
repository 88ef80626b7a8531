"""A reporter reads and answers in the own mailbox; the public process does this with the code.

It knows nothing of unlocking or drafts: those are of the casework (`messages.py`).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import system_actor
from vertrouwd.audit.record import PUBLIC, record
from vertrouwd.dossiers.casework_terms import MessageFrom, ReopenReason, Status
from vertrouwd.dossiers.life import reopen, resume
from vertrouwd.dossiers.membership import lock_report
from vertrouwd.dossiers.models import Message, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import seal_words, trimmed
from vertrouwd.sealing.opening import Mailbox
from vertrouwd.sealing.terms import Purpose

LONGEST_MESSAGE = 20_000  # characters


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
    words, at = checked_words(words), now or timezone.now()
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


def checked_words(words: str) -> str:
    """The words of a message, without space around them. Raises Refused with words for the page."""
    words = trimmed(words)
    if not words:
        raise Refused(gettext("Schrijf eerst iets op."))
    if len(words) > LONGEST_MESSAGE:
        raise Refused(gettext("Dit bericht is te lang."))
    return words
