"""A PDF is built anew from its pages: what they look like comes along, what they do does not.

Only the pages are copied to a new document, each with a short list of what it may say, so scripts,
actions, files, forms and data of the document stay behind. Below the pages what may start something
is taken away once more. Knows no Django.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Object, Pdf, Stream

from vertrouwd.attachments.cleaning.jpeg import without_metadata
from vertrouwd.attachments.cleaning.made import LeftOut, Made, NotPossible, Reason

TYPE = "application/pdf"
MOST_PAGES = 3000
KEPT_OF_A_PAGE = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents",
    "/Group",
}  # fmt: skip
# What names, starts or holds something; none of it is needed to draw a page.
TAKEN_AWAY = (
    "/AA", "/A", "/OpenAction", "/JS", "/EF", "/AF", "/Metadata", "/PieceInfo", "/LastModified",
    "/OPI", "/Ref", "/Thumb", "/StructParent", "/StructParents", "/Alternates", "/Measure",
    "/PtData",
)  # fmt: skip
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms", "/FS")  # of a stream: its content lies elsewhere
# In these the keys are names that the maker chose.
NAMES = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs"}


def prepare() -> None:
    """Load what is otherwise loaded when the first document comes: later no file opens."""
    made = BytesIO()
    with Pdf.new() as empty:
        empty.add_blank_page()
        # Who may not print it is said by a cipher, for which the source of chance is opened.
        empty.save(made, encryption=Encryption(owner="eigenaar", user=""))
    clean(made.getvalue())


def clean(content: bytes) -> Made:
    """Raises NotPossible."""
    try:
        with Pdf.open(BytesIO(content)) as old, Pdf.new() as new:
            left_out = _left_out(old, content)
            return Made(TYPE, _rebuilt(old, new), len(new.pages), left_out)
    except pikepdf.PasswordError:
        raise NotPossible(Reason.LOCKED) from None
    except (MemoryError, NotPossible):
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None


def _rebuilt(old: Pdf, new: Pdf) -> bytes:
    if len(old.pages) > MOST_PAGES:
        raise NotPossible(Reason.TOO_LARGE)
    if not len(old.pages):
        raise NotPossible(Reason.BROKEN)
    _draw_what_lies_on_pages(old)
    for page in old.pages:
        for key in set(page.obj.keys()) - KEPT_OF_A_PAGE:
            del page.obj[key]
    new.pages.extend(old.pages)
    for held in _below([page.obj for page in new.pages]):
        _take_away(held)
    made = BytesIO()
    new.save(made, compress_streams=True, deterministic_id=True)
    return made.getvalue()


def _draw_what_lies_on_pages(old: Pdf) -> None:
    """Fields that were filled in, and remarks: they become part of the page."""
    if "/AcroForm" in old.Root:
        form = old.Root.AcroForm
        if isinstance(form, Dictionary) and "/XFA" in form:
            del form["/XFA"]
        old.generate_appearance_streams()
    old.flatten_annotations()


def _below(roots: list[Dictionary]) -> Iterator[Object]:
    """Every dictionary and stream that a page leads to, once; never up to its parent."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Object, bool]] = [(root, False) for root in roots]
    while waiting:
        held, has_chosen_names = waiting.pop()
        if held.is_indirect:
            if held.objgen in seen:
                continue
            seen.add(held.objgen)
        if isinstance(held, Array):
            waiting += [(each, False) for each in held if _holds(each)]
        elif isinstance(held, (Dictionary, Stream)):
            if not has_chosen_names:
                yield held
            waiting += [
                (value, key in NAMES and not has_chosen_names)
                for key, value in held.items()
                if key != "/Parent" and _holds(value)
            ]


def _holds(value: object) -> bool:
    return isinstance(value, (Array, Dictionary, Stream))


def _take_away(held: Object) -> None:
    is_stream = isinstance(held, Stream)
    for key in (*TAKEN_AWAY, *(OUTSIDE if is_stream else ())):
        if key in held:
            del held[key]
    if is_stream and held.get("/Subtype") == Name.PS:
        held.write(b"")
    if is_stream and held.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        parameters: Any = held.get("/DecodeParms")
        raw = held.read_raw_bytes()
        held.write(without_metadata(raw), filter=Name.DCTDecode, decode_parms=parameters)


def _left_out(old: Pdf, content: bytes) -> tuple[LeftOut, ...]:
    """As far as it can be seen at once; a hidden one is left out as well."""
    found, root = [], old.Root
    names = root.get("/Names", Dictionary())
    form = root.get("/AcroForm", Dictionary())
    if "/OpenAction" in root or "/AA" in root or "/JavaScript" in names or "/XFA" in form:
        found.append(LeftOut.SCRIPTS)
    if "/EmbeddedFiles" in names or "/AF" in root:
        found.append(LeftOut.FILES)
    if any("/Annots" in page.obj for page in old.pages):
        found.append(LeftOut.LINKS)
    if "/Metadata" in root or "/Info" in old.trailer:
        found.append(LeftOut.METADATA)
    if len(content) - content.rfind(b"%%EOF") > 64:
        found.append(LeftOut.TAIL)
    return tuple(found)
