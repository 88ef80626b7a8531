"""A photo inside a document: what it says of its maker goes, and so does a small picture in it."""

from io import BytesIO

from PIL import Image

from vertrouwd.attachments.cleaning.jpeg import without_metadata

SMALL = bytes(range(256)) * 3  # 16 x 16 pixels


def photo() -> bytes:
    held = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(held, "JPEG", dpi=(300, 300))
    return held.getvalue()


def app0(payload: bytes) -> bytes:
    return b"\xff\xe0" + (len(payload) + 2).to_bytes(2, "big") + payload


def test_a_small_picture_in_the_header_of_a_photo_does_not_come_along():
    plain = photo()
    header, rest = plain[2:20], plain[20:]
    small = header[4:16] + bytes([16, 16]) + SMALL
    extended = b"JFXX\0\x13" + bytes([16, 16]) + SMALL
    cleaned = without_metadata(plain[:2] + app0(small) + app0(extended) + rest)
    assert cleaned == plain
    assert Image.open(BytesIO(cleaned)).info["dpi"] == (300, 300)


def test_a_header_that_is_cut_short_or_of_another_maker_goes():
    plain = photo()
    for strange in (b"JFIF\0\x01", b"AVI1\0\0"):
        cleaned = without_metadata(plain[:2] + app0(strange) + plain[20:])
        assert cleaned == plain[:2] + plain[20:]
        assert Image.open(BytesIO(cleaned)).load()
