"""List the dossiers whose reports disagree on their coding.

Freezing a year refuses while dossiers of that year stand here: a person decides with
`vertrouwd settle-coding`. Reports disagree when they name two categories, two subcategories or two
sectors; an empty subcategory and «niet bekendgemaakt» disagree with nothing.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vertrouwd.dossiers.disagreements import disagreements


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="a list of objects as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = disagreements()
        if options["json"]:
            objects = [
                {
                    "dossier": each.reference,
                    "categories": each.categories,
                    "subcategories": each.subcategories,
                    "sectors": each.sectors,
                }
                for each in found
            ]
            self.stdout.write(json.dumps(objects, ensure_ascii=False, indent=2))
            return
        for each in found:
            said = (each.categories, each.subcategories, each.sectors)
            differing = [" / ".join(values) for values in said if len(values) > 1]
            self.stdout.write(f"{each.reference}  {'; '.join(differing)}")
        if found:
            self.stdout.write(
                f"Decide with: vertrouwd settle-coding {found[0].reference} --category CATEGORY"
            )
        else:
            self.stdout.write("No dossier waits for a decision on its coding.")
