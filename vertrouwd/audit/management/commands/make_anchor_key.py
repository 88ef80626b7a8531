"""Make the key that signs the head of the log; it is kept on a stick, not on this machine.

The privacy officer keeps the key, or somebody else who does not run this machine. The public key is
added to `anchor.pub` in the home folder, and shown: write it down, so that nobody exchanges it.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__
    needs_database = False
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", required=True, type=Path, metavar="FILE", help="a new file, best on a stick"
        )

    def handle(self, *, to: Path, **options: Any) -> None:
        from vertrouwd.audit.signed_anchor import BadKey, make_key, pin

        try:
            public = make_key(to)
        except BadKey as reason:
            raise CommandError(str(reason), returncode=2) from None
        pinned = pin(public)
        self.stdout.write(f"The key is in {to}. Take it off this machine.")
        self.stdout.write(f"Public key: {public.hex()}")
        self.stdout.write(
            f"It is known in {pinned.name}; VERTROUWD_ANCHOR_KEY may name it instead."
        )
