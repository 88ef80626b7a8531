"""Record now, decide later: what a reporter wrote down, for nobody's eyes but the reporter's own.

Only the code opens it; who loses the code has lost the record. It counts nowhere and nobody at the
inspectorate sees it. Released, it becomes a report under the same reference; otherwise it goes when
the reporter withdraws it, or when its time is over.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.audit.record import PUBLIC, Actor, record
from vertrouwd.dossiers.models import Report
from vertrouwd.intake.models import KeptRecord
from vertrouwd.intake.sent_forms import forget_forms_of
from vertrouwd.intake.storing import store_report
from vertrouwd.intake.told import Told
from vertrouwd.intake.told_json import as_json, told_from
from vertrouwd.schools.models import Institution
from vertrouwd.sealing.binding import Place, new_record
from vertrouwd.sealing.destroying import sealed_files
from vertrouwd.sealing.overwriting import overwrite_what_goes
from vertrouwd.sealing.reporter_codes import unwrap_for_reporter, wrap_for_reporter
from vertrouwd.sealing.suite import new_key, open_sealed, seal

KEPT_FOR = timedelta(days=365)  # a house norm («te controleren»)


@dataclass(frozen=True)
class Kept:
    """What a kept record holds, opened; in the memory of one request only."""

    told: Told = field(repr=False)
    files: tuple[SealedFile, ...] = field(repr=False)


def keep(
    told: Told,
    *,
    reference: str,
    key: bytes,
    salt: bytes,
    files: Sequence[SealedFile] = (),
    now: datetime,
) -> KeptRecord:
    """Store it, sealed to the mailbox with this key alone. Needs an open transaction."""
    kept = KeptRecord(
        record=new_record(),
        reference=reference,
        salt=salt,
        made_at=now,
        expires_on=timezone.localdate(now) + KEPT_FOR,
    )
    own = new_key()
    kept.wrapped = wrap_for_reporter(own, key=key, record=place_of(kept.record))
    _seal(kept, own, Kept(told, tuple(files)))
    kept.save(force_insert=True)
    record(by=PUBLIC, action="keep_record", kind="kept_record")
    return kept


def open_kept(kept: KeptRecord, *, key: bytes) -> Kept:
    """What it holds, with the key of its mailbox. Raises Unreadable."""
    values = json.loads(open_sealed(_own_key(kept, key), bytes(kept.sealed), place=_place(kept)))
    return Kept(told_from(values["told"]), tuple(SealedFile(**_file(f)) for f in values["files"]))


@transaction.atomic
def add_to_kept(reference: str, files: Sequence[SealedFile], *, key: bytes) -> KeptRecord | None:
    """Put more files with it; None when it is not there any more. Raises Unreadable."""
    kept = _held(reference)
    if kept is None:
        return None
    before = open_kept(kept, key=key)
    _seal(kept, _own_key(kept, key), Kept(before.told, (*before.files, *files)))
    kept.save(update_fields=["sealed", "files"])
    return kept


@transaction.atomic
def release_kept(reference: str, *, key: bytes, now: datetime) -> Report | None:
    """It becomes a report of today under the same reference, and what was kept goes.

    None when it is not there any more. Raises Unreadable, NoTeam, NotPinned.
    """
    kept = _held(reference)
    if kept is None:
        return None
    content = open_kept(kept, key=key)
    _delete(kept)
    told = replace(content.told, keeps_to_self=False, institution=_still_there(content.told))
    report = store_report(
        told, reference=reference, key=key, salt=bytes(kept.salt), files=content.files, now=now
    )
    record(by=PUBLIC, action="release_record", kind="report", object=report.reference)
    return report


@transaction.atomic
def destroy_kept(reference: str, *, by: Actor, why: str) -> bool:
    """It goes, with its files; whether it was there. `why` is a code."""
    kept = _held(reference)
    if kept is None:
        return False
    _delete(kept)
    forget_forms_of(reference)
    transaction.on_commit(partial(sealed_files().destroy_all, list(kept.files)))
    record(by=by, action="destroy_record", kind="kept_record", detail={"why": why})
    return True


def destroy_expired(*, by: Actor, now: datetime) -> int:
    """Those that nobody released in time, each in a transaction of its own; how many."""
    over = KeptRecord.objects.filter(expires_on__lt=timezone.localdate(now))
    references = list(over.values_list("reference", flat=True))
    return sum(destroy_kept(each, by=by, why="expired") for each in references)


def place_of(kept_record: str) -> str:
    """What the reporter's wrap of a kept record is bound to."""
    return f"{kept_record} kept"


def _held(reference: str) -> KeptRecord | None:
    """It is nobody else's until the transaction ends; what another took away meanwhile is gone."""
    return KeptRecord.objects.select_for_update().filter(reference=reference).first()


def _delete(kept: KeptRecord) -> None:
    overwrite_what_goes()
    KeptRecord.objects.filter(pk=kept.pk).delete()


def _still_there(told: Told) -> int | None:
    """The institution that was chosen then, unless the register dropped it."""
    found = Institution.objects.filter(pk=told.institution) if told.institution else None
    return told.institution if found and found.exists() else None


def _own_key(kept: KeptRecord, key: bytes) -> bytes:
    return unwrap_for_reporter(bytes(kept.wrapped), key=key, record=place_of(kept.record))


def _seal(kept: KeptRecord, own: bytes, content: Kept) -> None:
    files = [asdict(file) | {"key": file.key.hex()} for file in content.files]
    values = {"told": as_json(content.told), "files": files}
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    kept.sealed = seal(own, written, place=_place(kept))
    kept.files = [file.record for file in content.files]


def _file(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"key": bytes.fromhex(values["key"])}


def _place(kept: KeptRecord) -> Place:
    return Place(kept.record, "kept")
