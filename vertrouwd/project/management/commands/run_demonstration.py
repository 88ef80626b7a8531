"""Walk the whole road once on a demonstration year, and serve the result.

An empty home folder gets a database, the school register, a demonstration year whose dossiers are
invented and whose counts equal what the Inspectorate published, its frozen snapshot, the overview
and the letter to the House. What is there already is not made again. Then the public pages and the
casework are served on this machine only, until Ctrl-C.
"""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from vertrouwd.figures import demonstrations
from vertrouwd.project.addresses import addresses_or_refusal
from vertrouwd.project.home import alone
from vertrouwd.project.management.commands.serve import add_addresses
from vertrouwd.project.road import Road, Step, files_in
from vertrouwd.project.server import serve_both

WARNING = """
  ┌───────────────────────────────────────────────────────────────────────┐
  │ DEMONSTRATION. Every case in it is INVENTED: no such report was made, │
  │ no such school exists. The counts equal those the Inspectorate        │
  │ published; each number says whether it is published or invented.      │
  └───────────────────────────────────────────────────────────────────────┘
"""
OPENED = {".html", ".pdf", ".odt", ".txt"}  # what a person opens


class Command(BaseCommand):
    help = __doc__
    needs_database = False  # making it is the first step, shown like the others

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_addresses(parser, whom="; this machine only")
        parser.add_argument(
            "--no-serve", action="store_true", help="stop when the overview and the letter are made"
        )

    def handle(self, *, public: str, casework: str, no_serve: bool, **options: object) -> None:
        if not no_serve:  # better refused now than after the work
            addresses_or_refusal(public=public, casework=casework, demonstration=True)
        road = Road(settings.VERTROUWD_HOME, settings.DATABASE_ADDRESS)
        self.stdout.write(f"Vertrouwd: from reports to the letter, school year {road.year}\n\n")
        with alone(settings.VERTROUWD_HOME, ".road"):  # who starts at the same time waits
            for number, step in enumerate(road.steps(), 1):
                self._walk(number, step)
        self.stdout.write(WARNING)
        for sentence in road.changed_cells():
            self.stdout.write(f"  except {sentence}\n")
        self._say_where_everything_lies(road)
        if not no_serve:
            self.stdout.write("")
            self.stdout.flush()
            serve_both(*addresses_or_refusal(public=public, casework=casework, demonstration=True))

    def _walk(self, number: int, step: Step) -> None:
        self.stdout.write(f"  {number}  {step.name:<32}", ending="")
        self.stdout.flush()
        begin = time.monotonic()
        try:
            made = step.do()
        except BaseException:
            self.stdout.write("")  # so that the reason stands on a line of its own
            raise
        seconds = f"{time.monotonic() - begin:5.1f} s"
        self.stdout.write(seconds if made else "there already")

    def _say_where_everything_lies(self, road: Road) -> None:
        for name, folder in (("overview", road.overview), ("letter", road.letter)):
            self.stdout.write(f"  {name:<11}{shown(folder)}/")
            opened = [str(p.relative_to(folder)) for p in files_in(folder) if p.suffix in OPENED]
            self.stdout.write(f"  {'':<11}{', '.join(opened)}, and the data they are made of")
        if road.snapshot:
            self.stdout.write(f"  snapshot   {shown(road.snapshot.folder)}/")
        secrets = shown(demonstrations.secrets_of(road.home))
        self.stdout.write(
            "  log in     on the casework as inspecteur; password, code and passphrase stand in"
        )
        self.stdout.write(f"             {secrets}; the code of now is shown by")
        self.stdout.write(f"             {program()} show-code inspecteur")
        self.stdout.write(f"  all state  {shown(road.home)}/")


def shown(path: Path) -> str:
    """The path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def program() -> str:
    """How to call the command line from here: as it was called now."""
    return shown(Path(sys.argv[0]).absolute())
