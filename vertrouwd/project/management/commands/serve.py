"""Serve the public pages until Ctrl-C.

Starts the public process: no sessions, no login, no cookies, no access log. All processes stay in
one process group, and nothing keeps listening after that group has ended. The pages of the
casework come later and have no process yet.

A home folder that holds a demonstration is served on this machine only.
"""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from vertrouwd.figures import demonstrations
from vertrouwd.project.server import address_or_refusal, serve_public
from vertrouwd.publication.published_files import show_invented


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--public",
            metavar="HOST:PORT",
            default="localhost:8000",
            help="where the public pages are served (default localhost:8000)",
        )

    def handle(self, *, public: str, **options: object) -> None:
        home = settings.VERTROUWD_HOME
        invented = demonstrations.are_in(home) or show_invented(home)
        address = address_or_refusal(public, demonstration=invented)
        self.stdout.write(f"Serving on http://{address}/ (Ctrl-C stops)")
        serve_public(address)
