"""A full disk, a database that is held or away: the reporter is told so, and nothing half stays."""

import os
import sqlite3
from contextlib import contextmanager

import pytest

from tests.faults.installation import Installation, installation
from tests.faults.test_killed_intake import COMMON, FOUND_A_TEAM, PUBLIC

ON_POSTGRESQL = bool(os.environ.get("VERTROUWD_DATABASE"))
pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # in processes of its own

REFUSED = """
from vertrouwd.intake.receiving import NotReceived
def refused(token):
    try:
        send(token)
    except NotReceived as reason:
        return reason.reason.name
    return "received"
"""
FULL = """
with connection.cursor() as cursor:
    used = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {used}")  # as a disk on which nothing more fits
answers = [refused(bytes([1]) + secrets.token_bytes(31)) for _ in range(40)]
answers += [refused(bytes([3]) + secrets.token_bytes(31)) for _ in range(40)]
whole()
assert "DISK_FULL" in answers and set(answers) <= {"DISK_FULL", "received"}, answers
stored = len(sealed_files().records())
assert stored == answers.count("received"), stored  # the files of the others are gone
with connection.cursor() as cursor:
    cursor.execute("PRAGMA max_page_count = 1073741823")
print(refused(secrets.token_bytes(32)))
"""
HELD = """
connection.settings_dict["OPTIONS"]["timeout"] = 0.3  # another holds it for longer
connection.close()
token = bytes([1]) + secrets.token_bytes(31)
print(refused(token), len(sealed_files().records()), flush=True)
"""
AWAY = """
print(refused(bytes([2]) + secrets.token_bytes(31)))
"""


@pytest.fixture
def made(tmp_path):
    with installation(tmp_path / "home") as fresh:
        fresh.run(FOUND_A_TEAM)
        yield fresh


@contextmanager
def held(made: Installation):
    """Somebody writes, and does not end."""
    database = sqlite3.connect(made.home / "vertrouwd.sqlite3", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        database.execute("ROLLBACK")
        database.close()


@pytest.mark.skipif(ON_POSTGRESQL, reason="a full disk of the server cannot be had in a test")
def test_a_full_disk_is_told_nothing_half_stays_and_later_it_goes_on(made: Installation) -> None:
    assert made.run(COMMON + REFUSED + FULL, **PUBLIC) == "received\n"


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL is not held by one writer")
def test_a_database_that_another_holds_is_told_and_no_file_stays(made: Installation) -> None:
    with held(made):
        assert made.run(COMMON + REFUSED + HELD, **PUBLIC) == "BUSY 0\n"
    assert made.run(COMMON + REFUSED + HELD, **PUBLIC) == "received 1\n"


def test_a_database_that_is_away_is_told(made: Installation) -> None:
    nowhere = {"VERTROUWD_DATABASE": "postgresql:///nobody?host=/nowhere/at/all"}
    assert made.run(COMMON + REFUSED + AWAY, **PUBLIC, **nowhere) == "BUSY\n"
