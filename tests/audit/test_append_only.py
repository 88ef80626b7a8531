"""The database itself refuses to change or remove what is only ever added."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.audit.owner import chained
from vertrouwd.audit.append_only import triggers_of
from vertrouwd.audit.models import Line, Link, Waiting
from vertrouwd.audit.sealer import chain_pending
from vertrouwd.audit.verifying import verify

TABLES = [
    "audit_line",
    "audit_link",
    "audit_segment",
    "dossiers_ledgerevent",
    "dossiers_coding",
    "dossiers_correction",
    "privacy_requests_eyes",
    "privacy_requests_weighing",
    "privacy_requests_secondlook",
    "privacy_requests_toldreceiver",
]


def refuses(statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="only ever added")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", TABLES)
def test_every_append_only_table_has_its_triggers(db, table: str) -> None:
    """A later migration on SQLite may make the table anew, and forget them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")
        names = {name for (name,) in cursor.fetchall()}
    assert set(triggers_of(connection.vendor, table)) <= names


def test_a_line_and_its_link_are_neither_changed_nor_removed(db) -> None:
    chained(1)
    refuses("UPDATE audit_line SET actor = 'somebody'")
    refuses("DELETE FROM audit_line")
    refuses("UPDATE audit_link SET digest = 'a'")
    refuses("DELETE FROM audit_link")
    assert (Line.objects.count(), Link.objects.count()) == (1, 1)


def test_a_line_is_not_put_over_an_existing_one(db) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    chained(2)
    refuses("REPLACE INTO audit_line SELECT * FROM audit_line LIMIT 1")
    refuses("INSERT OR REPLACE INTO audit_link SELECT 9, line_id, 1, digest FROM audit_link")


@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_not_emptied_at_once(db, table: str) -> None:
    refuses(f"TRUNCATE {table} CASCADE")


def test_a_line_waits_for_its_link_from_the_moment_it_is_written(db) -> None:
    line = Line.objects.create(at="2026-11-25T12:00:00Z", actor="a", action="look")
    assert list(Waiting.objects.values_list("line_id", flat=True)) == [line.pk]
    chain_pending()
    assert not Waiting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_lines_of_before_the_chain_are_kept_and_get_chained() -> None:
    executor = MigrationExecutor(connection)
    everything = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([("audit", "0001_initial")])
        old = executor.loader.project_state([("audit", "0001_initial")]).apps
        for number in range(3):
            old.get_model("audit", "Line").objects.create(
                at="2026-10-01T12:00:00Z", actor="system", action="join", object=f"D-{number}"
            )
    finally:
        MigrationExecutor(connection).migrate(everything)
    assert chain_pending() == 3
    found = verify()
    assert (found.broken, found.lines) == (None, 3)
