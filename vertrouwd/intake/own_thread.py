"""What the reporter of one report reads back: own words, messages and files, and nobody else's."""

from contextlib import suppress
from datetime import datetime

from django.db import OperationalError

from vertrouwd.attachments.storing import facts_of
from vertrouwd.dossiers.casework_terms import Condition, MessageFrom, Status
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.reporter_messages import mark_read_by_reporter
from vertrouwd.intake.door import Unlocked, WrongCode
from vertrouwd.intake.opened_mailbox import FileLine, Line, OpenedMailbox
from vertrouwd.sealing.binding import joined
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Mailbox, open_text
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

FILED = ("narrative", "institution")


def read_report(unlocked: Unlocked, *, now: datetime) -> OpenedMailbox:
    """The report with its thread; what the inspector wrote is read from now on. Raises WrongCode
    when it is gone."""
    rows = Report.objects.select_related("dossier", "conversation")
    report = rows.filter(record=unlocked.record, mailbox=unlocked.reference).first()
    if report is None:
        raise WrongCode
    texts = _texts(report.record, Mailbox(unlocked.key))
    conversation = getattr(report, "conversation", None)
    lines = tuple(
        Line(MessageFrom(message.sender), message.at, texts[message.field])
        for message in report.messages.all()
        if message.field in texts
    )
    with suppress(OperationalError):  # a full disk or a busy database keeps nobody from reading
        mark_read_by_reporter(report, now=now)
    return OpenedMailbox(
        reference=unlocked.reference,
        key=unlocked.key,
        report=report,
        narrative=texts.get("narrative", ""),
        institution=texts.get("institution", ""),
        messages=lines,
        files=_files(report, Mailbox(unlocked.key)),
        status=Status(report.dossier.status),
        condition=Condition(conversation.condition) if conversation else Condition.NONE,
        withdrawn_at=conversation.withdrawn_at if conversation else None,
    )


def filed_words(record: str, key: bytes) -> bytes:
    """What was filed, as it was first sealed, in one form for ever. Raises WrongCode."""
    texts = _texts(record, Mailbox(key), revision=1)
    fields = [part for name in FILED for part in (name, texts.get(name, ""))]
    return joined(b"vertrouwd filed 1", *fields)


def _texts(record: str, mailbox: Mailbox, *, revision: int | None = None) -> dict[str, str]:
    """Field -> its last revision unless told, of what is sealed to this reporter.

    A later key of the thread that is the team's only is not the reporter's: it is passed over.
    """
    rows = SealedText.objects.select_related("data_key").order_by("revision")
    found = rows.filter(
        data_key__record=record,
        data_key__purpose=Purpose.THREAD,
        data_key__reporter_wrapped__isnull=False,
    )
    if revision is not None:
        found = found.filter(revision=revision)
    keys: dict[int, bytes] = {}
    last = {row.field: row for row in found}
    for row in last.values():
        if row.data_key_id not in keys:
            try:
                keys[row.data_key_id] = mailbox.data_key(row.data_key)
            except Unreadable:
                raise WrongCode from None
    return {field: open_text(row, keys[row.data_key_id]) for field, row in last.items()}


def _files(report: Report, mailbox: Mailbox) -> tuple[FileLine, ...]:
    attachments = list(report.attachments.select_related("data_key"))
    facts = facts_of(attachments, opener=mailbox)
    return tuple(
        FileLine(known.name, known.size, each.added_at)
        for each in attachments
        if (known := facts[each.pk])
    )
