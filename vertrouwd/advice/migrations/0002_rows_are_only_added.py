"""The database itself refuses to change or remove a row: what was wrong is corrected by another."""

from django.db import migrations

from vertrouwd.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_advice_and_referral")]
    operations = [
        only_added(
            {
                "advice_advice": ["id", "corrects_id"],
                "advice_choice": ["id", "corrects_id"],
                "advice_referral": ["id", "corrects_id"],
                "advice_result": ["id", "corrects_id"],
                "advice_permission": ["id"],
                "advice_assiststep": ["id", "corrects_id"],
                "advice_confirmation": ["id", "corrects_id"],
            }
        )
    ]
