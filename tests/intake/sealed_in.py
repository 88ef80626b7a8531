"""A file as it stands after the upload: sealed in the folder, and nobody's yet."""

from hashlib import sha256

from vertrouwd.attachments.files import original_place, sealed_files
from vertrouwd.attachments.sealed_file import SealedFile
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.suite import new_key


def seal_file(name: str, content: bytes) -> SealedFile:
    record, key = new_record(), new_key()
    with sealed_files().sealing(key, place=original_place(record)) as file:
        file.write(content)
    return SealedFile(record, key, name, "image/png", len(content), sha256(content).hexdigest())
