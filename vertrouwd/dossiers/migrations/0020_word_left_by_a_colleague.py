"""A colleague saw, through broken glass, that a dossier may be the same case as another one."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

KINDS = (
    "terugbellen",
    "navragen bij het bestuur",
    "nagaan of aangifte is gedaan",
    "brief of e-mail sturen",
    "mening van een collega vragen",
    "mogelijk dezelfde zaak",
    "mogelijk niet dezelfde zaak",
    "anders",
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_not_looked_at")]
    operations = [
        migrations.AddField(
            "task",
            "other",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.dossier",
            ),
        ),
        migrations.AlterField(
            "task", "kind", models.CharField(choices=[(each, each) for each in KINDS], max_length=40)
        ),
        migrations.AddConstraint(
            "task",
            models.CheckConstraint(
                name="a_task_names_another_dossier_that_may_be_the_same_case",
                condition=Q(other__isnull=True)
                | (Q(kind="mogelijk dezelfde zaak") & ~Q(other=F("dossier"))),
            ),
        ),
    ]
