"""Links that chain the lines, lines that wait for theirs, and closed months; indexes to read by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="line", name="action", field=models.CharField(max_length=60)
        ),
        migrations.AddIndex(
            model_name="line", index=models.Index(fields=["action"], name="line_by_action")
        ),
        migrations.AddIndex(
            model_name="line", index=models.Index(fields=["object"], name="line_by_object")
        ),
        migrations.AddIndex(
            model_name="line", index=models.Index(fields=["actor", "at"], name="line_by_actor")
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="audit.line",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="audit.line",
                    ),
                ),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.CharField(max_length=7, unique=True)),
                ("first", models.PositiveBigIntegerField()),
                ("last", models.PositiveBigIntegerField()),
                ("count", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("file_sha256", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField()),
            ],
            options={"ordering": ["first"]},
        ),
    ]
