"""The database itself refuses to change or remove an event of the ledger or a decision on coding."""

from django.db import migrations

TABLES = ["dossiers_ledgerevent", "dossiers_coding"]
REFUSAL = "rows of this table are only ever added"


def forward(apps, schema_editor):
    for table in TABLES:
        for statement in _statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)


def backward(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for act in ("update", "delete"):
            on = f" ON {table}" if postgres else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{act}{on}", params=None)


def _statements(vendor, table):
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for act in ("update", "delete")
        ]
    return [
        "CREATE OR REPLACE FUNCTION dossiers_only_add() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        *(
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION dossiers_only_add()"
            for act in ("update", "delete")
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
