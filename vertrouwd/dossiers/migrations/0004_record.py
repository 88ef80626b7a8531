"""Every dossier and report gets the name its sealed texts are bound to; 0005 then demands it."""

from django.db import migrations, models

TABLES = ["dossiers_dossier", "dossiers_report"]
BATCH = 20_000  # rows of one statement
DRAW = {  # 128 and 122 random bits: a name, not a secret
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "replace(gen_random_uuid()::text, '-', '')",
}


def name_the_rows(apps, schema_editor):
    connection = schema_editor.connection
    draw = DRAW[connection.vendor]
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            (last,) = cursor.fetchone()
            for start in range(0, last, BATCH):
                cursor.execute(
                    f"UPDATE {table} SET record = {draw} "
                    "WHERE record IS NULL AND id > %s AND id <= %s",
                    [start, start + BATCH],
                )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_external_group")]
    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="record",
                field=models.CharField(editable=False, max_length=32, null=True),
            )
            for name in ("dossier", "report")
        ),
        migrations.RunPython(name_the_rows, migrations.RunPython.noop),
    ]
