"""Sealed files that belong to nothing: their form broke off, or its process ended in the middle."""

from datetime import datetime, timedelta

from vertrouwd.attachments.files import sealed_files
from vertrouwd.attachments.storing import known_records
from vertrouwd.intake.models import KeptRecord

# A form with files may take its time to come in, and its first file waits for the last.
MAY_BE_COMING_IN = timedelta(hours=12)


def destroy_stray_files(*, now: datetime) -> int:
    """Take away what was written long ago and is nobody's; how many."""
    before = (now - MAY_BE_COMING_IN).timestamp()
    strays = sealed_files().orphans((), before=before)  # first, then who has them: none is missed
    if not strays:
        return 0
    # In this order: a record that is released meanwhile takes its files along to a report.
    known = _kept() | known_records()
    found = [path for path in strays if path.name not in known]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _kept() -> set[str]:
    rows = KeptRecord.objects.exclude(files=[]).values_list("files", flat=True)
    return {record for files in rows.iterator() for record in files}
