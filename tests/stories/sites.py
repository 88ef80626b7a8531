"""The two sites of a house while they run, and what can be seen and broken of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from tests.project.running import Running
from tests.stories.canaries import CANARIES, House
from tests.stories.visitor import Answer, Visitor
from tests.traces import read_session


@dataclass
class Sites:
    """The two sites of a house while they run, and every answer they gave."""

    house: House
    running: Running
    answers: list[Answer] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)  # what they held after each planting

    def casework(self, username: str = "", number: int = 0) -> Visitor:
        cookies = self.house.cookies_of(username, number) if username else {}
        return Visitor(self.running.casework, cookies, self.answers)

    def public(self) -> Visitor:
        return Visitor(self.running.public, {}, self.answers)


def found(answer: Answer, *names: str) -> str:
    """The answer in short, when it holds all these canaries."""
    return answer.asked if all(CANARIES[name] in answer.text for name in names) else ""


def open_sessions(house: House) -> list[str]:
    """What the open sessions hold now, as a thief of the table reads them."""
    with closing(sqlite3.connect(house.home / "vertrouwd.sqlite3", timeout=20)) as connection:
        rows = connection.execute("SELECT data FROM accounts_opensession").fetchall()
    return [read_session(data) for (data,) in rows if data]


@contextmanager
def broken_table(house: House, name: str) -> Iterator[None]:
    """The table is called otherwise for a while: what asks for it fails."""
    with closing(sqlite3.connect(house.home / "vertrouwd.sqlite3", timeout=20)) as connection:
        connection.execute("PRAGMA legacy_alter_table=ON")
        connection.execute(f"ALTER TABLE {name} RENAME TO {name}_gone")
        connection.commit()
        try:
            yield
        finally:
            connection.execute(f"ALTER TABLE {name}_gone RENAME TO {name}")
            connection.commit()
