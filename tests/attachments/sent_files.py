"""A file as it stands there after a reporter sent it with a report.

attachment = send(report, photo(), name="foto.jpg")
"""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from vertrouwd.attachments.files import original_place, sealed_files
from vertrouwd.attachments.kinds import kind_of
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.attachments.storing import attach
from vertrouwd.dossiers.models import Report
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.suite import new_key


def send(
    report: Report, content: bytes, *, name: str = "foto.jpg", hashed: bytes | None = None
) -> Attachment:
    """`hashed`: what was counted in another way than it was sealed."""
    record, key, salt = new_record(), new_key(), new_salt()
    with sealed_files().sealing(key, place=original_place(record)) as writer:
        writer.write(content)
    digest = sha256(content if hashed is None else hashed).hexdigest()
    sealed = SealedFile(record, key, name, kind_of(content[:4096]), len(content), digest)
    with transaction.atomic():
        [made] = attach(
            report, [sealed], mailbox_key=mailbox_key(new_code(), salt=salt), salt=salt,
            now=timezone.now(),
        )  # fmt: skip
    return made
