"""Plain text becomes UTF-8 with one kind of line end and without signs that steer a screen; knows
no Django."""

import codecs
import re

from vertrouwd.attachments.cleaning.made import LeftOut, Made, NotPossible, Reason

TYPE = "text/plain; charset=utf-8"
LONGEST = 2_000_000  # signs that are kept of a text
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def prepare() -> None:
    """Load the encodings."""
    for name in ("utf-8-sig", "utf-16", "cp1252"):
        codecs.lookup(name)


def clean(content: bytes) -> Made:
    """Raises NotPossible when it is no text after all."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise NotPossible(Reason.UNKNOWN)
    if len(text) > LONGEST:
        raise NotPossible(Reason.TOO_LARGE)
    shown = STEERS.sub("", text)
    left_out = (LeftOut.PARTS,) if shown != text else ()
    return Made(TYPE, shown.encode("utf-8"), pages=0, left_out=left_out)


def _decoded(content: bytes) -> str:
    name = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        if name != "utf-8":
            raise NotPossible(Reason.BROKEN) from None
        return content.decode("cp1252", "replace")
