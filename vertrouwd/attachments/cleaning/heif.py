"""A photo of an iPhone (HEIC, HEIF) is decoded and written as JPEG: its pixels come along, and
nothing else. Knows no Django."""

from PIL import ExifTags, Image

from vertrouwd.attachments.cleaning import heif_decoder, images
from vertrouwd.attachments.cleaning.heif_decoder import Photo
from vertrouwd.attachments.cleaning.images import LARGEST, TYPES, encoded
from vertrouwd.attachments.cleaning.made import LeftOut, Made, NotPossible, Reason

# The boxes of a file that a still picture needs, ISO/IEC 23008-12; the film of a sequence is none.
STILL = {b"ftyp", b"meta", b"mdat", b"idat"}
EMPTY, FILM = {b"free", b"skip"}, b"moov"


def prepare() -> None:
    """Load what is needed later: then no file opens."""
    images.prepare()
    heif_decoder.load()


def clean(content: bytes) -> Made:
    """Raises NotPossible. Of several pictures the one that the file shows first."""
    still, left_out = only_the_still(content)
    photo = Photo(still, largest=LARGEST)
    if photo.width * photo.height > LARGEST:
        raise NotPossible(Reason.TOO_LARGE)
    left_out |= _told_of(photo)
    pixels = photo.pixels()
    name = "PNG" if pixels.mode == "RGBA" else "JPEG"
    in_order = tuple(each for each in LeftOut if each in left_out)
    return Made(TYPES[name], encoded(pixels, name), left_out=in_order)


def only_the_still(content: bytes) -> tuple[bytes, set[LeftOut]]:
    """The file in which every other box is called empty, so that libheif looks into none of them.

    All stays in its place: boxes point into each other by number. Raises NotPossible when there is
    no still picture in it.
    """
    kept, left_out, seen, at = bytearray(content), set(), set(), 0
    while at < len(content):
        kind, size = content[at + 4 : at + 8], _size_of_box(content, at)
        if size < 8 or at + size > len(content):
            del kept[at:]
            left_out.add(LeftOut.TAIL)
            break
        seen.add(kind)
        if kind not in STILL | EMPTY:
            kept[at + 4 : at + 8] = b"free"
            left_out.add(LeftOut.FRAMES if kind == FILM else LeftOut.PARTS)
        at += size
    if b"meta" not in seen:
        raise NotPossible(Reason.UNKNOWN if FILM in seen else Reason.BROKEN)
    return bytes(kept), left_out


def _size_of_box(content: bytes, at: int) -> int:
    """In bytes, with its header. 0 says: to the end; 1: the size follows, as a longer number."""
    size = int.from_bytes(content[at : at + 4], "big")
    if size == 1:
        return int.from_bytes(content[at + 8 : at + 16], "big")
    return size or len(content) - at


def _told_of(photo: Photo) -> set[LeftOut]:
    """Small copies, depth and light of the same photo are not told of."""
    found = set()
    if photo.says_something():
        found.add(LeftOut.METADATA)
    if photo.pictures > 1:
        found.add(LeftOut.FRAMES)
    try:
        exif = Image.Exif()
        exif.load(photo.exif())
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            found.add(LeftOut.LOCATION)
    except Exception:  # what cannot be read is left out all the same
        found.add(LeftOut.METADATA)
    return found
