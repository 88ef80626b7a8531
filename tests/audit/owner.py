"""What an owner of the database can do: triggers and the keys between tables step aside."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests.emptying import without_triggers
from vertrouwd.audit.canonical import next_digest
from vertrouwd.audit.record import record
from vertrouwd.audit.sealer import chain_pending
from vertrouwd.audit.stored import links
from vertrouwd.audit.verifying import Verified, verify


class Somebody:
    username = "inspector-1"


def chained(count: int) -> None:
    """Write that many lines and chain them."""
    for number in range(count):
        record(by=Somebody(), action="look", kind="dossier", object=f"D-{number + 1:07}")
    chain_pending()


@contextmanager
def as_owner() -> Iterator[None]:
    """For tests that commit for real."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            with without_triggers():
                yield
            cursor.execute("PRAGMA foreign_keys = ON")
        else:
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")


def tamper(*statements: str) -> Verified:
    """Do it as the owner; what verifying says afterwards."""
    with as_owner(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return verify()


def rewrite_chain() -> None:
    """Compute every digest anew, as somebody would who knows the form."""
    previous, fresh = bytes(32), []
    for number, row in enumerate(list(links()), 1):
        previous = next_digest(previous, number, row[4:])
        fresh.append((number, row[3], previous.hex()))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_link")
        cursor.executemany(
            "INSERT INTO audit_link (number, line_id, version, digest) VALUES (%s, %s, 1, %s)",
            fresh,
        )
