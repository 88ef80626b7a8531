"""One page of a rebuilt PDF as a picture; knows no Django."""

from io import BytesIO

import pypdfium2
from pikepdf import Pdf
from PIL import Image

from vertrouwd.attachments.cleaning.images import encoded
from vertrouwd.attachments.cleaning.made import Made, NotPossible, Reason

WIDEST = 1600  # dots, of the longest side
LARGEST_SCALE = 3.0  # of 72 dots an inch


def prepare() -> None:
    """Load what is otherwise loaded when the first page comes: later no file opens."""
    Image.init()
    made = BytesIO()
    with Pdf.new() as empty:
        empty.add_blank_page()
        empty.save(made)
    page_of(made.getvalue(), 1)


def page_of(content: bytes, number: int) -> Made:
    """That page, from 1. Raises NotPossible."""
    try:
        document = pypdfium2.PdfDocument(content)
        page = document[number - 1]
        longest = max(page.get_size())
        scale = min(LARGEST_SCALE, WIDEST / longest) if longest > 0 else 1.0
        dots = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except MemoryError:
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None
    return Made("image/png", encoded(dots, "PNG"), len(document))
