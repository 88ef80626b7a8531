"""Photos of an iPhone decoded by libheif and libde265, without a thread; knows no Django.

The two libraries are those in the wheel of pillow-heif. Its Python code is not loaded: it lets
libde265 start a thread for each photo, and the process that decodes may not start any. Names,
numbers and structures are those of libheif/api/libheif/heif_*.h, version 1.23. Nothing is given
back: the process ends with the file.
"""

import ctypes
import importlib.util
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p

from PIL import Image

from vertrouwd.attachments.cleaning.made import NotPossible, Reason

HOLDS_THEM = "_pillow_heif"  # the extension that was linked with both
UNSUPPORTED, TOO_MUCH = (3, 4, 11), (6,)  # codes of heif_error
BEYOND_A_LIMIT = 1000  # a subcode
RGB, INTERLEAVED = 1, 10  # a colour space, a channel
CHROMA = {"RGB": 10, "RGBA": 11, "RGBa": 11}  # by mode of Pillow; RGBa is multiplied already
IN_ITS_OWN_THREAD = 0  # tiles, by libheif
NO_THREADS = -1  # libde265 takes 0 for 1


class _Fault(ctypes.Structure):
    _fields_ = [("code", c_int), ("subcode", c_int), ("message", c_char_p)]


class _Limits(ctypes.Structure):
    """Its beginning."""

    _fields_ = [("version", c_uint8), ("pixels", c_uint64)]


class _Conversion(ctypes.Structure):
    _fields_ = [("version", c_uint8), ("down", c_int), ("up", c_int), ("only_these", c_uint8)]


class _Options(ctypes.Structure):
    """Its beginning, up to what we set."""

    _fields_ = [
        ("version", c_uint8), ("untransformed", c_uint8), ("callbacks", c_void_p * 4),
        ("as_8_bits", c_uint8), ("strict", c_uint8), ("decoder", c_char_p),
        ("conversion", _Conversion), ("cancel", c_void_p), ("more", c_void_p),
        ("ignore_edits", c_int), ("profile", c_void_p), ("library_threads", c_int),
        ("codec_threads", c_int),
    ]  # fmt: skip


OF_THREADS = 8  # the version of the options that has `codec_threads`
# Name -> what it gives, what it takes.
CALLS = {
    "heif_init": (_Fault, c_void_p),
    "heif_context_alloc": (c_void_p,),
    "heif_context_set_max_decoding_threads": (None, c_void_p, c_int),
    "heif_context_get_security_limits": (POINTER(_Limits), c_void_p),
    "heif_context_read_from_memory_without_copy": (_Fault, c_void_p, c_char_p, c_size_t, c_void_p),
    "heif_context_get_number_of_top_level_images": (c_int, c_void_p),
    "heif_context_get_primary_image_handle": (_Fault, c_void_p, POINTER(c_void_p)),
    "heif_image_handle_get_width": (c_int, c_void_p),
    "heif_image_handle_get_height": (c_int, c_void_p),
    "heif_image_handle_has_alpha_channel": (c_int, c_void_p),
    "heif_image_handle_is_premultiplied_alpha": (c_int, c_void_p),
    "heif_image_handle_get_number_of_metadata_blocks": (c_int, c_void_p, c_char_p),
    "heif_image_handle_get_list_of_metadata_block_IDs": (
        c_int, c_void_p, c_char_p, POINTER(c_uint32), c_int,
    ),
    "heif_image_handle_get_metadata_size": (c_size_t, c_void_p, c_uint32),
    "heif_image_handle_get_metadata": (_Fault, c_void_p, c_uint32, c_char_p),
    "heif_image_handle_get_raw_color_profile_size": (c_size_t, c_void_p),
    "heif_decoding_options_alloc": (POINTER(_Options),),
    "heif_decode_image": (_Fault, c_void_p, POINTER(c_void_p), c_int, c_int, POINTER(_Options)),
    "heif_image_get_width": (c_int, c_void_p, c_int),
    "heif_image_get_height": (c_int, c_void_p, c_int),
    "heif_image_get_plane_readonly2": (c_void_p, c_void_p, c_int, POINTER(c_size_t)),
}  # fmt: skip
_library: ctypes.CDLL | None = None


