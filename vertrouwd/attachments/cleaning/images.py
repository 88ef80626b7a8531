"""A picture is decoded and written anew: its pixels come along, nothing else. Knows no Django."""

from io import BytesIO

from PIL import AvifImagePlugin, ExifTags, Image, ImageOps, UnidentifiedImageError

from vertrouwd.attachments.cleaning.made import LeftOut, Made, NotPossible, Reason

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
PHOTOS = {"JPEG", "MPO", "WEBP", "AVIF"}  # written as JPEG when nothing shines through
LARGEST = 64_000_000  # pixels; a telephone makes 12 to 50 million
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
QUALITY = 92
COMPRESSION = 4  # of 9: the rest costs much time and saves little
SAYS_SOMETHING = {
    "exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "icc_profile", "mp", "Author",
    "Software", "Title", "Description", "Comment",
}  # fmt: skip


def prepare() -> None:
    """Load what is otherwise loaded when the first picture comes: later no file opens."""
    Image.init()
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # that is: none but the one that asks
    for name in ("JPEG", "PNG", "GIF", "WEBP", "TIFF"):
        made = BytesIO()
        try:
            Image.new("RGB", (2, 2)).save(made, name)
            Image.open(BytesIO(made.getvalue())).getexif()
        except (OSError, KeyError):  # this Pillow was built without it
            continue


def clean(content: bytes, *, written_as: str = "") -> Made:
    """Raises NotPossible. `written_as` a format of `TYPES`, else the one that fits best."""
    picture = _opened(content)
    left_out = _left_out(picture)
    try:
        picture.load()
        turned = ImageOps.exif_transpose(picture)
    except MemoryError:
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None
    pixels = _only_pixels(turned)
    is_photo = picture.format in PHOTOS and pixels.mode in ("RGB", "L")
    name = written_as or ("JPEG" if is_photo else "PNG")
    return Made(TYPES[name], encoded(pixels, name), left_out=left_out)


def encoded(pixels: Image.Image, name: str) -> bytes:
    """The file of a picture without anything but pixels."""
    if name == "JPEG" and pixels.mode not in ("RGB", "L"):
        pixels = pixels.convert("RGB")
    made = BytesIO()
    if name == "JPEG":
        pixels.save(made, name, quality=QUALITY)
    elif name == "PNG":
        pixels.save(made, name, compress_level=COMPRESSION)
    else:
        pixels.save(made, name)
    return made.getvalue()


def _opened(content: bytes) -> Image.Image:
    """With its size read, and not yet its pixels."""
    Image.MAX_IMAGE_PIXELS = None  # we count ourselves
    try:
        picture: Image.Image = Image.open(BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        raise NotPossible(Reason.BROKEN) from None
    except MemoryError:
        raise
    except Exception:
        raise NotPossible(Reason.BROKEN) from None
    if picture.width * picture.height > LARGEST:
        raise NotPossible(Reason.TOO_LARGE)
    return picture


def _only_pixels(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    shines = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    wanted = "RGBA" if shines else "L" if picture.mode in ("1", "L") else "RGB"
    pixels = picture if picture.mode == wanted else picture.convert(wanted)
    # What is made of its bytes keeps nothing of where they came from.
    return Image.frombytes(wanted, pixels.size, pixels.tobytes())


def _left_out(picture: Image.Image) -> tuple[LeftOut, ...]:
    found = []
    try:
        if picture.getexif().get_ifd(ExifTags.IFD.GPSInfo):
            found.append(LeftOut.LOCATION)
        if picture.getexif() or SAYS_SOMETHING & picture.info.keys():
            found.append(LeftOut.METADATA)
    except Exception:  # what cannot be read is left out all the same
        found.append(LeftOut.METADATA)
    if _has_a_second(picture):
        found.append(LeftOut.FRAMES)
    return tuple(found)


def _has_a_second(picture: Image.Image) -> bool:
    try:
        picture.seek(1)
        picture.seek(0)
    except EOFError:
        return False
    except Exception:
        raise NotPossible(Reason.BROKEN) from None
    return True
