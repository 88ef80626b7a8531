"""The words of a cleaned office file, to be shown as text. Knows no Django."""

import re
from io import BytesIO

from python_calamine import load_workbook

from vertrouwd.attachments.cleaning import odf
from vertrouwd.attachments.cleaning.made import Made, NotPossible, Reason
from vertrouwd.attachments.cleaning.text import LONGEST, TYPE
from vertrouwd.attachments.cleaning.xml_rewriting import Attributes, Named, parse
from vertrouwd.attachments.cleaning.zip_parts import packed, parts_of

NUMBER = re.compile(r"\d+")
# Which parts hold words, in the order in which they are read.
WORDS = (
    re.compile(r"word/document\.xml"),
    re.compile(r"word/(footnotes|endnotes|comments|header\d+|footer\d+)\.xml"),
    re.compile(r"ppt/slides/slide\d+\.xml"),
    re.compile(r"ppt/notesSlides/notesSlide\d+\.xml"),
)
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}
ENDS = {"p": "\n", "h": "\n", "tr": "\n", "page": "\n\n"}


def words_of(content: bytes) -> Made:
    """Raises NotPossible. More than LONGEST signs are cut off."""
    parts = parts_of(content)
    if "xl/workbook.xml" in parts or parts.get(odf.TYPE, b"").endswith(b"spreadsheet"):
        text = _cells(content)
    elif odf.TYPE in parts:
        text = _read(parts["content.xml"], of=None)
    else:
        names = [n for known in WORDS for n in sorted(filter(known.fullmatch, parts), key=_place)]
        text = "\n".join(_read(parts[name], of="t") for name in names)
    shown = re.sub(r"\n{3,}", "\n\n", text).strip()[:LONGEST]
    return Made(TYPE, shown.encode("utf-8", "replace"), pages=0)


def prepare() -> None:
    """Load what is otherwise loaded when the first file comes: later no file opens."""
    parts_of(packed({"a": b"a"}))


def _place(name: str) -> tuple[str, int]:
    found = NUMBER.search(name)
    return NUMBER.sub("", name), int(found[0]) if found else 0


def _read(content: bytes, *, of: str | None) -> str:
    """The words within elements called `of`, or all that is within a paragraph."""
    out: list[str] = []
    wanted = (of,) if of else ("p", "h")
    depth = 0

    def start(name: Named, attributes: Attributes) -> None:
        nonlocal depth
        depth += name.local in wanted
        out.append(SIGNS.get(name.local, ""))

    def end(name: Named) -> None:
        nonlocal depth
        depth -= name.local in wanted
        out.append(ENDS.get(name.local, ""))

    def text(said: str) -> None:
        if depth:
            out.append(said)

    parse(content, start=start, end=end, text=text)
    return "".join(out)


def _cells(content: bytes) -> str:
    """Each sheet by its name, a row a line, cells apart by a tab."""
    lines, size = [], 0
    try:
        book = load_workbook(BytesIO(content))
        for name in book.sheet_names:
            lines.append(f"\n{name}")
            for row in book.get_sheet_by_name(name).iter_rows():
                lines.append("\t".join(str(cell) for cell in row).rstrip())
                size += len(lines[-1]) + 1
                if size > LONGEST:
                    return "\n".join(lines)
    except MemoryError:
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None
    return "\n".join(lines)
