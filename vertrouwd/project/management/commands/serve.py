"""Serve the public pages and the casework until Ctrl-C.

Starts two processes. The public one has no sessions, no login, no cookies, and no key that opens a
report; the casework is where colleagues log in. This command watches them, starts one again when it
dies, chains the lines of the log, and does the work that may wait. All processes stay in one
process group, and nothing keeps listening after that group has ended, or after this command was
killed.

A home folder that holds a demonstration is served on this machine only. An empty home becomes a
demonstration: it gets people and a team to throw away, as `open-demonstration` makes them. For real
work begin with `create-admin`.
"""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from vertrouwd.figures import demonstrations
from vertrouwd.project.addresses import addresses_or_refusal
from vertrouwd.project.road import open_demonstration
from vertrouwd.project.server import serve_both
from vertrouwd.publication.published_files import show_invented


def add_addresses(parser: ArgumentParser, *, whom: str = "") -> None:
    """The two options that say where is listened."""
    parser.add_argument(
        "--public",
        metavar="HOST:PORT",
        default="localhost:8000",
        help=f"where the public pages are served (default localhost:8000{whom})",
    )
    parser.add_argument(
        "--casework",
        metavar="HOST:PORT",
        default="localhost:8001",
        help=f"where the casework is served (default localhost:8001{whom})",
    )


def is_empty() -> bool:
    """Nobody works here and nothing was reported: neither a demonstration nor a real home yet."""
    from vertrouwd.accounts.models import User, UserKind
    from vertrouwd.dossiers.models import Report

    people = User.objects.filter(kind=UserKind.PERSON)
    return not people.exists() and not Report.objects.exists()


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_addresses(parser)

    def handle(self, *, public: str, casework: str, **options: object) -> None:
        home = settings.VERTROUWD_HOME
        empty = is_empty()
        invented = empty or demonstrations.are_in(home) or show_invented(home)
        addresses = addresses_or_refusal(public=public, casework=casework, demonstration=invented)
        if empty:
            open_demonstration(home)
            self.stdout.write(
                "This home was empty, so it is a demonstration now: people and a team to throw "
                f"away, in {demonstrations.secrets_of(home)}. "
                "For real work start another one with `vertrouwd create-admin`."
            )
        serve_both(*addresses)
