"""Photos as an iPhone makes them, and as somebody makes them who means harm: by the encoder that
comes with pillow-heif, and by hand where it has no word for it."""

import io

import pillow_heif
from PIL import Image

from tests.attachments.made_files import AUTHOR, of_a_telephone

LEFT, RIGHT = (220, 30, 30), (30, 30, 220)
FRAMEWORK = b"urn:mpeg:hevc:2015:auxid:"  # 1 an alpha channel, 2 a map of depth


def halves(*, size: tuple[int, int] = (120, 80), mode: str = "RGB") -> Image.Image:
    """Red at the left, blue at the right."""
    made = Image.new("RGB", size, LEFT)
    made.paste(RIGHT, (size[0] // 2, 0, *size))
    return made.convert(mode)


def heic(picture: Image.Image | None = None, *others: Image.Image, **more) -> bytes:
    file = pillow_heif.from_pillow(picture or halves())
    for other in others:
        file.add_from_pillow(other)
    made = io.BytesIO()
    file.save(made, quality=90, **more)
    return made.getvalue()


def telephone_photo(*, turned: int = 1) -> bytes:
    """In tiles, with a small copy of itself, and who made it where and with what."""
    exif = of_a_telephone(turned=turned).tobytes()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{AUTHOR}</x:xmpmeta>".encode()
    return heic(halves(size=(1100, 800)), tile_size=512, thumbnails=[256], exif=exif, xmp=xmp)


def shining_through() -> bytes:
    made = halves(mode="RGBA")
    made.putalpha(40)
    return heic(made)


def with_depth() -> bytes:
    """The same, in which what shone through is called how far away it was."""
    return shining_through().replace(FRAMEWORK + b"1", FRAMEWORK + b"2")


def of_ten_bits() -> bytes:
    """As a telephone writes that photographs in HDR."""
    low, high = (b"".join((part * 257).to_bytes(2, "little") for part in c) for c in (LEFT, RIGHT))
    made = io.BytesIO()
    pillow_heif.encode("RGB;16", (120, 80), (low * 60 + high * 60) * 80, made, quality=90)
    return made.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def film_only() -> bytes:
    """A sequence without a still picture: a burst, a sticker that moves."""
    return box(b"ftyp", b"msf1\x00\x00\x00\x00msf1hevc") + box(b"moov", bytes(400))


def heif_bomb() -> bytes:
    """A small file that says it is 50,000 by 50,000."""
    small, wide = heic(), (50_000).to_bytes(4, "big")
    at = small.index(b"ispe") + 8
    return small[:at] + wide + wide + small[at + 8 :]


def of_another_codec() -> bytes:
    """A HEIF file whose picture is AV1, and which does not say so at its start."""
    made = io.BytesIO()
    halves().save(made, "AVIF")
    return made.getvalue().replace(b"ftypavif", b"ftypmif1").replace(b"avifmif1", b"mif1mif1")


def many_tiles(count: int = 255) -> bytes:
    """A photo of one tile that is named count by count times, and says it is 8000 by 8000.

    What is told of it stands after the pixels, so that these keep their place.
    """
    file, wide = telephone_photo(), 8000
    at = file.index(b"meta") - 4
    told = file[at : at + int.from_bytes(file[at : at + 4], "big")]
    refers = told.index(b"iref") - 4
    size = int.from_bytes(told[refers : refers + 4], "big")
    tiles = told.index(b"dimg", refers) + 4  # who refers, to how many, to which
    who, first = told[tiles : tiles + 2], told[tiles + 4 : tiles + 6]
    often = count * count
    every = box(b"dimg", who + often.to_bytes(2, "big") + first * often)
    told = told[:refers] + box(b"iref", bytes(4) + every) + told[refers + size :]
    grid = told.index(b"idat") + 6  # rows and columns less one, width, height
    shape = bytes([count - 1] * 2) + wide.to_bytes(2, "big") * 2
    told = told[:grid] + shape + told[grid + 6 :]
    said = (1100).to_bytes(4, "big") + (800).to_bytes(4, "big")
    told = told.replace(said, wide.to_bytes(4, "big") * 2)
    return file[: at + 4] + b"free" + file[at + 8 :] + box(b"meta", told[8:])
