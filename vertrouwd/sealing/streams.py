"""Seal and open what is too large for memory, such as an attachment; knows no Django.

STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015): chunks of 64 KiB, each AES-256-GCM
with a nonce of its number and a byte that says whether it is the last. Chunks that were left out,
repeated, put in another order or cut off at the end do not open. The key follows by HKDF from the
data key, a random salt and the place, so no nonce comes back and no file opens elsewhere.

    suite byte | salt, 32 bytes | chunk | chunk | ... | last chunk
    chunk: how much of it is content (4 bytes), content, zeros; sealed, with a tag of 16 bytes

Every chunk but the last holds 64 KiB. The size is padded (padding.padded_file_size): an observer
sees neither the length nor in which chunk the content ends.
"""

import secrets
from collections.abc import Iterator
from types import TracebackType
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vertrouwd.sealing.binding import Place, joined
from vertrouwd.sealing.padding import padded_file_size
from vertrouwd.sealing.suite import NONCE_BYTES, SUITE, TAG_BYTES, body_of, derived_key
from vertrouwd.sealing.unreadable import Unreadable

CHUNK = 64 * 1024
SALT_BYTES, COUNT_BYTES = 32, 4
SEALED_CHUNK = COUNT_BYTES + CHUNK + TAG_BYTES


class SealingWriter:
    """Seal to `file` (opened for writing bytes; never read or sought) as the content comes.

    As a context manager it writes the last chunk only when nothing was raised: what was given up
    halfway never opens. `size` is the number of content bytes so far. Holds one chunk in memory.
    """

    def __init__(self, file: BinaryIO, key: bytes, *, place: Place) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self.size = 0
        self._file = file
        self._cipher = _cipher(key, salt, place)
        self._chunk = bytearray(COUNT_BYTES + CHUNK)
        self._filled = 0  # content bytes in the chunk that is being filled
        self._number = 0
        self._padded = 0  # content and padding in the chunks that were written
        self._closed = False
        self._write(bytes([SUITE]) + salt)

    def write(self, content: bytes) -> int:
        """Seal the next bytes, in any portion; how many there were."""
        if self._closed:
            raise ValueError("This was closed: nothing can be added.")
        rest = memoryview(content).cast("B")
        self.size += len(rest)
        while rest:
            if self._filled == CHUNK:
                self._seal_full()
            taken = rest[: CHUNK - self._filled]
            start = COUNT_BYTES + self._filled
            self._chunk[start : start + len(taken)] = taken
            self._filled += len(taken)
            rest = rest[len(taken) :]
        return len(content)

    def close(self) -> None:
        """Write the padding and the last chunk; without it the whole does not open."""
        if self._closed:
            return
        target = padded_file_size(self.size)
        while target - self._padded > CHUNK:
            self._seal_full()
        self._seal(target - self._padded, last=True)
        self.discard()

    def discard(self) -> None:
        """Forget what is in memory and take no more."""
        self._closed = True
        self._chunk[:] = bytes(len(self._chunk))

    def __enter__(self) -> "SealingWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:  # fmt: skip
        if kind is None:
            self.close()
        else:
            self.discard()

    def _seal_full(self) -> None:
        self._seal(CHUNK, last=False)

    def _seal(self, length: int, *, last: bool) -> None:
        """Seal `length` bytes of content and zeros."""
        self._chunk[:COUNT_BYTES] = self._filled.to_bytes(COUNT_BYTES, "big")
        if self._filled < length:
            start = COUNT_BYTES + self._filled
            self._chunk[start : COUNT_BYTES + length] = bytes(length - self._filled)
        plain = memoryview(self._chunk)[: COUNT_BYTES + length]
        self._write(self._cipher.encrypt(_nonce(self._number, last), plain, None))
        self._number += 1
        self._padded += length
        self._filled = 0

    def _write(self, sealed: bytes) -> None:
        """All of it: an unbuffered file on a disk that is nearly full takes a part, in silence."""
        rest = memoryview(sealed)
        while rest:
            rest = rest[self._file.write(rest) :]


def read_stream(file: BinaryIO, key: bytes, *, place: Place) -> Iterator[bytes]:
    """The content, in pieces of at most 64 KiB. Raises Unreadable, perhaps after some pieces.

    Every piece that is given was checked: it is what was sealed, at that position. That the end
    was not cut off is known only when the iterator ends. Who must not act on part of a file (a
    scanner, a signature) goes through `verify_stream` first, or keeps the pieces until the end.
    """
    header = _read(file, 1 + SALT_BYTES)
    salt = body_of(header)
    if len(salt) != SALT_BYTES:
        raise Unreadable
    cipher = _cipher(key, salt, place)
    number, sealed, last = 0, _read(file, SEALED_CHUNK), False
    while not last:
        following = _read(file, SEALED_CHUNK) if len(sealed) == SEALED_CHUNK else b""
        last = not following
        try:
            plain = cipher.decrypt(_nonce(number, last), sealed, None)
        except (InvalidTag, ValueError):
            raise Unreadable from None
        end = COUNT_BYTES + int.from_bytes(plain[:COUNT_BYTES], "big")
        if not COUNT_BYTES <= end <= len(plain):
            raise Unreadable
        if end > COUNT_BYTES:
            yield plain[COUNT_BYTES:end]
        number, sealed = number + 1, following


def verify_stream(file: BinaryIO, key: bytes, *, place: Place) -> int:
    """Go through to the end and give the number of content bytes. Raises Unreadable."""
    return sum(len(piece) for piece in read_stream(file, key, place=place))


def sealed_size(size: int) -> int:
    """Bytes on disk for content of `size` bytes."""
    padded = padded_file_size(size)
    chunks = -(-padded // CHUNK)
    return 1 + SALT_BYTES + padded + chunks * (COUNT_BYTES + TAG_BYTES)


def _cipher(key: bytes, salt: bytes, place: Place) -> AESGCM:
    info = joined(b"vertrouwd stream 1", SUITE, CHUNK, place.associated_data())
    return AESGCM(derived_key(key, salt=salt, info=info))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(NONCE_BYTES - 1, "big") + bytes([last])


def _read(file: BinaryIO, size: int) -> bytes:
    """Exactly `size` bytes, fewer only at the end, also from a pipe that gives less at a time."""
    found = file.read(size)
    while 0 < len(found) < size and (more := file.read(size - len(found))):
        found += more
    return found
