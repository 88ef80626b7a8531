"""A weighing has no draft: none was ever kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0016_conversation_withdrawn_at")]
    operations = [
        migrations.AlterField(
            "draft",
            "kind",
            models.CharField(
                choices=[
                    ("intake", "intake"),
                    ("aantekening", "aantekening"),
                    ("bericht", "bericht"),
                ],
                max_length=20,
            ),
        )
    ]
