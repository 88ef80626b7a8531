"""The database itself refuses to change or remove a line, its link or a closed month.

A line waits for its link from the moment it is written; lines of before the chain wait as well.
"""

from django.db import migrations

from vertrouwd.audit.append_only import only_added

WAITS = "audit_line_waits"


def every_line_waits(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    schema_editor.execute("INSERT INTO audit_waiting (line_id) SELECT id FROM audit_line")
    for statement in _statements(vendor):
        schema_editor.execute(statement, params=None)


def no_line_waits(apps, schema_editor):
    on = " ON audit_line" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {WAITS}{on}", params=None)


def _statements(vendor):
    insert = "INSERT INTO audit_waiting (line_id) VALUES (NEW.id);"
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {WAITS} AFTER INSERT ON audit_line BEGIN {insert} END"]
    return [
        f"CREATE OR REPLACE FUNCTION {WAITS}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {insert} RETURN NULL; END $$",
        f"CREATE TRIGGER {WAITS} AFTER INSERT ON audit_line "
        f"FOR EACH ROW EXECUTE FUNCTION {WAITS}()",
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [
        migrations.RunPython(every_line_waits, no_line_waits),
        only_added(
            {
                "audit_line": ["id"],
                "audit_link": ["number", "line_id"],
                "audit_segment": ["id", "month"],
            }
        ),
    ]
