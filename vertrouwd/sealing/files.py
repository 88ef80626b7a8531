"""A folder of sealed files, one per record, each there whole or not at all; knows no Django.

The name of a file is its record: it says nothing. Destroying the data key makes a file unreadable;
`destroy` takes it away as well.
"""

import os
import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vertrouwd.durable import sync
from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.streams import SealingWriter, read_stream, verify_stream
from vertrouwd.sealing.unreadable import Unreadable

RECORD = re.compile(r"[0-9a-f]{32}")
PART = ".part"  # of a file that is still being written, or was given up by a crash


@dataclass(frozen=True)
class SealedFiles:
    """The files below one folder, which is made when the first one comes."""

    folder: Path

    @contextmanager
    def sealing(self, key: bytes, *, place: Place) -> Iterator[SealingWriter]:
        """A writer; the file of `place.record` appears when the block ends without an exception.

        Nothing is left behind otherwise. Raises FileExistsError when the record has a file: a
        sealed file is never overwritten.
        """
        path = self._path(place.record)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            raise FileExistsError("This record has a file already.")
        part = self.folder / f".{place.record}.{secrets.token_hex(4)}{PART}"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                with SealingWriter(file, key, place=place) as writer:
                    yield writer
                os.fsync(file.fileno())
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        sync(self.folder)

    def read(self, key: bytes, *, place: Place) -> Iterator[bytes]:
        """The content in pieces, see `streams.read_stream`. Raises Unreadable, also if missing."""
        with self._opened(place.record) as file:
            yield from read_stream(file, key, place=place)

    def verify(self, key: bytes, *, place: Place) -> int:
        """The number of content bytes of a file that opens to its end. Raises Unreadable."""
        with self._opened(place.record) as file:
            return verify_stream(file, key, place=place)

    def destroy(self, record: str) -> None:
        """Take the file away; it is no error when it is not there."""
        self.destroy_all([record])

    def destroy_all(self, records: Iterable[str]) -> None:
        """Take these files away; it is no error when some are not there."""
        paths = [self._path(record) for record in records]
        for path in paths:
            path.unlink(missing_ok=True)
        if paths and self.folder.is_dir():
            sync(self.folder)

    def records(self) -> set[str]:
        """The records that have a file."""
        if not self.folder.is_dir():
            return set()
        return {path.name for path in self.folder.iterdir() if RECORD.fullmatch(path.name)}

    def orphans(self, known: Collection[str], *, before: float) -> list[Path]:
        """Files of no known record, and unfinished ones, last written before `before`.

        `before` is in seconds since 1970: what is younger may belong to a request that is still
        going on.
        """
        if not self.folder.is_dir():
            return []
        strays = (p for p in self.folder.iterdir() if p.name.endswith(PART) or p.name not in known)
        return sorted(path for path in strays if path.stat().st_mtime < before)

    def _path(self, record: str) -> Path:
        if not RECORD.fullmatch(record):
            raise ValueError("A record is 32 hex digits.")
        return self.folder / record

    @contextmanager
    def _opened(self, record: str) -> Iterator[BinaryIO]:
        try:
            file = self._path(record).open("rb", buffering=0)
        except FileNotFoundError:
            raise Unreadable from None
        with file:
            yield file
