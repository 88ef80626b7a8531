"""Destroy what was sealed: without its data key nothing of it can ever be opened."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vertrouwd.audit.record import Actor
from vertrouwd.audit.record import record as write_line
from vertrouwd.sealing.files import SealedFiles
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.overwriting import overwrite_what_goes
from vertrouwd.sealing.terms import Purpose


def sealed_files() -> SealedFiles:
    """The attachments of this installation, one file per record."""
    return SealedFiles(settings.VERTROUWD_HOME / "files")


@transaction.atomic
def destroy(record: str, purpose: Purpose, *, by: Actor, now: datetime | None = None) -> int:
    """Destroy the data keys of one purpose of a record; how many there were.

    The wraps are overwritten with nothing, then the texts go, and once that is stored the file.
    The rows of the keys stay, to show that something was destroyed, and when. Backups made before
    keep the wraps until they expire, or until the team key is rotated and its old secret is gone
    there too: `docs/decisions/team-key.md`.
    """
    overwrite_what_goes()
    data_keys = DataKey.objects.filter(record=record, purpose=purpose, destroyed_at__isnull=True)
    SealedText.objects.filter(data_key__record=record, data_key__purpose=purpose).delete()
    destroyed = data_keys.update(
        wrapped=None, reporter_salt=None, reporter_wrapped=None, destroyed_at=now or timezone.now()
    )
    if destroyed:
        write_line(
            by=by, action="destroy_texts", kind="record", object=record,
            detail={"purpose": purpose.name.lower(), "data_keys": destroyed},
        )  # fmt: skip
    if purpose == Purpose.ATTACHMENT:
        transaction.on_commit(lambda: sealed_files().destroy(record))
    return destroyed
