"""Triggers with which the database itself refuses to change or remove a row; for migrations.

They stop a mistake and a program that was taken over, not an owner of the database who drops them
first: that is what the chain and its anchors are for. SQLite knows no TRUNCATE; its REPLACE removes
a row without asking a DELETE trigger, so an insert over an existing row is refused there as well.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import migrations

REFUSAL = "rows of this table are only ever added"
FUNCTION = "audit_only_add"


def only_added(tables: Mapping[str, Sequence[str]]) -> migrations.RunPython:
    """The operation that makes tables append-only: table -> its columns that are unique.

    It replaces triggers of the same name, so that it may be applied to a table that has some.
    """
    return migrations.RunPython(_forward(tables), _backward(tables))


def triggers_of(vendor: str, table: str) -> list[str]:
    """The names of the triggers that an append-only table has."""
    acts = ["update", "delete", "replace" if vendor == "sqlite" else "truncate"]
    return [f"{table}_no_{act}" for act in acts]


def _forward(tables: Mapping[str, Sequence[str]]) -> Callable[[Any, Any], None]:
    def forward(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for statement in _prepare(vendor):
            schema_editor.execute(statement, params=None)
        for table, unique in tables.items():
            for statement in [*_drop(vendor, table), *_create(vendor, table, unique)]:
                schema_editor.execute(statement, params=None)

    return forward


def _backward(tables: Mapping[str, Sequence[str]]) -> Callable[[Any, Any], None]:
    def backward(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            for statement in _drop(schema_editor.connection.vendor, table):
                schema_editor.execute(statement, params=None)

    return backward


def _prepare(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )


def _drop(vendor: str, table: str) -> Iterator[str]:
    for name in triggers_of(vendor, table):
        yield f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor != "sqlite" else "")


def _create(vendor: str, table: str, unique: Sequence[str]) -> Iterator[str]:
    update, delete, third = triggers_of(vendor, table)
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        there = " OR ".join(f"{column} = NEW.{column}" for column in unique)
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {there})"  # noqa: S608 - our own names
        yield f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {refuse}"
        yield f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {refuse}"
        yield f"CREATE TRIGGER {third} BEFORE INSERT ON {table} WHEN {exists} {refuse}"
        return
    refuse = f"EXECUTE FUNCTION {FUNCTION}()"
    yield f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {refuse}"
    yield f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
    yield f"CREATE TRIGGER {third} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
