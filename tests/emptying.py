"""Emptying the database of the tests between two tests that commit for real.

The product never removes a row of an append-only table, and has no way to. Django's flush of the
test database must: here, and only here, the triggers step aside while it runs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

# PostgreSQL alters no table while keys between its rows are still to be checked.
CHECK_KEYS_NOW = "SET CONSTRAINTS ALL IMMEDIATE"


@contextmanager
def append_only_tables_can_be_emptied() -> Iterator[None]:
    """While this lasts, a flush also empties tables that refuse every change otherwise."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def emptied(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        with transaction.atomic(), without_triggers():
            flush(operations, statements)

    BaseDatabaseOperations.execute_sql_flush = emptied
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = flush


@contextmanager
def without_triggers() -> Iterator[None]:
    """Take the triggers off, as an owner of the database can, and put them back."""
    with connection.cursor() as cursor:
        put_back = _take_off(cursor.execute, cursor.fetchall)
        yield
        for statement in put_back:
            cursor.execute(statement)


def _take_off(execute: Callable, fetched: Callable) -> list[str]:
    if connection.vendor == "sqlite":
        execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = fetched()
        for name, _ in triggers:
            execute(f"DROP TRIGGER {name}")
        return [statement for _, statement in triggers]
    execute(
        "SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal "
        "AND c.relnamespace = current_schema()::regnamespace"
    )
    tables = [table for (table,) in fetched()]
    execute(CHECK_KEYS_NOW)
    for table in tables:
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return [CHECK_KEYS_NOW, *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables)]
