"""What a file is, by its first bytes and never by what was said of it; knows no Django.

A first guess, to be shown and to choose who cleans it: a file can be two things at once.
"""

import re

START = 4096  # bytes that tell
UNKNOWN = "application/octet-stream"
ZIP = "application/zip"  # among which the newer office files
OLE = "application/x-ole-storage"  # the older office files, and mails of Outlook
TEXT, MAIL = "text/plain", "message/rfc822"
MP4, MOV, M4A = "video/mp4", "video/quicktime", "audio/mp4"
HEIC, AVIF = "image/heic", "image/avif"  # HEIC also for its cousins, that are read in the same way

# (at which byte, what stands there, what it is)
SIGNATURES = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
)
RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
# What the first box of an ISO media file says it is; others are video.
BRANDS = {
    b"heic": HEIC, b"heix": HEIC, b"heim": HEIC, b"heis": HEIC, b"hevc": HEIC, b"hevx": HEIC,
    b"hevm": HEIC, b"hevs": HEIC, b"mif1": HEIC, b"msf1": HEIC, b"avif": AVIF, b"avis": AVIF,
    b"qt  ": MOV, b"M4A ": M4A, b"M4B ": M4A,
}  # fmt: skip
ANY_PICTURE = {b"mif1", b"msf1"}  # the brands after it say which
MPEG_AUDIO = re.compile(rb"\xff[\xfa\xfb\xf2\xf3\xe2\xe3][\x10-\xef]", re.DOTALL)
MATROSKA, WEBM = b"\x1aE\xdf\xa3", b"webm"
BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}  # their sizes
MAIL_HEADER = re.compile(
    rb"(?:return-path|received|delivered-to|from|to|subject|date|message-id|mime-version"
    rb"|dkim-signature|x-[a-z-]+):[ \t]",
    re.IGNORECASE,
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(start: bytes) -> str:
    """The media type of a file that begins with these bytes (4096, or all there are)."""
    for at, signature, kind in SIGNATURES:
        if start.startswith(signature, at):
            return kind
    return _container(start) or _bitmap(start) or _text(start) or UNKNOWN


def _container(start: bytes) -> str:
    """Kinds that name what they hold after a general beginning; empty when it is none."""
    if start[:4] == b"RIFF":
        return RIFF.get(start[8:12], "")
    if start[4:8] == b"ftyp":
        return _picture_or_film(start)
    if start[:4] == MATROSKA:
        return "video/webm" if WEBM in start[:64] else "video/x-matroska"
    return "audio/mpeg" if MPEG_AUDIO.match(start) else ""


def _picture_or_film(start: bytes) -> str:
    """By the brand of the first box; where that says no more than «picture», by those after it."""
    brand, others = start[8:12], start[16 : int.from_bytes(start[:4], "big")]
    if brand in ANY_PICTURE:
        named = {others[at : at + 4] for at in range(0, len(others), 4)}
        return AVIF if b"avif" in named else HEIC
    return BRANDS.get(brand, MP4)


def _bitmap(start: bytes) -> str:
    """Two letters are too few to go by: the size of the second header must be one of those."""
    is_one = start[:2] == b"BM" and int.from_bytes(start[14:18], "little") in BITMAP_HEADERS
    return "image/bmp" if is_one else ""


def _text(start: bytes) -> str:
    if not start:
        return ""
    text = _decoded(start)
    if text is None or CONTROL.search(text):
        return ""
    return MAIL if MAIL_HEADER.match(start) else TEXT


def _decoded(start: bytes) -> str | None:
    """As UTF-8, or UTF-16 when it says so; the last sign may have been cut off."""
    coding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    for cut in range(min(4, len(start))):
        try:
            return start[: len(start) - cut].decode(coding)
        except UnicodeDecodeError as fault:
            if len(start) < START or fault.start < len(start) - 4:
                return None
    return None
