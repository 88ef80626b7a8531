"""Sealed files become those of a report, and are read again by who may open them.

The data key of a file is one of the report, numbered on; the file has a record of its own. Whoever
destroys the keys of a report makes its files unreadable, and `destroy_files` takes them away as
well; what is left behind when that breaks off goes with the orphans.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from vertrouwd.attachments.files import original_place, sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.sealed_file import ORIGINAL, SealedFile
from vertrouwd.audit.record import PUBLIC, Actor, record
from vertrouwd.dossiers.models import Report
from vertrouwd.sealing.destroying import destroy
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.opening import Opener, open_text
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import make_data_keys, seal_under_each
from vertrouwd.sealing.unreadable import Unreadable

TRIES = 5


@dataclass(frozen=True)
class Facts:
    """What is known of a file: `type` of its content, `size` in bytes, `sha256` in hex."""

    name: str = field(repr=False)
    type: str
    size: int
    sha256: str


def attach(
    report: Report,
    files: Sequence[SealedFile],
    *,
    mailbox_key: bytes,
    salt: bytes,
    now: datetime,
) -> list[Attachment]:
    """Store that these files belong to the report, for the team and for who has the mailbox key.

    Needs an open transaction; when that is rolled back the files are still there (`discard`).
    Raises NoTeam, NotPinned.
    """
    if not files:
        return []
    keys = [file.key for file in files]
    data_keys = _data_keys(report, keys, mailbox_key=mailbox_key, salt=salt, now=now)
    told = [{ORIGINAL: _written(file)} for file in files]
    seal_under_each(zip(data_keys, keys, told, strict=True), now=now)
    made = Attachment.objects.bulk_create(
        Attachment(record=file.record, report=report, data_key=data_key, added_at=now)
        for file, data_key in zip(files, data_keys, strict=True)
    )
    record(
        by=PUBLIC, action="attach_files", kind="report", object=report.reference,
        detail={"files": len(made)},
    )  # fmt: skip
    return made


def discard(files: Iterable[SealedFile]) -> None:
    """Take away files that became nobody's; it is no error when they are gone already."""
    sealed_files().destroy_all(file.record for file in files)


def facts_of(attachments: Collection[Attachment], *, opener: Opener) -> dict[int, Facts | None]:
    """Number of the attachment -> what is known of it; None when it cannot be opened."""
    of_key = {each.data_key_id: each.pk for each in attachments}
    found: dict[int, Facts | None] = dict.fromkeys(of_key.values())
    rows = SealedText.objects.select_related("data_key__team_key")
    for row in rows.filter(data_key__in=of_key, field=ORIGINAL):
        try:
            found[of_key[row.data_key_id]] = _opened(row, opener)
        except Unreadable:
            continue
    return found


def original_of(attachment: Attachment, opener: Opener) -> Facts:
    """What is known of the file as it came. Raises Unreadable."""
    facts = facts_of([attachment], opener=opener)[attachment.pk]
    if facts is None:
        raise Unreadable
    return facts


def read_original(attachment: Attachment, *, opener: Opener) -> Iterator[bytes]:
    """The file as it came, in pieces of at most 64 KiB; see `SealedFiles.read` on its end.

    Raises Unreadable, also when it was destroyed.
    """
    key = opener.data_key(attachment.data_key)
    return sealed_files().read(key, place=original_place(attachment.record))


def known_records() -> set[str]:
    """The records of files, originals and copies, that somebody can still open."""
    rows = Attachment.objects.filter(data_key__destroyed_at__isnull=True)
    return {name for pair in rows.values_list("record", "cleaned") for name in pair if name}


@transaction.atomic
def destroy_files(report: Report, *, by: Actor, now: datetime | None = None) -> int:
    """Destroy the keys of all files of a report, and the files once that is stored; how many keys.

    The rows stay, to show that there was something.
    """
    pairs = Attachment.objects.filter(report=report).values_list("record", "cleaned")
    names = [name for pair in pairs for name in pair if name]
    destroyed = destroy(report.record, Purpose.ATTACHMENT, by=by, now=now)
    transaction.on_commit(lambda: sealed_files().destroy_all(names))
    return destroyed


def _data_keys(
    report: Report, keys: list[bytes], *, mailbox_key: bytes, salt: bytes, now: datetime
) -> list[DataKey]:
    """Two windows that add files at once may number them alike: the later one then looks again."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return make_data_keys(
                    report.record, Purpose.ATTACHMENT, keys, mailbox_key=mailbox_key, salt=salt,
                    now=now,
                )  # fmt: skip
        except IntegrityError as fault:
            clash = fault
    raise clash


def _written(file: SealedFile) -> str:
    values = {"name": file.name, "type": file.type, "size": file.size, "sha256": file.sha256}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _opened(row: SealedText, opener: Opener) -> Facts:
    return Facts(**json.loads(open_text(row, opener.data_key(row.data_key))))
