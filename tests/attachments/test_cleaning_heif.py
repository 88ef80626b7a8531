"""The likeliest photo of a pupil comes from an iPhone: it is made anew as any other, by a decoder
that starts no thread and reaches nothing."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from tests.attachments.made_files import AUTHOR, photo, word
from tests.attachments.made_heif import (
    LEFT,
    RIGHT,
    box,
    film_only,
    halves,
    heic,
    heif_bomb,
    many_tiles,
    of_another_codec,
    of_ten_bits,
    shining_through,
    telephone_photo,
    with_depth,
)
from vertrouwd.attachments.cleaning import heif, heif_decoder
from vertrouwd.attachments.cleaning.child import clean
from vertrouwd.attachments.cleaning.made import OF_TYPE, Kind, LeftOut, NotPossible, Reason
from vertrouwd.attachments.kinds import kind_of


def cleaned(content: bytes):
    """What the child says, and the picture it made."""
    with clean([content], Kind.HEIF) as answer:
        made = b"".join(answer.pieces)
    return answer, made, Image.open(io.BytesIO(made))


def refused(content: bytes) -> Reason:
    with pytest.raises(NotPossible) as found:
        cleaned(content)
    return found.value.reason


def shows(picture: Image.Image, *colours: tuple[int, int, int]) -> bool:
    """At the middle of its left half and of its right half."""
    places = [(picture.width * part // 4, picture.height // 2) for part in (1, 3)]
    for place, colour in zip(places, colours, strict=True):
        assert picture.convert("RGB").getpixel(place) == pytest.approx(colour, abs=12)
    return True


def test_where_and_by_whom_an_iphone_took_it_is_gone():
    sent = telephone_photo()
    assert OF_TYPE[kind_of(sent)] == Kind.HEIF
    assert AUTHOR.encode() in sent
    answer, made, picture = cleaned(sent)
    assert AUTHOR.encode() not in made
    assert (picture.format, picture.size, picture.info.keys()) == (
        "JPEG", (1100, 800), {"jfif", "jfif_version", "jfif_unit", "jfif_density"},
    )  # fmt: skip
    assert shows(picture, LEFT, RIGHT)
    assert answer.left_out == (LeftOut.LOCATION, LeftOut.METADATA)
    assert (answer.type, answer.size, answer.pages) == ("image/jpeg", len(made), 1)


def test_it_is_decoded_between_all_the_walls():
    answer, _, _ = cleaned(heic())
    with clean([photo()], Kind.IMAGE) as other:
        b"".join(other.pieces)
    assert answer.isolation == other.isolation


@pytest.mark.skipif(sys.platform != "linux", reason="looks at what Linux says is loaded")
@pytest.mark.parametrize("module", ["heif", "images", "pdf", "office", "text"])
def test_only_who_reads_such_a_photo_loads_its_decoder_and_nobody_its_python(module):
    program = (
        f"from vertrouwd.attachments.cleaning import {module}; {module}.prepare(); import sys; "
        "print('libheif' in open('/proc/self/maps').read(), 'pillow_heif' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert said.stdout.split() == [str(module == "heif").encode(), b"False"]


def test_without_the_libraries_such_a_photo_is_of_an_unknown_kind(monkeypatch):
    monkeypatch.setattr(heif_decoder, "HOLDS_THEM", "_is_not_installed")
    monkeypatch.setattr(heif_decoder, "_library", None)
    heif.prepare()
    with pytest.raises(NotPossible) as found:
        heif.clean(heic())
    assert found.value.reason == Reason.UNKNOWN


@pytest.mark.parametrize(
    ("turned", "size", "colours"),
    [(3, (1100, 800), (RIGHT, LEFT)), (6, (800, 1100), None), (8, (800, 1100), None)],
)
def test_a_photo_is_shown_as_the_telephone_was_held(turned, size, colours):
    _, _, picture = cleaned(telephone_photo(turned=turned))
    assert picture.size == size
    upright = picture.rotate({3: 0, 6: 90, 8: -90}[turned], expand=True)
    assert shows(upright, *(colours or (LEFT, RIGHT)))


def test_what_shines_through_still_does():
    answer, _, picture = cleaned(shining_through())
    assert answer.type == "image/png"
    assert picture.getpixel((20, 20))[3] == pytest.approx(40, abs=2)


def test_how_far_away_things_were_does_not_come_along():
    sent = with_depth()
    answer, _, picture = cleaned(sent)
    assert (answer.type, picture.mode) == ("image/jpeg", "RGB")
    assert shows(picture, LEFT, RIGHT)


def test_a_photo_of_ten_bits_becomes_one_of_eight():
    _, _, picture = cleaned(of_ten_bits())
    assert shows(picture, LEFT, RIGHT)


def test_a_picture_in_grey_stays_grey():
    _, _, picture = cleaned(heic(Image.new("L", (64, 64), 90)))
    assert picture.convert("RGB").getpixel((9, 9)) == pytest.approx((90, 90, 90), abs=3)


def test_of_several_pictures_the_one_that_the_file_shows_is_kept_and_that_is_said():
    others = [Image.new("RGB", (64, 64), "green") for _ in range(40)]
    answer, _, picture = cleaned(heic(*others, halves(), primary_index=40))
    assert shows(picture, LEFT, RIGHT)
    assert answer.left_out == (LeftOut.FRAMES,)


@pytest.mark.parametrize(
    ("more", "left_out"),
    [
        (box(b"moov", bytes(400)), LeftOut.FRAMES),
        (box(b"mpvd", box(b"ftyp", b"isom") + b"een film van na de foto"), LeftOut.PARTS),
        (b"PK\x03\x04" + word(), LeftOut.TAIL),
    ],
    ids=["sequence", "film of a moving photo", "archive"],
)
def test_what_else_is_in_the_file_is_not_looked_at_and_that_is_said(more, left_out):
    answer, made, picture = cleaned(heic() + more)
    assert shows(picture, LEFT, RIGHT)
    assert answer.left_out == (left_out,)
    assert b"een film" not in made


@pytest.mark.parametrize(
    "content", [film_only(), of_another_codec()], ids=["sequence", "AV1 under another name"]
)
def test_what_is_no_still_picture_or_has_another_codec_is_said_to_be_of_another_kind(content):
    assert OF_TYPE[kind_of(content)] == Kind.HEIF
    assert refused(content) == Reason.UNKNOWN


def test_a_small_file_that_says_it_is_huge_is_refused():
    assert len(heif_bomb()) < 1000
    assert refused(heif_bomb()) == Reason.TOO_LARGE


def test_a_tile_may_be_named_often_and_not_without_end():
    _, _, picture = cleaned(many_tiles(16))
    assert picture.size == (8000, 8000)
    assert refused(many_tiles(255)) == Reason.TOO_LARGE


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_a_photo_that_was_cut_off_is_refused(part):
    sent = telephone_photo()
    assert refused(sent[: int(len(sent) * part)]) == Reason.BROKEN


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x00\x00\x18ftypheic", photo(), word(), b"%PDF-1.7\n", bytes(5000)]
)
def test_what_is_only_called_a_photo_of_an_iphone_is_refused(content):
    assert refused(content) == Reason.BROKEN
