"""Office files: only the parts we know come along, each written anew. Knows no Django."""

from vertrouwd.attachments.cleaning import images, odf, ooxml
from vertrouwd.attachments.cleaning.made import LeftOut, Made, NotPossible, Reason
from vertrouwd.attachments.cleaning.zip_parts import packed, parts_of

MEDIA = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF"}


def prepare() -> None:
    """Load what is otherwise loaded when the first file comes: later no file opens."""
    images.prepare()
    parts_of(packed({"a": b"a"}))


def clean(content: bytes) -> Made:
    """Raises NotPossible, also for a zip file that is no office file."""
    parts = parts_of(content)
    said: set[LeftOut] = set()
    if ooxml.MANIFEST in parts:
        made_by = ooxml.family_of(parts)
        kept, said = ooxml.cleaned(parts, made_by, media=_media(parts))
        return Made(made_by.type, packed(kept), pages=0, left_out=_in_order(said))
    if odf.TYPE in parts:
        kept, said = odf.cleaned(parts, media=_media(parts))
        body = packed(kept, first=odf.TYPE)
        return Made(odf.type_of(parts), body, pages=0, left_out=_in_order(said))
    raise NotPossible(Reason.UNKNOWN)


def _media(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The pictures, each made anew; one that cannot be is not there."""
    found = {}
    for name, content in parts.items():
        ending = name[name.rfind(".") :].lower()
        if ending in MEDIA:
            try:
                found[name] = images.clean(content, written_as=MEDIA[ending]).body
            except NotPossible:
                continue
    return found


def _in_order(said: set[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(each for each in LeftOut if each in said)
