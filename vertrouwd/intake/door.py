"""The door of the mailbox: whether a reference and a code belong together, and no more than that.

An unknown reference, a wrong code and a mistyped one are answered after the same questions to the
database and the same ciphers: where nothing is found, a lock that nothing opens is tried.
"""

from dataclasses import dataclass, field

from vertrouwd.dossiers.models import Report
from vertrouwd.intake.kept_records import place_of
from vertrouwd.intake.models import KeptRecord
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.opening import wrap_purpose
from vertrouwd.sealing.reporter_codes import (
    Mistyped,
    mailbox_key,
    new_code,
    new_salt,
    read_code,
    read_reference,
    unwrap_for_reporter,
    wrap_for_reporter,
)
from vertrouwd.sealing.suite import new_key
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable


class WrongCode(Exception):
    """Unknown reference, wrong code, or mistyped: one answer."""

    def __init__(self) -> None:
        super().__init__("No mailbox opens with this reference and code.")


@dataclass(frozen=True)
class Unlocked:
    """A mailbox that is there, and what opens it; `record` is that of what it holds."""

    reference: str
    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    record: str
    is_kept: bool


@dataclass(frozen=True)
class _Lock:
    record: str
    salt: bytes
    wrapped: bytes
    place: str
    is_kept: bool = False


# As large as any other, made anew in each process; its keys are kept nowhere.
_NOBODYS = _Lock("", new_salt(), wrap_for_reporter(new_key(), key=new_key(), record=""), "")
# What takes the place of what was mistyped: of no mailbox, and given to nobody.
_NO_REFERENCE, _NO_CODE = "", new_code()


def unlock(reference: str, code: str) -> Unlocked:
    """With what somebody typed. Raises WrongCode."""
    try:
        reference = read_reference(reference)
    except Mistyped:
        reference = _NO_REFERENCE
    try:
        code = read_code(code)
    except Mistyped:
        code = _NO_CODE
    lock = _lock_of(reference)
    return _tried(reference, lock, mailbox_key(code, salt=lock.salt))


def unlock_again(reference: str, key: bytes) -> Unlocked:
    """With the key of before. Raises WrongCode, also when what it opened is gone."""
    return _tried(reference, _lock_of(reference), key)


def _tried(reference: str, lock: _Lock, key: bytes) -> Unlocked:
    try:
        unwrap_for_reporter(lock.wrapped, key=key, record=lock.place)
    except Unreadable:
        raise WrongCode from None
    return Unlocked(reference, key, lock.salt, lock.record, lock.is_kept)


def _lock_of(reference: str) -> _Lock:
    """Two questions, in this order: between them a kept record may become a report, not back."""
    records = KeptRecord.objects.filter(reference=reference)
    kept = records.values_list("record", "salt", "wrapped").first()
    reports = Report.objects.filter(mailbox=reference).values("record")
    threads = DataKey.objects.filter(
        record__in=reports, purpose=Purpose.THREAD, reporter_wrapped__isnull=False
    ).order_by("number")
    thread = threads.values_list("record", "number", "reporter_salt", "reporter_wrapped").first()
    if thread:
        record, number, salt, wrapped = thread
        place = f"{record} {wrap_purpose(Purpose.THREAD, number)}"
        return _Lock(record, bytes(salt or b""), bytes(wrapped or b""), place)
    if kept:
        record, salt, wrapped = kept
        return _Lock(record, bytes(salt), bytes(wrapped), place_of(record), is_kept=True)
    return _NOBODYS
