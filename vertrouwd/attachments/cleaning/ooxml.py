"""Word, Excel and PowerPoint files (ECMA-376): what comes along of them. Knows no Django."""

import posixpath
import re
from dataclasses import dataclass
from functools import partial

from vertrouwd.attachments.cleaning.made import LeftOut, NotPossible, Reason
from vertrouwd.attachments.cleaning.xml_rewriting import Attributes, Named, rewritten

MANIFEST = "[Content_Types].xml"
OFFICIAL = "application/vnd.openxmlformats-officedocument."
RELATIONS = (  # the space of what refers to another part, in both forms of the standard
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
ENDINGS = {"rels", "xml", "png", "jpg", "jpeg", "gif"}
# What starts, fetches or holds something else.
GOES = {
    "Choice": LeftOut.PARTS, "object": LeftOut.FILES, "control": LeftOut.SCRIPTS,
    "controls": LeftOut.SCRIPTS, "altChunk": LeftOut.FILES, "subDoc": LeftOut.LINKS,
    "instrText": LeftOut.FORMULAS, "delInstrText": LeftOut.FORMULAS, "f": LeftOut.FORMULAS,
    "hyperlinks": LeftOut.LINKS, "definedNames": LeftOut.FORMULAS,
    "externalReferences": LeftOut.LINKS,
    "externalReference": LeftOut.LINKS, "externalLink": LeftOut.LINKS,
    "oleObjects": LeftOut.FILES, "oleObj": LeftOut.FILES, "OLEObject": LeftOut.FILES,
    "legacyDrawing": LeftOut.PARTS, "legacyDrawingHF": LeftOut.PARTS, "extLst": LeftOut.PARTS,
    "custDataLst": LeftOut.PARTS, "customXmlPr": LeftOut.PARTS, "dataBinding": LeftOut.LINKS,
    "hlinkClick": LeftOut.LINKS, "hlinkHover": LeftOut.LINKS, "hlinkMouseOver": LeftOut.LINKS,
    "timing": LeftOut.SCRIPTS, "transition": LeftOut.PARTS, "webPublishItems": LeftOut.LINKS,
    "attachedTemplate": LeftOut.LINKS, "fileSharing": LeftOut.METADATA,
    "fileRecoveryPr": LeftOut.PARTS, "smartTagPr": LeftOut.PARTS,
}  # fmt: skip
WITHOUT_VALUE = {"author", "initials", "instr", "macro", "userId", "providerId"}
WITHOUT = {"date", "dateUtc", "codeName"}
EMPTIED = frozenset({"author"})  # of remarks in a workbook: they are counted


@dataclass(frozen=True)
class Family:
    """One kind of office file."""

    main: str
    type: str
    known: re.Pattern[str]

    def knows(self, name: str) -> bool:
        """Whether a part of that name may come along."""
        return self.known.fullmatch(name) is not None


def _family(main: str, kind: str, known: str) -> Family:
    return Family(main, OFFICIAL + kind, re.compile(known))


FAMILIES = (
    _family(
        "word/document.xml", "wordprocessingml.document",
        r"word/((document|styles|numbering|fontTable|footnotes|endnotes|comments|header\d+|"
        r"footer\d+|theme/theme\d+)\.xml|media/[\w.-]+)",
    ),
    _family(
        "xl/workbook.xml", "spreadsheetml.sheet",
        r"xl/((workbook|styles|sharedStrings|worksheets/sheet\d+|theme/theme\d+|comments\d*|"
        r"comments/comment\d+|drawings/drawing\d+)\.xml|media/[\w.-]+)",
    ),
    _family(
        "ppt/presentation.xml", "presentationml.presentation",
        r"ppt/((presentation|tableStyles|slides/slide\d+|slideLayouts/slideLayout\d+|"
        r"slideMasters/slideMaster\d+|notesSlides/notesSlide\d+|notesMasters/notesMaster\d+|"
        r"theme/theme\d+)\.xml|media/[\w.-]+)",
    ),
)  # fmt: skip


def family_of(parts: dict[str, bytes]) -> Family:
    """Raises NotPossible when it is none of those we know."""
    found = [family for family in FAMILIES if family.main in parts]
    if len(found) != 1:
        raise NotPossible(Reason.UNKNOWN)
    return found[0]


def cleaned(
    parts: dict[str, bytes], family: Family, *, media: dict[str, bytes]
) -> tuple[dict[str, bytes], set[LeftOut]]:
    """The parts that come along, and what does not. `media`: the pictures, made anew."""
    said = {LeftOut.METADATA} if any(name.startswith("docProps/") for name in parts) else set()
    names = [n for n in parts if family.knows(n) and ("/media/" not in n or n in media)]
    if any("vba" in name.lower() for name in parts):
        said.add(LeftOut.SCRIPTS)
    if any("/embeddings/" in name for name in parts):
        said.add(LeftOut.FILES)
    kept = {
        MANIFEST: rewritten(parts[MANIFEST], partial(_type_of_part, names, family)),
        "_rels/.rels": _first_relation(family),
    }
    for name in names:
        if name in media:
            kept[name] = media[name]
            continue
        gone: set[str] = set()
        relations = _relations_of(name)
        if relations in parts:
            rule = partial(_relation, name, set(names), gone, said)
            kept[relations] = rewritten(parts[relations], rule)
        kept[name] = rewritten(parts[name], partial(_element, gone, said), emptied=EMPTIED)
    return kept, said


def _relations_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


def _first_relation(family: Family) -> bytes:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{RELATIONS[0]}/officeDocument" Target="{family.main}"/>'
        "</Relationships>"
    ).encode()


def _type_of_part(
    names: list[str], family: Family, name: Named, attributes: Attributes
) -> Attributes | None:
    said = {key.local: value for key, value in attributes.items()}
    if name.local == "Default":
        return attributes if said.get("Extension", "").lower() in ENDINGS else None
    if name.local == "Override":
        part = said.get("PartName", "").removeprefix("/")
        if part == family.main:  # a file with macros says another type here
            kind = f"{family.type}.main+xml"
            return {k: kind if k.local == "ContentType" else v for k, v in attributes.items()}
        is_known = said.get("ContentType", "").startswith(OFFICIAL)
        return attributes if part in names and is_known else None
    return attributes


def _relation(
    part: str, names: set[str], gone: set[str], said: set[LeftOut], name: Named,
    attributes: Attributes,
) -> Attributes | None:  # fmt: skip
    if name.local != "Relationship":
        return attributes
    of = {key.local: value for key, value in attributes.items()}
    is_outside = of.get("TargetMode", "Internal") != "Internal"
    target = of.get("Target", "")
    here = target[1:] if target.startswith("/") else posixpath.dirname(part) + "/" + target
    if not is_outside and posixpath.normpath(here) in names:
        return attributes
    gone.add(of.get("Id", ""))
    said.add(LeftOut.LINKS if is_outside else LeftOut.PARTS)
    return None


def _element(
    gone: set[str], said: set[LeftOut], name: Named, attributes: Attributes
) -> Attributes | None:
    if name.local in GOES:
        said.add(GOES[name.local])
        return None
    kept = {}
    for key, value in attributes.items():
        if key.space in RELATIONS and value in gone:
            if name.local != "hyperlink":
                return None
        elif key.local in WITHOUT_VALUE:
            kept[key] = ""
        elif key.local not in WITHOUT and not key.local.startswith("rsid"):
            kept[key] = value
    return kept
