"""One page of a rebuilt PDF, as a picture or as its words; knows no Django."""

import codecs
from io import BytesIO
from typing import Any

import pypdfium2
from pikepdf import Pdf
from PIL import Image

from vertrouwd.attachments.cleaning.images import encoded
from vertrouwd.attachments.cleaning.made import Made, NotPossible, Reason
from vertrouwd.attachments.cleaning.text import LONGEST, STEERS, TYPE

WIDEST = 1600  # pixels, of the longest side
LARGEST_SCALE = 3.0  # of 72 dots an inch


def prepare() -> None:
    """Load what is otherwise loaded when the first page comes: later no file opens."""
    Image.init()
    made = BytesIO()
    with Pdf.new() as empty:
        empty.add_blank_page()
        empty.save(made)
    page_of(made.getvalue(), 1)
    words_of(made.getvalue(), 1)
    codecs.lookup("utf-16-le")  # in which PDFium speaks


def page_of(content: bytes, number: int) -> Made:
    """That page, from 1. Raises NotPossible."""
    try:
        document, page = _opened(content, number)
        longest = max(page.get_size())
        scale = min(LARGEST_SCALE, WIDEST / longest) if longest > 0 else 1.0
        pixels = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except MemoryError:
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None
    return Made("image/png", encoded(pixels, "PNG"), len(document))


def words_of(content: bytes, number: int) -> Made:
    """The words on that page, from 1; empty when it holds a picture of them. Raises NotPossible."""
    try:
        _, page = _opened(content, number)
        said = page.get_textpage().get_text_bounded()
    except MemoryError:
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None
    words = STEERS.sub("", said.replace("\r\n", "\n")).strip()[:LONGEST]
    return Made(TYPE, words.encode("utf-8", "replace"), pages=0)


def _opened(content: bytes, number: int) -> tuple[Any, Any]:
    """The document and its page: the page does not outlive it."""
    document = pypdfium2.PdfDocument(content)
    return document, document[number - 1]
