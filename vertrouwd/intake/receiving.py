"""A form is sent: it is stored whole, once, however often the button is pressed; or not at all.

The code of the receipt follows from the token of the last page, so that nothing keeps the code, and
who sends the same form again within ten minutes gets the same receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.attachments.storing import discard
from vertrouwd.dossiers.models import Report
from vertrouwd.intake.kept_records import keep
from vertrouwd.intake.models import KeptRecord
from vertrouwd.intake.not_received import NotReceived as NotReceived
from vertrouwd.intake.not_received import Reason as Reason
from vertrouwd.intake.not_received import telling_why
from vertrouwd.intake.questions import ASKERS
from vertrouwd.intake.sent_forms import LAST_PAGE_GOOD_FOR as LAST_PAGE_GOOD_FOR
from vertrouwd.intake.sent_forms import (
    digest_of,
    mac_of,
    note_sent,
    sent_before,
    was_surely_not_sent,
)
from vertrouwd.intake.storing import store_report
from vertrouwd.intake.told import Told
from vertrouwd.sealing.reporter_codes import code_from, mailbox_key, new_reference, new_salt

SAME_RECEIPT = timedelta(minutes=10)  # for the same form, sent again
DRAWS = 20  # references; that one is taken happens once in a million million
# Their duty runs from the day they hear of it: they do not record now and decide later.
DUTY_RUNS = frozenset(asker.role for asker in ASKERS.values() if asker.knower)


class AlreadyReceived(Exception):
    """The same form was received, more than ten minutes ago, or its mailbox opens no more: no code
    is shown again."""

    def __init__(self) -> None:
        super().__init__("This form was received already.")


class OtherContent(Exception):
    """This form was sent before, with other answers or files: nothing is changed by it."""

    def __init__(self) -> None:
        super().__init__("This form was sent before, with other content.")


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes along; the code exists nowhere else.

    `is_kept`: recorded now, decided later: nobody but the reporter has it.
    """

    reference: str
    code: str = field(repr=False)
    is_kept: bool


def receive(
    told: Told,
    *,
    token: bytes,
    files: Sequence[SealedFile] = (),
    now: datetime | None = None,
) -> Receipt:
    """Store what was told, and give the receipt; the same one for the same form sent again.

    `token`: the 32 random bytes of the last page, used within LAST_PAGE_GOOD_FOR. Raises
    AlreadyReceived, OtherContent, and NotReceived, with which nothing is stored. What was recorded
    and thrown away since is stored anew: a receipt is of something that is there. Unless the files
    now belong to what was stored they are gone.
    """
    at, digest = now or timezone.now(), digest_of(token)
    try:
        if told.keeps_to_self and told.reporter_role in DUTY_RUNS:
            raise NotReceived(Reason.DUTY_RUNS)
        with telling_why():
            receipt, is_new = _received(told, token, digest, files, at)
    except (AlreadyReceived, OtherContent):
        discard(files)
        raise
    except Exception:
        if files and was_surely_not_sent(digest):
            discard(files)
        raise
    if not is_new:
        discard(files)
    return receipt


def was_sent(token: bytes) -> bool:
    """Whether the last page with this token was sent; known for a day."""
    return sent_before(digest_of(token)) is not None


def _received(
    told: Told, token: bytes, digest: str, files: Sequence[SealedFile], at: datetime
) -> tuple[Receipt, bool]:
    """The receipt, and whether the form is new."""
    mac = mac_of(told, files)
    for _ in range(2):  # a second time when another had drawn the same reference
        try:
            with transaction.atomic():
                return _store(told, token, digest, mac, files, at), True
        except IntegrityError as fault:
            clash = fault
        if receipt := _receipt_of_before(told, token, digest, mac, at):
            return receipt, False
    raise clash


def _receipt_of_before(
    told: Told, token: bytes, digest: str, mac: str, at: datetime
) -> Receipt | None:
    sent = sent_before(digest)
    if sent is None:
        return None
    if not compare_digest(sent.mac, mac):
        raise OtherContent
    if at - sent.at > SAME_RECEIPT or not _is_taken(sent.mailbox):
        raise AlreadyReceived
    still_kept = KeptRecord.objects.filter(reference=sent.mailbox).exists()
    return Receipt(sent.mailbox, code_from(token), is_kept=still_kept)


def _store(
    told: Told, token: bytes, digest: str, mac: str, files: Sequence[SealedFile], at: datetime
) -> Receipt:
    reference, code, salt = _free_reference(), code_from(token), new_salt()
    key = mailbox_key(code, salt=salt)
    note_sent(digest, mac=mac, reference=reference, at=at)
    store = keep if told.keeps_to_self else store_report
    store(told, reference=reference, key=key, salt=salt, files=files, now=at)
    return Receipt(reference, code, told.keeps_to_self)


def _free_reference() -> str:
    """A reference of no mailbox that is there. Raises NotReceived when drawing always fails."""
    for _ in range(DRAWS):
        drawn = new_reference()
        if not _is_taken(drawn):
            return drawn
    raise NotReceived(Reason.BUSY)


def _is_taken(reference: str) -> bool:
    """Asked in SQL: Django takes longer to write this question than the database to answer it."""
    reports, records = Report._meta.db_table, KeptRecord._meta.db_table
    question = (
        f"SELECT 1 FROM {reports} WHERE mailbox = %s "  # noqa: S608 - names of our own models
        f"UNION ALL SELECT 1 FROM {records} WHERE reference = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [reference, reference])
        return cursor.fetchone() is not None
