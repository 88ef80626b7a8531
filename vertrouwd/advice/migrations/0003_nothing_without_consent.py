"""No law asks the inspector to pass anything on: of a referral, consent alone decides."""

from django.db import migrations, models

from vertrouwd.audit.append_only import only_added

NAME = "nothing_is_passed_on_without_consent"


class Migration(migrations.Migration):
    dependencies = [("advice", "0002_rows_are_only_added")]
    operations = [
        migrations.RemoveConstraint("referral", NAME),
        migrations.RemoveField("referral", "demanded_by"),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                name=NAME,
                condition=~models.Q(way="wij geven gegevens door") | models.Q(consent="ja"),
            ),
        ),
        only_added({"advice_referral": ["id", "corrects_id"]}),  # SQLite made the table anew
    ]
