"""The ledger and the codings also refuse TRUNCATE (PostgreSQL) and REPLACE (SQLite)."""

from django.db import migrations

from vertrouwd.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_need_to_know")]
    operations = [only_added({"dossiers_ledgerevent": ["id"], "dossiers_coding": ["id"]})]
