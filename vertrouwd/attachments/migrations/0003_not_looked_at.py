"""Files that nobody looked at yet are found without going through all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attachments", "0002_what_became_of_the_copy")]
    operations = [
        migrations.AddIndex(
            "attachment",
            models.Index(
                name="files_not_looked_at",
                fields=["report"],
                condition=models.Q(cleaning="nog niet bekeken"),
            ),
        )
    ]
