"""Print the number of reports stored here.

With --json also how many of them are invented, and how many dossiers hold one. Rows are counted;
nothing of a report is looked at.
"""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, **options: object) -> None:
        from vertrouwd.dossiers.models import Report

        reports = Report.objects.order_by()
        if not options["json"]:
            self.stdout.write(str(reports.count()))
            return
        counts = {
            "reports": reports.count(),
            "invented": reports.filter(is_invented=True).count(),
            "dossiers": reports.values("dossier").distinct().count(),
        }
        self.stdout.write(json.dumps(counts))
