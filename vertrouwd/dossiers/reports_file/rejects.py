"""The file of rejects: each row as it was, with why, to be corrected and imported."""

import csv
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from vertrouwd.dossiers.reports_file.columns import OF_REJECTS, column_name
from vertrouwd.dossiers.reports_file.reading import Table
from vertrouwd.dossiers.reports_file.rows import Reason
from vertrouwd.dossiers.reports_file.unreadable import Unreadable

ROW, REASON = OF_REJECTS


class Rejects:
    """Writes rejected rows; without a target it writes nothing."""

    def __init__(self, file: IO[str] | None, header: list[str], separator: str) -> None:
        self.file = file
        self.writer = csv.writer(file, delimiter=separator) if file else None
        # A file of rejects that comes back: its own two columns are written anew.
        self.kept = [i for i, text in enumerate(header) if column_name(text) not in OF_REJECTS]
        self.width = len(header)
        self._write([ROW, *(header[i] for i in self.kept), REASON])

    def add(self, number: int, cells: list[str], reasons: list[Reason]) -> None:
        """Cells beyond the header stay at the end of their row."""
        kept = [cells[i] if i < len(cells) else "" for i in self.kept]
        why = " ".join(map(str, reasons))
        self._write([number, *kept, why, *cells[self.width :]])

    def finish(self) -> None:
        """Bring the rows to the disk; raises OSError when it is full."""
        if self.file is not None:
            self.file.flush()
            os.fsync(self.file.fileno())

    def _write(self, cells: Iterable[object]) -> None:
        if self.writer is not None:
            self.writer.writerow(cells)


@contextmanager
def open_rejects(target: Path | None, table: Table, *, source: Path) -> Iterator[Rejects]:
    """A file that only its owner can read (mode 0600), put in place when all went well.

    Written as CSV in UTF-8 with the separator of the source, so that a spreadsheet opens it.
    Raises Unreadable when the target cannot be written.
    """
    if target is None:
        yield Rejects(None, table.header, table.separator)
        return
    if target.exists() and (not target.is_file() or target.samefile(source)):
        raise Unreadable(
            "cannot have its rejects written over itself or over a folder. "
            "Name another file with --rejects."
        )
    try:
        # The temporary file is made with mode 0600.
        file = NamedTemporaryFile(  # noqa: SIM115 - closed below, before it is put in place
            "w",
            encoding="utf-8-sig",
            newline="",
            dir=target.parent,
            prefix=f".{target.name}.",
            delete=False,
        )
    except OSError as fault:
        raise Unreadable(
            f"has no place for its rejects: {fault.strerror}. Name another file with --rejects."
        ) from fault
    made = Path(file.name)
    try:
        with file:
            yield Rejects(file, table.header, table.separator)
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)
