from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="keptrecord",
            name="files",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="keptrecord",
            name="wrapped",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
    ]
