"""OpenDocument files (ISO/IEC 26300): what comes along of them. Knows no Django."""

from functools import partial
from xml.sax.saxutils import quoteattr

from vertrouwd.attachments.cleaning.made import LeftOut, NotPossible, Reason
from vertrouwd.attachments.cleaning.xml_rewriting import Attributes, Named, rewritten

TYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"
OFFICIAL = "application/vnd.oasis.opendocument."
KINDS = ("text", "spreadsheet", "presentation")
KNOWN = ("content.xml", "styles.xml")
PICTURES = "Pictures/"
LINK = "http://www.w3.org/1999/xlink"
SCRIPT = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
FORM = "urn:oasis:names:tc:opendocument:xmlns:form:1.0"
GOES = {
    "event-listener": LeftOut.SCRIPTS, "script": LeftOut.SCRIPTS,
    "execute-macro": LeftOut.SCRIPTS, "plugin": LeftOut.FILES, "applet": LeftOut.SCRIPTS,
    "object": LeftOut.FILES, "object-ole": LeftOut.FILES, "floating-frame": LeftOut.LINKS,
    "dde-connection-decls": LeftOut.LINKS, "dde-links": LeftOut.LINKS,
    "dde-source": LeftOut.LINKS, "table-source": LeftOut.LINKS, "cell-range-source": LeftOut.LINKS,
    "section-source": LeftOut.LINKS, "database-ranges": LeftOut.LINKS, "settings": LeftOut.PARTS,
    "creator": LeftOut.METADATA, "creation-date": LeftOut.METADATA,
    "sender-initials": LeftOut.METADATA,
}  # fmt: skip
FORMULA = "formula"
A_MOMENT = "http://purl.org/dc/elements/1.1/"


def type_of(parts: dict[str, bytes]) -> str:
    """Raises NotPossible when it is none of those we know."""
    said = parts[TYPE][:200].decode("ascii", "replace").strip()
    kind = said.removeprefix(OFFICIAL).removesuffix("-template")
    if not said.startswith(OFFICIAL) or kind not in KINDS or "content.xml" not in parts:
        raise NotPossible(Reason.UNKNOWN)
    return OFFICIAL + kind


def cleaned(
    parts: dict[str, bytes], *, media: dict[str, bytes]
) -> tuple[dict[str, bytes], set[LeftOut]]:
    """The parts that come along, and what does not. `media`: the pictures, made anew."""
    kind = type_of(parts)
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise NotPossible(Reason.LOCKED)
    said = {LeftOut.METADATA} if "meta.xml" in parts else set()
    if any(name.startswith(("Basic/", "Scripts/")) for name in parts):
        said.add(LeftOut.SCRIPTS)
    pictures = {n: media[n] for n in parts if n.startswith(PICTURES) and n in media}
    kept = {TYPE: kind.encode()}
    rule = partial(_element, set(pictures), said)
    kept |= {name: rewritten(parts[name], rule) for name in KNOWN if name in parts}
    kept |= pictures
    return kept | {MANIFEST: _manifest(kind, list(kept)[1:])}, said


def _manifest(kind: str, names: list[str]) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    rows = [("/", kind), *((name, "text/xml" if name in KNOWN else "") for name in names)]
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} "
        f"manifest:media-type={quoteattr(what)}/>"
        for name, what in rows
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{space}" '
        f'manifest:version="1.2">{entries}</manifest:manifest>'
    ).encode()


def _element(
    pictures: set[str], said: set[LeftOut], name: Named, attributes: Attributes
) -> Attributes | None:
    if name.local in GOES or name.space in (SCRIPT, FORM):
        said.add(GOES.get(name.local, LeftOut.SCRIPTS))
        return None
    if name.space == A_MOMENT and name.local == "date":
        return None
    kept = {}
    for key, value in attributes.items():
        if key.space == LINK and key.local == "href":
            is_here = value.startswith("#") or value.removeprefix("./") in pictures
            if not is_here:
                said.add(LeftOut.LINKS)
                if name.local != "a":
                    return None
                value = "#"
        elif key.local == FORMULA or key.space == SCRIPT:
            said.add(LeftOut.FORMULAS)
            continue
        kept[key] = value
    return kept