def load() -> None:
    """Before this process shuts itself in. Without the libraries there is no `Photo`."""
    global _library
    found = importlib.util.find_spec(HOLDS_THEM)
    if found is None or found.origin is None:
        return
    library = ctypes.CDLL(found.origin)
    for name, (gives, *takes) in CALLS.items():
        call = getattr(library, name)
        call.restype, call.argtypes = gives, takes
    if not library.heif_init(None).code:
        _library = library


class Photo:
    """The picture that a HEIF file shows; its size is known, its pixels are not decoded yet.

    `largest` in pixels, for each picture in the file. Raises NotPossible, as its methods do.
    """

    def __init__(self, content: bytes, *, largest: int) -> None:
        if _library is None:
            raise NotPossible(Reason.UNKNOWN)
        self._library, self._content = _library, content  # libheif makes no copy of it
        file = _library.heif_context_alloc()
        _library.heif_context_set_max_decoding_threads(file, IN_ITS_OWN_THREAD)
        _library.heif_context_get_security_limits(file).contents.pixels = largest
        size = len(content)
        _well(_library.heif_context_read_from_memory_without_copy(file, content, size, None))
        self._handle = c_void_p()
        _well(_library.heif_context_get_primary_image_handle(file, byref(self._handle)))
        self.pictures: int = _library.heif_context_get_number_of_top_level_images(file)
        self.width: int = _library.heif_image_handle_get_width(self._handle)
        self.height: int = _library.heif_image_handle_get_height(self._handle)

    def says_something(self) -> bool:
        """Whether anything is told of it: by whom and where, with what, in which colours."""
        blocks = self._library.heif_image_handle_get_number_of_metadata_blocks(self._handle, None)
        profile = self._library.heif_image_handle_get_raw_color_profile_size(self._handle)
        return blocks > 0 or profile > 0

    def exif(self) -> bytes:
        """As a TIFF; empty when there is none."""
        found = (c_uint32 * 1)()
        if not self._library.heif_image_handle_get_list_of_metadata_block_IDs(
            self._handle, b"Exif", found, 1
        ):
            return b""
        size = self._library.heif_image_handle_get_metadata_size(self._handle, found[0])
        held = ctypes.create_string_buffer(size)
        _well(self._library.heif_image_handle_get_metadata(self._handle, found[0], held))
        return held.raw[4 + int.from_bytes(held.raw[:4], "big") :]

    def pixels(self) -> Image.Image:
        """Upright, 8 bits a colour; RGB, or RGBA when something shines through."""
        mode = self._mode()
        options = self._library.heif_decoding_options_alloc()
        if options.contents.version < OF_THREADS:
            raise NotPossible(Reason.UNKNOWN)
        options.contents.codec_threads = NO_THREADS
        made = c_void_p()
        chroma = CHROMA[mode]
        _well(self._library.heif_decode_image(self._handle, byref(made), RGB, chroma, options))
        width = self._library.heif_image_get_width(made, INTERLEAVED)
        height = self._library.heif_image_get_height(made, INTERLEAVED)
        line = c_size_t()
        start = self._library.heif_image_get_plane_readonly2(made, INTERLEAVED, byref(line))
        if not start or width < 1 or height < 1 or line.value < width * len(mode):
            raise NotPossible(Reason.BROKEN)
        held = (c_uint8 * (line.value * height)).from_address(start)
        picture = Image.frombytes(mode, (width, height), held, "raw", mode, line.value)
        return picture.convert("RGBA") if mode == "RGBa" else picture

    def _mode(self) -> str:
        if not self._library.heif_image_handle_has_alpha_channel(self._handle):
            return "RGB"
        multiplied = self._library.heif_image_handle_is_premultiplied_alpha(self._handle)
        return "RGBa" if multiplied else "RGBA"


def _well(came: _Fault) -> None:
    """Raises NotPossible when libheif could not do it."""
    if came.code in TOO_MUCH or came.subcode == BEYOND_A_LIMIT:
        raise NotPossible(Reason.TOO_LARGE)
    if came.code in UNSUPPORTED:
        raise NotPossible(Reason.UNKNOWN)
    if came.code:
        raise NotPossible(Reason.BROKEN)
