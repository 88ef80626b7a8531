"""Whether somebody handles a dossier is answered from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0020_word_left_by_a_colleague")]
    operations = [
        migrations.AddIndex(
            "assignment",
            models.Index(name="assigned_to", fields=["user", "dossier", "until", "since"]),
        )
    ]
