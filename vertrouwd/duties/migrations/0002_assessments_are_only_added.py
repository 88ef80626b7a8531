"""The database itself refuses to change or remove what was assessed: a dossier keeps it."""

from django.db import migrations

from vertrouwd.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_assessments_and_track")]
    operations = [
        only_added(
            {
                "duties_dutyassessment": ["id"],
                "duties_owedduty": ["id"],
            }
        )
    ]
