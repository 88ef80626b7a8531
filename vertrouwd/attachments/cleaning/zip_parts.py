"""The parts of a zip file, within limits: a small file may claim to hold a library. Knows no
Django."""

import zipfile
from io import BytesIO

from vertrouwd.attachments.cleaning.made import NotPossible, Reason

MOST_PARTS = 5000
LARGEST = 200 * 1024 * 1024  # bytes, of all together
ALWAYS_ALLOWED = 20 * 1024 * 1024  # bytes; above it counts how much it was pressed together
MOST_PRESSED = 150  # times
BLOCK = 1024 * 1024
ENCRYPTED = 1


def parts_of(content: bytes) -> dict[str, bytes]:
    """Name -> content, unpacked once and counted while it comes. Raises NotPossible."""
    most = min(LARGEST, max(ALWAYS_ALLOWED, MOST_PRESSED * len(content)))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check(members, most=most)
            found: dict[str, bytes] = {}
            for member in members:
                found[member.filename] = _unpacked(archive, member, most=most)
                most -= len(found[member.filename])
            return found
    except (MemoryError, NotPossible):
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None


def _check(members: list[zipfile.ZipInfo], *, most: int) -> None:
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > most:
        raise NotPossible(Reason.TOO_LARGE)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise NotPossible(Reason.LOCKED)
    if len({member.filename for member in members}) < len(members):
        raise NotPossible(Reason.BROKEN)  # which of the two is meant?


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, most: int) -> bytes:
    held = bytearray()
    with archive.open(member) as part:
        while block := part.read(BLOCK):
            held += block
            if len(held) > most:
                raise NotPossible(Reason.TOO_LARGE)
    return bytes(held)


def packed(parts: dict[str, bytes], *, first: str = "") -> bytes:
    """A zip file of these parts, in this order, without a clock; `first` is not pressed."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return made.getvalue()
