"""What a reporter wrote and nobody read is found without going through all that was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0018_duty_due_on")]
    operations = [
        migrations.AddIndex(
            "message",
            models.Index(
                name="messages_not_read",
                fields=["report"],
                condition=models.Q(sender="melder", read_at__isnull=True),
            ),
        )
    ]
