"""Homes and databases that were migrated already, for tests that start processes.

To migrate takes some five seconds of work. Each process of the tests does it once, as an
installation does, and copies what came out. That a new home is prepared by itself is told in
`tests/project/test_home.py` and `tests/project/test_run_demonstration.py`.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

from vertrouwd.project.home import DATABASE, MIGRATED, prepare_database
from vertrouwd.project.migration import fingerprint, migrate


def make_home(home: Path) -> Path:
    """This folder, with an empty SQLite database that has every table."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (DATABASE, MIGRATED):
        shutil.copy2(_migrated() / name, home / name)
    return home


@contextmanager
def own_database(home: Path) -> Iterator[str]:
    """Make this home; gives the address of its empty database, "" for SQLite.

    On PostgreSQL it is a database on the server of the tests, gone afterwards.
    """
    if not os.environ.get("VERTROUWD_DATABASE"):
        make_home(home)
        yield ""
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with copied(_template()) as address:
        (home / MIGRATED).write_text(fingerprint(address))
        yield address


@contextmanager
def copied(address: str) -> Iterator[str]:
    """A copy of a PostgreSQL database that nobody uses now, gone afterwards."""
    name = f"own_{token_hex(4)}"
    _on_the_server(f"CREATE DATABASE {name} TEMPLATE {urlsplit(address).path[1:]}")
    try:
        yield _beside(name)
    finally:
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _migrated() -> Path:
    home = Path(tempfile.mkdtemp(prefix="vertrouwd-migrated-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    prepare_database(home, database="")
    return home


@cache
def _template() -> str:
    name = f"migrated_{token_hex(4)}"
    _on_the_server(f"CREATE DATABASE {name}")
    atexit.register(_on_the_server, f"DROP DATABASE {name} WITH (FORCE)")
    with tempfile.TemporaryDirectory(prefix="vertrouwd-migrated-") as home:
        migrate(Path(home), database=_beside(name))
    return _beside(name)


def _beside(name: str) -> str:
    """The address of another database on the server of the tests."""
    return urlunsplit(urlsplit(os.environ["VERTROUWD_DATABASE"])._replace(path=f"/{name}"))


def _on_the_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["VERTROUWD_DATABASE"], autocommit=True) as connection:
        connection.execute(statement)
