"""The first day by which a duty asks something; the nightly job of the duties fills it in."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_drafts_of_what_is_written")]
    operations = [
        migrations.AddField(
            "dossier", "duty_due_on", models.DateField(blank=True, editable=False, null=True)
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(
                name="dossiers_duty_due",
                fields=["duty_due_on", "id"],
                condition=Q(duty_due_on__isnull=False) & ~Q(status="gesloten"),
            ),
        ),
    ]
