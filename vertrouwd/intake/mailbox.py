"""The reporter's mailbox: reference and code open it; to read, to answer, to decide.

When a reporter looks is nobody's business: no opening of a mailbox is written in the log. What a
reporter does in it leaves a line, and of a report a message in the thread.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.attachments.storing import attach, discard
from vertrouwd.audit.record import PUBLIC
from vertrouwd.dossiers import reporter_choices
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.refused import Refused as Refused
from vertrouwd.dossiers.reporter_messages import write_from_reporter
from vertrouwd.intake.door import Unlocked, unlock, unlock_again
from vertrouwd.intake.door import WrongCode as WrongCode
from vertrouwd.intake.kept_records import add_to_kept, destroy_kept, open_kept, release_kept
from vertrouwd.intake.models import KeptRecord
from vertrouwd.intake.not_received import NotReceived as NotReceived
from vertrouwd.intake.not_received import telling_why
from vertrouwd.intake.opened_mailbox import FileLine as FileLine
from vertrouwd.intake.opened_mailbox import Line as Line
from vertrouwd.intake.opened_mailbox import OpenedMailbox as OpenedMailbox
from vertrouwd.intake.own_thread import filed_words, read_report
from vertrouwd.intake.sent_forms import digest_of_mailbox_form, note_sent, was_surely_not_sent
from vertrouwd.sealing.filing_proof import make_proof, opening_of
from vertrouwd.sealing.unreadable import Unreadable


def open_mailbox(reference: str, code: str, *, now: datetime | None = None) -> OpenedMailbox:
    """With what the reporter typed. Raises WrongCode."""
    return _read(unlock(reference, code), now=now or timezone.now())


def open_again(reference: str, key: bytes, *, now: datetime | None = None) -> OpenedMailbox:
    """With the key that the cookie carries. Raises WrongCode, also when the mailbox is gone."""
    return _read(unlock_again(reference, key), now=now or timezone.now())


def write(mailbox: OpenedMailbox, *, words: str, token: bytes, now: datetime | None = None) -> None:
    """Put a message in the thread; the same words from the same page (`token`) once.

    `token` is random and belongs to the page: some 16 bytes in its sealed state. Raises Refused
    with words for the page (nothing, too much, a kept record), NotReceived, and WrongCode when the
    mailbox is gone.
    """
    at, report = now or timezone.now(), _report_in(mailbox)
    digest = digest_of_mailbox_form(token, mailbox.reference, "write", words)
    with _act(mailbox), _once(mailbox, digest, at=at) as is_new:
        if is_new:
            write_from_reporter(report, words=words, mailbox_key=mailbox.key, now=at)


def add_files(
    mailbox: OpenedMailbox,
    files: Sequence[SealedFile],
    *,
    token: bytes,
    now: datetime | None = None,
) -> None:
    """Add files; the same from the same page once, also to a record that is kept.

    Raises NotReceived and WrongCode; unless they were added the files are gone.
    """
    at = now or timezone.now()
    sums = sorted(file.sha256 for file in files)
    digest = digest_of_mailbox_form(token, mailbox.reference, "files", *sums)
    try:
        with _act(mailbox) as unlocked, _once(mailbox, digest, at=at) as is_new:
            if is_new and files:
                _add(mailbox, unlocked, files, at)
    except Exception:
        if was_surely_not_sent(digest):
            discard(files)
        raise
    if not is_new:
        discard(files)


def release(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """A kept record becomes a report under the same reference; of a report the condition goes.

    Doing it twice does it once. Raises NotReceived, and WrongCode when the mailbox is gone.
    """
    at = now or timezone.now()
    with _act(mailbox):
        if mailbox.report:
            reporter_choices.lift_condition(mailbox.report, mailbox_key=mailbox.key, now=at)
        elif release_kept(mailbox.reference, key=mailbox.key, now=at) is None:
            _check_was_sent(mailbox.reference)


def withdraw(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """A kept record is destroyed; of a report the inspector learns that its reporter lets it go.

    Raises NotReceived, WrongCode when the mailbox is gone, and Refused when what was kept was sent
    in another window.
    """
    at = now or timezone.now()
    with _act(mailbox):
        if mailbox.report:
            reporter_choices.withdraw_report(mailbox.report, mailbox_key=mailbox.key, now=at)
        elif not destroy_kept(mailbox.reference, by=PUBLIC, why="withdrawn"):
            raise Refused(gettext("Je hebt dit intussen verstuurd. Open je postvak opnieuw."))


def go_on(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """The withdrawal of a report is taken back. Raises Refused, NotReceived, WrongCode."""
    at, report = now or timezone.now(), _report_in(mailbox)
    with _act(mailbox):
        reporter_choices.go_on_with_report(report, mailbox_key=mailbox.key, now=at)


def delete_own_copy(mailbox: OpenedMailbox, *, now: datetime | None = None) -> None:
    """The code opens nothing any more; the report stays with the inspector.

    Raises Refused for a kept record (there is no other copy: `withdraw`), NotReceived, WrongCode.
    """
    at, report = now or timezone.now(), _report_in(mailbox)
    with _act(mailbox):
        reporter_choices.give_up_code(report, mailbox_key=mailbox.key, now=at)


def prove(mailbox: OpenedMailbox) -> str:
    """A proof that something was filed in the week of receipt; the same each time.

    Two lines of text (sealing/filing_proof.py). Raises Refused for a kept record, and WrongCode.
    """
    report = _report_in(mailbox)
    seed: bytes = settings.PROOF_KEY  # type: ignore[misc]
    return make_proof(
        signing_seed=seed,
        opening=opening_of(mailbox.key),
        content=filed_words(report.record, mailbox.key),
        week=timezone.localdate(report.recorded_at),
    )


def _read(unlocked: Unlocked, *, now: datetime) -> OpenedMailbox:
    if not unlocked.is_kept:
        return read_report(unlocked, now=now)
    kept = KeptRecord.objects.filter(record=unlocked.record).first()
    if kept is None:  # it was released or withdrawn a moment ago
        raise WrongCode
    content = open_kept(kept, key=unlocked.key)
    return OpenedMailbox(
        reference=unlocked.reference,
        key=unlocked.key,
        kept=kept,
        narrative=content.told.texts.get("narrative", ""),
        institution=content.told.texts.get("institution", ""),
        files=tuple(FileLine(file.name, file.size, None) for file in content.files),
        condition=content.told.condition,
        expires_on=kept.expires_on,
    )


def _report_in(mailbox: OpenedMailbox) -> Report:
    if mailbox.report is None:
        raise Refused(gettext("Je hebt dit nog niet verstuurd. Niemand kan het lezen."))
    return mailbox.report


def _check_was_sent(reference: str) -> None:
    """It is not kept any more: released in another window, or thrown away there."""
    if not Report.objects.filter(mailbox=reference).exists():
        raise WrongCode


def _add(
    mailbox: OpenedMailbox, unlocked: Unlocked, files: Sequence[SealedFile], at: datetime
) -> None:
    if unlocked.is_kept:
        if add_to_kept(mailbox.reference, files, key=mailbox.key) is None:
            raise WrongCode
        return
    report = Report.objects.get(record=unlocked.record)
    attach(report, files, mailbox_key=mailbox.key, salt=unlocked.salt, now=at)
    words = ngettext(
        "Ik heb een bestand toegevoegd.", "Ik heb %(number)d bestanden toegevoegd.", len(files)
    ) % {"number": len(files)}
    write_from_reporter(report, words=words, mailbox_key=mailbox.key, now=at)


@contextmanager
def _act(mailbox: OpenedMailbox) -> Iterator[Unlocked]:
    """Around one act: whole or not at all, and only while the mailbox is there."""
    with telling_why():
        try:
            with transaction.atomic():
                yield unlock_again(mailbox.reference, mailbox.key)
        except Unreadable:
            raise WrongCode from None


@contextmanager
def _once(mailbox: OpenedMailbox, digest: str, *, at: datetime) -> Iterator[bool]:
    """Whether this form is new; that it was sent is stored with what is done with it."""
    try:
        with transaction.atomic():
            note_sent(digest, reference=mailbox.reference, at=at)
    except IntegrityError:
        yield False
    else:
        yield True
