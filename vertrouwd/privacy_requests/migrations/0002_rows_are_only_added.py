"""The database itself refuses to change or remove what was weighed, looked after and told."""

from django.db import migrations

from vertrouwd.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("privacy_requests", "0001_initial")]
    operations = [
        only_added(
            {
                "privacy_requests_eyes": ["id"],
                "privacy_requests_weighing": ["id"],
                "privacy_requests_secondlook": ["id"],
                "privacy_requests_toldreceiver": ["id"],
            }
        )
    ]
