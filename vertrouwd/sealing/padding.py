"""Sizes in steps, so that the length of a text says little; knows no Django.

One byte 0x80 and zeros (ISO/IEC 7816-4) up to the next step: 256 bytes, and from 4 KiB on an
eighth of the power of two below, so that padding never costs more than an eighth.
"""

from vertrouwd.sealing.unreadable import Unreadable

STEP, LARGE = 256, 4096


def padded_size(size: int) -> int:
    """Bytes after padding, for a text of `size` bytes."""
    step = STEP if size < LARGE else 1 << (size.bit_length() - 1 - 3)
    return (size // step + 1) * step


def pad(plaintext: bytes) -> bytes:
    return (plaintext + b"\x80").ljust(padded_size(len(plaintext)), b"\0")


def unpad(padded: bytes) -> bytes:
    """What was padded. Raises Unreadable when there is no padding."""
    text = padded.rstrip(b"\0")
    if not text.endswith(b"\x80"):
        raise Unreadable
    return text[:-1]


def padded_file_size(size: int) -> int:
    """Bytes after padding, for a file of `size` bytes: steps of 4 KiB, larger ones from 256 KiB on.

    Padmé (Nikitin and others, PETS 2019): what is left to see of a size grows with the logarithm
    of its logarithm. From 128 KiB on it costs at most 3.2 %.
    """
    size = max(size, 1)
    exponent = size.bit_length() - 1
    hidden_bits = exponent - exponent.bit_length()
    step = max(LARGE, 1 << max(hidden_bits, 0))
    return -(-size // step) * step
