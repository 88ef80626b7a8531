"""A file is opened for the first time: scanned, made anew, and the copy sealed.

It happens in the request of somebody who has unlocked, because nobody else has the key. The row
says until when a request is busy with it; who comes meanwhile is told so, and when that request
broke off the next one begins again. Nothing half made is ever there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.attachments.cleaning import child
from vertrouwd.attachments.cleaning.copies import Copy
from vertrouwd.attachments.cleaning.made import OF_TYPE, NotPossible, Reason
from vertrouwd.attachments.evidence import checked_original
from vertrouwd.attachments.files import cleaned_place, sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.scanning import scan
from vertrouwd.attachments.sealed_file import CLEANED
from vertrouwd.attachments.storing import Facts, original_of
from vertrouwd.attachments.terms import Cleaning, Scan
from vertrouwd.audit.record import record
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Opener
from vertrouwd.sealing.texts import seal_under

BUSY_FOR = timedelta(minutes=5)  # longer than a scan and a child together may take
TO_SCAN_AGAIN = (Scan.NOT_DONE, Scan.FAILED)


@dataclass(frozen=True)
class _Found:
    """What became of it; `copy` only when it was made."""

    cleaning: Cleaning
    scan: Scan
    copy: Copy | None = None
    cleaned: str = ""
    why_not: Reason | None = None


def cleaned_copy(
    attachment: Attachment, *, opened: Opener, by: User, now: datetime | None = None
) -> Attachment:
    """The file, with its copy where one can be made; the first time it is made here.

    Raises Busy when another request is at it or too many files are, and Unreadable when the
    original does not open or is not what was sealed.
    """
    at = now or timezone.now()
    if attachment.cleaning != Cleaning.WAITING:
        return attachment
    until = _begin(attachment, at)
    try:
        found = _made(attachment, opened)
        _end(attachment, found, until, opened=opened, by=by, now=at)
    finally:
        Attachment.objects.filter(pk=attachment.pk, busy_until=until).update(busy_until=None)
    return Attachment.objects.select_related("report__dossier", "data_key__team_key").get(
        pk=attachment.pk
    )


def try_again(
    attachment: Attachment, *, opened: Opener, by: User, now: datetime | None = None
) -> Attachment:
    """Make the copy that could not be made, or scan what was not scanned. Raises as above."""
    if attachment.cleaning == Cleaning.NOT_POSSIBLE:
        waiting = {"cleaning": Cleaning.WAITING, "why_not": ""}
        Attachment.objects.filter(pk=attachment.pk, cleaning=Cleaning.NOT_POSSIBLE).update(
            **waiting
        )
        attachment.cleaning, attachment.why_not = Cleaning.WAITING, ""
    elif attachment.cleaning == Cleaning.CLEANED and may_scan_again(attachment):
        _scan_again(attachment, opened=opened, by=by, now=now or timezone.now())
    return cleaned_copy(attachment, opened=opened, by=by, now=now)


def may_scan_again(attachment: Attachment) -> bool:
    """Whether there is a scanner that has not judged it yet."""
    return bool(settings.VERTROUWD_CLAMD) and attachment.scan in TO_SCAN_AGAIN


def is_busy(attachment: Attachment, *, now: datetime) -> bool:
    """Whether a request is at it."""
    return attachment.busy_until is not None and attachment.busy_until > now


def _begin(attachment: Attachment, at: datetime) -> datetime:
    """Until when the file is ours. Raises Busy when it is somebody else's."""
    until = at + BUSY_FOR
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=at)
    waiting = Attachment.objects.filter(free, pk=attachment.pk, cleaning=Cleaning.WAITING)
    if not waiting.update(busy_until=until):
        raise child.Busy
    return until


def _made(attachment: Attachment, opened: Opener) -> _Found:
    facts = original_of(attachment, opened)
    scanned = _scanned(attachment, facts, opened)
    if scanned == Scan.FOUND:
        return _Found(Cleaning.QUARANTINED, scanned)
    kind = OF_TYPE.get(facts.type)
    try:
        if kind is None:
            raise NotPossible(Reason.UNKNOWN)
        with child.clean(checked_original(attachment, facts, opener=opened), kind) as answer:
            name, digest = _sealed(attachment, answer, opened)
    except NotPossible as found:
        return _Found(Cleaning.NOT_POSSIBLE, scanned, why_not=found.reason)
    copy = Copy(answer.type, answer.size, digest, answer.pages, answer.left_out, answer.isolation)
    return _Found(Cleaning.CLEANED, scanned, copy, name)


def _scanned(attachment: Attachment, facts: Facts, opened: Opener) -> Scan:
    pieces = checked_original(attachment, facts, opener=opened)
    return scan(pieces, address=settings.VERTROUWD_CLAMD)


def _sealed(attachment: Attachment, answer: child.Answer, opened: Opener) -> tuple[str, str]:
    """The record of the copy and its hash, once all of it is sealed and on disk."""
    name, digest = new_record(), sha256()
    key = opened.data_key(attachment.data_key)
    with sealed_files().sealing(key, place=cleaned_place(name)) as writer:
        for piece in answer.pieces:
            digest.update(piece)
            writer.write(piece)
    return name, digest.hexdigest()


def _end(
    attachment: Attachment, found: _Found, until: datetime, *, opened: Opener, by: User,
    now: datetime,
) -> None:  # fmt: skip
    """Store what was found, unless another request did so meanwhile."""
    is_scanned = found.scan != Scan.NOT_DONE
    try:
        with transaction.atomic():
            ours = Attachment.objects.filter(
                pk=attachment.pk, busy_until=until, cleaning=Cleaning.WAITING
            )
            stored = ours.update(
                cleaning=found.cleaning, cleaned=found.cleaned, why_not=found.why_not or "",
                cleaned_at=now if found.copy else None, scan=found.scan,
                scanned_at=now if is_scanned else None,
            )  # fmt: skip
            if stored:
                if found.copy:
                    key = opened.data_key(attachment.data_key)
                    seal_under(attachment.data_key, key, {CLEANED: found.copy.as_text()}, now=now)
                _write(attachment, found, by=by)
    except BaseException:
        _throw_away(found.cleaned)
        raise
    if not stored:
        _throw_away(found.cleaned)


def _write(attachment: Attachment, found: _Found, *, by: User) -> None:
    detail: dict[str, object] = {
        "became": found.cleaning.name.lower(), "scan": found.scan.name.lower(),
    }  # fmt: skip
    if found.why_not:
        detail["reason"] = found.why_not.name.lower()
    record(by=by, action="clean_file", kind="file", object=attachment.reference, detail=detail)


def _throw_away(name: str) -> None:
    if name:
        sealed_files().destroy(name)


def _scan_again(attachment: Attachment, *, opened: Opener, by: User, now: datetime) -> None:
    """What is found now puts the file in quarantine, and its copy goes."""
    facts = original_of(attachment, opened)
    scanned = _scanned(attachment, facts, opened)
    kept = {"scan": scanned, "scanned_at": now}
    copy = attachment.cleaned
    if scanned == Scan.FOUND:
        kept |= {"cleaning": Cleaning.QUARANTINED, "cleaned": "", "cleaned_at": None}
    with transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk, cleaned=copy).update(**kept)
        if scanned == Scan.FOUND:
            SealedText.objects.filter(data_key=attachment.data_key_id, field=CLEANED).delete()
            transaction.on_commit(lambda: _throw_away(copy))
        record(
            by=by, action="scan_file", kind="file", object=attachment.reference,
            detail={"scan": scanned.name.lower()},
        )  # fmt: skip
    attachment.refresh_from_db()
