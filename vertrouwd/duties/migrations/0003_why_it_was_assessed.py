"""Why the duties were assessed, and what somebody said then; the steps of the ladder."""

from django.db import migrations, models

from vertrouwd.audit.append_only import only_added
from vertrouwd.duties.terms import AssessReason, Step


class Migration(migrations.Migration):
    dependencies = [("duties", "0002_assessments_are_only_added")]
    operations = [
        migrations.AddField(
            "dutyassessment",
            "reason",
            models.CharField(
                choices=[(each.value, each.value) for each in AssessReason],
                default=AssessReason.REPORTED,
                max_length=40,
            ),
        ),
        migrations.AddField("dutyassessment", "said", models.JSONField(default=dict)),
        migrations.AlterField(
            "trackstep",
            "step",
            models.CharField(choices=[(each.value, each.value) for each in Step], max_length=40),
        ),
        # SQLite makes the table anew for a column with a default: its triggers are gone then.
        only_added({"duties_dutyassessment": ["id"]}),
    ]
