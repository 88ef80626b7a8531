"""What cleaning gives: a copy made anew, or the reason why there is none; knows no Django."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What the child is asked to read; the content decides, not the name."""

    IMAGE = "image"
    HEIF = "heif"
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"


# The media type of a file, as `attachments.kinds` finds it -> the kind, for what can be cleaned.
PICTURES = (
    "image/jpeg", "image/png", "image/gif", "image/tiff", "image/webp", "image/bmp", "image/avif",
)  # fmt: skip
OF_TYPE = {
    **dict.fromkeys(PICTURES, Kind.IMAGE),
    "image/heic": Kind.HEIF,
    "application/pdf": Kind.PDF,
    "application/zip": Kind.OFFICE,
    "text/plain": Kind.TEXT,
    "message/rfc822": Kind.TEXT,
}


class Reason(StrEnum):
    """Why there is no clean copy. House words («te controleren»)."""

    UNKNOWN = "onbekende soort"
    LOCKED = "met een wachtwoord"
    BROKEN = "beschadigd"
    TOO_LARGE = "te groot"
    TOO_SLOW = "duurt te lang"
    CRASHED = "liep vast"


class LeftOut(StrEnum):
    """What the original holds and the copy does not. House words («te controleren»)."""

    LOCATION = "plaats van de foto"
    METADATA = "gegevens over maker en toestel"
    FRAMES = "andere beelden dan het eerste"
    SCRIPTS = "programma's"
    FILES = "bestanden in het bestand"
    LINKS = "verwijzingen naar buiten"
    FORMULAS = "formules (de uitkomsten staan er nog)"
    PARTS = "onderdelen die wij niet kennen"
    TAIL = "wat na het einde nog volgde"


@dataclass(frozen=True)
class Made:
    """`type` is what it is served as; `pages` how many can be shown, 0 for text."""

    type: str
    body: bytes = field(repr=False)
    pages: int = 1
    left_out: tuple[LeftOut, ...] = ()


class NotPossible(Exception):
    """There is no clean copy; says why, and nothing of what stood in it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name.lower())
        self.reason = reason
