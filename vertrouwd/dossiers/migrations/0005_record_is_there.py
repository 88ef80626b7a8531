"""No dossier or report without a record. Apart from 0004: PostgreSQL alters no table whose rows
were changed in the same transaction."""

from django.db import migrations, models

import vertrouwd.sealing.binding


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_record")]
    operations = [
        migrations.AlterField(
            model_name=name,
            name="record",
            field=models.CharField(
                default=vertrouwd.sealing.binding.new_record,
                editable=False,
                max_length=32,
                unique=True,
            ),
        )
        for name in ("dossier", "report")
    ]
