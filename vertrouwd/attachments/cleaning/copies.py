"""The copy that is safe to look at: what is known of it, and what can be shown of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from vertrouwd.attachments.cleaning import child
from vertrouwd.attachments.cleaning.made import Kind, LeftOut
from vertrouwd.attachments.files import cleaned_place, sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.sealed_file import CLEANED
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Opener, open_text
from vertrouwd.sealing.unreadable import Unreadable

PDF = "application/pdf"
TEXT = "text/plain"


@dataclass(frozen=True)
class Copy:
    """`size` in bytes, `sha256` in hex; `pages` 0 when it is shown as words."""

    type: str
    size: int
    sha256: str
    pages: int
    left_out: tuple[LeftOut, ...]
    isolation: tuple[str, ...]  # the walls that stood around who made it

    @property
    def has_words(self) -> bool:
        """Whether each page may be read as well as looked at."""
        return self.type == PDF

    @property
    def is_picture(self) -> bool:
        """Whether the copy itself can be shown as a picture."""
        return self.type.startswith("image/")

    def as_text(self) -> str:
        """As it is sealed."""
        values = asdict(self) | {"left_out": [each.name for each in self.left_out]}
        return json.dumps(values, separators=(",", ":"))


def from_text(text: str) -> Copy:
    """What `as_text` wrote."""
    values = json.loads(text)
    left_out = tuple(LeftOut[name] for name in values.pop("left_out"))
    isolation = tuple(values.pop("isolation"))
    return Copy(**values, left_out=left_out, isolation=isolation)


def copy_of(attachment: Attachment, *, opener: Opener) -> Copy:
    """What is known of the copy. Raises Unreadable, also when there is none."""
    rows = SealedText.objects.filter(data_key=attachment.data_key_id, field=CLEANED)
    row = rows.select_related("data_key__team_key").first() if attachment.cleaned else None
    if row is None:
        raise Unreadable
    return from_text(open_text(row, opener.data_key(attachment.data_key)))


def read_copy(attachment: Attachment, *, opener: Opener) -> Iterator[bytes]:
    """The copy in pieces of at most 64 KiB; see `SealedFiles.read`. Raises Unreadable."""
    key = opener.data_key(attachment.data_key)
    return sealed_files().read(key, place=cleaned_place(attachment.cleaned))


def picture_of(
    attachment: Attachment, copy: Copy, page: int, *, opener: Opener
) -> tuple[str, bytes] | None:
    """Type and content of a page from 1, as a picture; None when there is no such page.

    Raises Unreadable, NotPossible and Busy.
    """
    if not 1 <= page <= copy.pages:
        return None
    pieces = read_copy(attachment, opener=opener)
    if copy.is_picture:
        return copy.type, b"".join(pieces)
    return child.show(pieces, page)


def words_of(attachment: Attachment, copy: Copy, page: int = 1, *, opener: Opener) -> str:
    """What is written in a text or an office file, or on that page of a PDF; a picture says none.

    Raises Unreadable, NotPossible and Busy.
    """
    if copy.is_picture:
        return ""
    pieces = read_copy(attachment, opener=opener)
    if copy.type.startswith(TEXT):
        return b"".join(pieces).decode("utf-8", "replace")
    if copy.type == PDF:
        return child.read(pieces, Kind.PDF, page)
    return child.read(pieces, Kind.OFFICE)
