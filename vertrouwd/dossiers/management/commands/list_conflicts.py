"""List the dossiers whose reports disagree on their coding.

Freezing a year refuses while dossiers of that year stand here: a person decides with
`vertrouwd settle-coding`. Reports disagree when they name two categories, two subcategories or two
sectors; an empty subcategory and «niet bekendgemaakt» disagree with nothing.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vertrouwd.dossiers.conflicts import conflicts


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="a list of objects as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = conflicts()
        if options["json"]:
            objects = [
                {
                    "dossier": conflict.reference,
                    "categories": conflict.categories,
                    "subcategories": conflict.subcategories,
                    "sectors": conflict.sectors,
                }
                for conflict in found
            ]
            self.stdout.write(json.dumps(objects, ensure_ascii=False, indent=2))
            return
        for conflict in found:
            said = (conflict.categories, conflict.subcategories, conflict.sectors)
            differing = [" / ".join(values) for values in said if len(values) > 1]
            self.stdout.write(f"{conflict.reference}  {'; '.join(differing)}")
        if found:
            self.stdout.write(
                f"Decide with: vertrouwd settle-coding {found[0].reference} --category CATEGORY"
            )
        else:
            self.stdout.write("No dossier waits for a decision on its coding.")
