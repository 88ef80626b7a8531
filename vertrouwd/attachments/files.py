"""Where the sealed files of the attachments lie, and the place of each of them."""

from vertrouwd.attachments.sealed_file import CLEANED, ORIGINAL
from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.destroying import sealed_files

__all__ = ["cleaned_place", "original_place", "sealed_files"]


def original_place(record: str) -> Place:
    """Of the file as it came."""
    return Place(record, ORIGINAL)


def cleaned_place(record: str) -> Place:
    """Of the copy that is safe to look at."""
    return Place(record, CLEANED)
