"""A PDF is built anew: what its pages look like stays, what it does and carries is gone."""

import io

import pikepdf
import pytest
from PIL import Image

from tests.attachments.made_files import (
    AUTHOR,
    acting_pdf,
    filled_in_pdf,
    locked_pdf,
    pdf,
    pdf_of_inheriting_pages,
    printing_forbidden_pdf,
    word,
)
from vertrouwd.attachments.cleaning.child import clean, read, show
from vertrouwd.attachments.cleaning.made import Kind, LeftOut, NotPossible, Reason

ACTS = (
    "/OpenAction", "/AA", "/JavaScript", "/JS", "/Launch", "/URI", "/EmbeddedFile", "/Filespec",
    "/XFA", "/AcroForm", "/Annot", "/Metadata", "/Author",
)  # fmt: skip


def cleaned(content: bytes):
    with clean([content], Kind.PDF) as answer:
        return answer, b"".join(answer.pieces)


def refused(content: bytes) -> Reason:
    with pytest.raises(NotPossible) as found:
        cleaned(content)
    return found.value.reason


def unfolded(content: bytes) -> str:
    """All that stands in it, with nothing pressed together."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as held:
        held.save(
            out, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return out.getvalue().decode("latin-1")


def page(content: bytes, number: int = 1) -> Image.Image:
    kind, made = show([content], number)
    assert kind == "image/png"
    return Image.open(io.BytesIO(made)).convert("RGB")


def colours(picture: Image.Image) -> set:
    return {colour for _, colour in picture.getcolors(1_000_000)}


def test_scripts_actions_and_files_in_a_pdf_are_gone_and_its_pages_are_there():
    sent = unfolded(acting_pdf())
    assert all(word in sent for word in ACTS), [word for word in ACTS if word not in sent]
    answer, made = cleaned(acting_pdf())
    found = unfolded(made)
    # The picture is called AA by its maker: a name, and no action.
    assert not [word for word in ACTS if word in found.replace("/AA 7", "").replace("/AA Do", "")
                and word != "/AA"]  # fmt: skip
    assert "kwaad" not in found
    assert "volg.invalid" not in found
    assert AUTHOR not in found
    assert answer.pages == 2
    assert {LeftOut.SCRIPTS, LeftOut.FILES, LeftOut.LINKS, LeftOut.METADATA} <= {*answer.left_out}


def test_the_photo_on_a_page_is_still_drawn_and_does_not_say_who_took_it():
    _, made = cleaned(acting_pdf())
    assert b"Exif" in acting_pdf()
    assert b"Exif" not in made
    assert AUTHOR.encode() not in made
    assert any(red > 240 and green < 20 for red, green, _ in colours(page(made)))


def test_a_page_is_shown_as_a_picture_with_its_words():
    _, made = cleaned(pdf(pages=3))
    shown = page(made, 3)
    assert max(shown.size) == 1200
    assert {(0, 0, 0), (255, 255, 255)} <= colours(shown)


def test_a_page_is_read_as_well_and_a_page_without_words_says_nothing():
    _, made = cleaned(pdf(pages=2))
    assert read([made], Kind.PDF, 2) == "Blad 2"
    with pikepdf.new() as empty:
        empty.add_blank_page()
        out = io.BytesIO()
        empty.save(out)
    assert read([out.getvalue()], Kind.PDF, 1) == ""


def test_a_page_that_is_not_there_is_refused():
    with pytest.raises(NotPossible):
        show([pdf()], 2)


def test_a_page_as_large_as_a_football_field_makes_no_large_picture():
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(14_400, 14_400))
        out = io.BytesIO()
        made.save(out)
    assert max(page(out.getvalue()).size) <= 1600


def test_what_was_filled_in_on_a_form_stays_to_be_seen():
    _, made = cleaned(filled_in_pdf())
    assert "/Widget" not in unfolded(made)
    assert (0, 0, 255) in colours(page(made))


def test_a_pdf_that_may_not_be_printed_is_cleaned_like_any_other():
    answer, made = cleaned(printing_forbidden_pdf())
    assert answer.pages == 1
    assert "/Encrypt" not in unfolded(made)


def test_what_stands_above_the_pages_goes_with_them():
    _, made = cleaned(pdf_of_inheriting_pages())
    shown = page(made, 2)
    assert shown.width > shown.height
    assert (0, 0, 0) in colours(shown)


def test_a_pdf_with_a_password_is_refused():
    assert refused(locked_pdf()) == Reason.LOCKED


def test_a_pdf_that_is_an_archive_as_well_is_only_a_pdf_afterwards():
    answer, made = cleaned(pdf() + word())
    assert b"PK\x03\x04" not in made
    assert LeftOut.TAIL in answer.left_out


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 9999, word()])
def test_what_is_no_pdf_is_refused(content):
    assert refused(content) == Reason.BROKEN


def test_pages_that_lead_to_themselves_come_to_an_end():
    with pikepdf.open(io.BytesIO(pdf())) as made:
        resources = made.make_indirect(made.pages[0].Resources)
        resources.Pattern = pikepdf.Dictionary(A=pikepdf.Dictionary(Resources=resources))
        made.pages[0].Resources = resources
        out = io.BytesIO()
        made.save(out)
    assert cleaned(out.getvalue())[0].pages == 1
