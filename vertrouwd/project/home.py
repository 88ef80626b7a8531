"""The one folder that holds all state: VERTROUWD_HOME (default ./var)."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vertrouwd.project.migration import fingerprint, migrate

MIGRATED = "migrated.stamp"
DATABASE = "vertrouwd.sqlite3"


def home_folder() -> Path:
    """The folder of this installation, made on first use and closed to other accounts."""
    home = Path(os.environ.get("VERTROUWD_HOME") or "var").resolve()
    if not home.is_dir():
        home.mkdir(parents=True, mode=0o700)
    return home


def prepare_database(home: Path, *, database: str) -> bool:
    """Create or migrate the database unless that was done for these migrations and this database.

    Returns True when something had to be done. The file of SQLite is closed to other accounts, also
    in a home that is not; of two processes that start together one waits for the other. Raises
    NotMigrated.
    """
    if _is_prepared(home, database):
        return False
    with alone(home):
        if _is_prepared(home, database):
            return False
        if not database:
            (home / DATABASE).touch(mode=0o600)
            (home / DATABASE).chmod(0o600)
        migrate(home, database=database)
        (home / MIGRATED).write_text(fingerprint(database))
    return True


@contextmanager
def alone(home: Path, name: str = ".lock") -> Iterator[None]:
    """Hold what only one process may do in this home at a time; others wait."""
    with (home / name).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_prepared(home: Path, database: str) -> bool:
    stamp = home / MIGRATED
    return (
        stamp.exists()
        and stamp.read_text() == fingerprint(database)
        and _database_is_there(home, database)
    )


def _database_is_there(home: Path, database: str) -> bool:
    return bool(database) or (home / DATABASE).exists()
