"""A picture that a reporter sent is made anew: what it shows stays, what it tells does not."""

import io

import pytest
from PIL import Image

from tests.attachments.made_files import (
    AUTHOR,
    image_bomb,
    moving,
    photo,
    picture,
    picture_with_words,
    word,
)
from vertrouwd.attachments.cleaning.child import clean
from vertrouwd.attachments.cleaning.made import Kind, LeftOut, NotPossible, Reason


def cleaned(content: bytes):
    with clean([content], Kind.IMAGE) as answer:
        return answer, b"".join(answer.pieces)


def refused(content: bytes) -> Reason:
    with pytest.raises(NotPossible) as found:
        cleaned(content)
    return found.value.reason


def test_where_and_by_whom_a_photo_was_taken_is_gone():
    sent = photo()
    assert AUTHOR.encode() in sent
    assert b"Exif" in sent
    answer, made = cleaned(sent)
    assert AUTHOR.encode() not in made
    assert b"Exif" not in made
    shown = Image.open(io.BytesIO(made))
    assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (60, 40), {})
    assert shown.getpixel((30, 20)) == pytest.approx((254, 0, 0), abs=3)
    assert answer.left_out == (LeftOut.LOCATION, LeftOut.METADATA)
    assert (answer.type, answer.size) == ("image/jpeg", len(made))


def test_a_photo_that_was_held_upright_is_shown_upright():
    _, made = cleaned(photo(turned=6))
    assert Image.open(io.BytesIO(made)).size == (40, 60)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_pictures_of_other_kinds_are_made_anew(kind):
    answer, made = cleaned(picture(kind))
    shown = Image.open(io.BytesIO(made))
    assert f"image/{shown.format.lower()}" == answer.type
    assert shown.convert("RGB").getpixel((30, 20)) == pytest.approx((255, 0, 0), abs=3)


def test_words_in_a_picture_are_gone():
    answer, made = cleaned(picture_with_words())
    assert AUTHOR.encode() not in made
    assert answer.left_out == (LeftOut.METADATA,)


def test_what_shines_through_still_does():
    sent = io.BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 40)).save(sent, "WEBP", lossless=True)
    answer, made = cleaned(sent.getvalue())
    assert answer.type == "image/png"
    assert Image.open(io.BytesIO(made)).getpixel((4, 4))[3] == 40


def test_of_a_moving_picture_the_first_is_kept_and_that_is_said():
    answer, made = cleaned(moving())
    assert LeftOut.FRAMES in answer.left_out
    shown = Image.open(io.BytesIO(made))
    assert getattr(shown, "n_frames", 1) == 1
    assert shown.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_a_picture_that_is_an_archive_as_well_is_only_a_picture_afterwards():
    _, made = cleaned(picture("GIF") + word())
    assert b"PK\x03\x04" not in made
    assert b"vbaProject" not in made


def test_a_small_file_that_says_it_is_huge_is_refused():
    assert len(image_bomb()) < 200
    assert refused(image_bomb()) == Reason.TOO_LARGE


def test_a_picture_of_too_many_pixels_is_refused_also_when_there_is_memory_for_it():
    sent = io.BytesIO()
    Image.new("1", (9000, 9000)).save(sent, "PNG")
    assert refused(sent.getvalue()) == Reason.TOO_LARGE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF"])
def test_a_picture_that_was_cut_off_is_refused(kind):
    sent = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(sent, kind)
    assert refused(sent.getvalue()[: len(sent.getvalue()) // 2]) == Reason.BROKEN


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"%PDF-1.7", word()])
def test_what_is_no_picture_is_refused(content):
    assert refused(content) == Reason.BROKEN
