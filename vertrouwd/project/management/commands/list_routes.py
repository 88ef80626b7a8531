"""List every address of both sites, with who may come in.

One address a line, then «public» or the permission it asks for («unlocked»: and the key), then the
site. What stands in <> is filled in: `/cijfers/<str:year>`. Files below /static/ are no page.

    vertrouwd list-routes --site casework
"""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from vertrouwd.project.routes import SITES, NoRoutes, Route, routes_of


class Command(BaseCommand):
    help = __doc__
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", choices=SITES, help="one of the two (default: both)")
        parser.add_argument("--json", action="store_true", help="print a list of JSON objects")

    def handle(self, *, site: str | None, **options: object) -> None:
        try:
            found = [route for one in ([site] if site else SITES) for route in routes_of(one)]
        except NoRoutes as reason:
            raise CommandError(str(reason), returncode=1) from None
        if options["json"]:
            self.stdout.write(as_json(found))
            return
        width = max(len(route.path) for route in found)
        for route in found:
            self.stdout.write(f"{route.path:<{width}}  {route.gate:<24}  {route.site}")


def as_json(found: list[Route]) -> str:
    """The routes as a list of objects: site, path, name, gate, public."""
    shown = [
        {k: v for k, v in asdict(route).items() if k != "docstring"} | {"public": route.is_public}
        for route in found
    ]
    return json.dumps(shown, indent=1)
