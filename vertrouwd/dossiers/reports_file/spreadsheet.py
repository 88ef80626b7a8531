"""The rows of an XLSX file as texts, read by a process of its own with a limit to its memory.

calamine holds a sheet in memory as a full rectangle: two cells at its far corners ask for 500 GB
in a file of 2 KB, and Rust ends a process that cannot have its memory. Here that is a message.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vertrouwd.dossiers.reports_file.unreadable import Unreadable

READER = "vertrouwd.dossiers.reports_file.spreadsheet_reader"
TOO_MUCH = (
    "cannot be read within 2 GB of memory: it is damaged, or has cells far outside its table. "
    "Save it as CSV."
)


@contextmanager
def sheet_rows(path: Path) -> Iterator[Iterator[tuple[int, list[str], int]]]:
    """Rows of the sheet that holds reports: the first whose first row names known columns.

    Like the rows of a CSV file; empty rows are left out. Raises Unreadable.
    """
    # -P: nothing is imported from the folder one happens to be in.
    command = [sys.executable, "-P", "-m", READER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as reader:
        try:
            yield _received(reader)
        finally:
            reader.kill()


def _received(reader: subprocess.Popen[bytes]) -> Iterator[tuple[int, list[str], int]]:
    """A line is a row; the last line is a text: what is wrong with the file, or nothing."""
    for line in reader.stdout or ():
        found = json.loads(line) if line.endswith(b"\n") else None
        if isinstance(found, str):
            if found:
                raise Unreadable(found)
            return
        if found is not None:
            yield found[0], found[1], 0
    raise Unreadable(TOO_MUCH)
