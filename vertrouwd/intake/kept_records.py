"""Record now, decide later: what a reporter wrote down, for nobody's eyes but the reporter's own.

Only the code opens it; who loses the code has lost the record. It counts nowhere and nobody at the
inspectorate sees it. Released, it becomes a report under the same reference; otherwise it goes when
the reporter withdraws it, or when its time is over.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.audit.record import PUBLIC, record
from vertrouwd.intake.models import KeptRecord
from vertrouwd.intake.told import Told
from vertrouwd.intake.told_json import as_json, told_from
from vertrouwd.sealing.binding import Place, new_record
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
    own = _own_key(kept, key)
    values = json.loads(open_sealed(own, bytes(kept.sealed), place=_place(kept)))
    return Kept(told_from(values["told"]), tuple(SealedFile(**_file(f)) for f in values["files"]))


def place_of(kept_record: str) -> str:
    """What the reporter's wrap of a kept record is bound to."""
    return f"{kept_record} kept"


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
