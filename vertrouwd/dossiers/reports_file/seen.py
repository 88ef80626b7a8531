"""The numbers of the reports of one file so far, without holding them in memory."""

import sqlite3
from hashlib import blake2b


class SeenNumbers:
    """Every melding_id with the row it first stood in, as eight bytes in a temporary file.

    In memory a file of 200 MB would take as much again; 64 bits keep a million numbers apart.
    """

    def __init__(self) -> None:
        self.rows = sqlite3.connect("")
        self.rows.execute("CREATE TABLE seen (mark INTEGER PRIMARY KEY, row INTEGER)")

    def first_row(self, number: str, row: int) -> int:
        """The row in which a number stood first: this one, unless it was seen before."""
        mark = int.from_bytes(blake2b(number.encode(), digest_size=8).digest(), "big", signed=True)
        new = self.rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (mark, row))
        if new.rowcount:
            return row
        first: int = self.rows.execute("SELECT row FROM seen WHERE mark = ?", (mark,)).fetchone()[0]
        return first

    def close(self) -> None:
        self.rows.close()
