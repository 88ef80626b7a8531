"""Check a proof of filing, and print the week in which something was filed: nothing else is in it.

FILE holds the proof as the reporter got it; `-`, or no name, reads it from standard input. Capital
letters, spaces and line ends do not matter. It must be signed by the key of this installation.
Nothing is looked up and nothing is kept. What a proof proves, and how to check one without this
program: docs/decisions/filing-proof.md.

    vertrouwd check-filing-proof proof.txt
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__
    needs_database = False
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            default="-",
            metavar="FILE",
            help="the proof, or - for standard input",
        )
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        week = _week(_read(file))
        self.stdout.write(json.dumps({"week": week}) if options["json"] else week)


def _week(text: str) -> str:
    from vertrouwd.project.keys import known_proof_key
    from vertrouwd.sealing.filing_proof import Miscopied, check_proof
    from vertrouwd.sealing.signing import NotSigned, SigningKey

    seed = known_proof_key(settings.VERTROUWD_HOME)
    if seed is None:
        raise CommandError("This home has no key for proofs: none was given here.", returncode=2)
    try:
        return check_proof(text, SigningKey(seed).public)
    except Miscopied as mistake:
        raise CommandError(f"{mistake} Compare it sign by sign.", returncode=2) from None
    except NotSigned:
        raise CommandError(
            "The key of this installation did not sign this.", returncode=2
        ) from None


def _read(place: str) -> str:
    """At most one byte more than is looked at; what is no text becomes signs that do not occur."""
    from vertrouwd.sealing.filing_proof import LARGEST_TEXT

    try:
        if place == "-":
            found = sys.stdin.buffer.read(LARGEST_TEXT + 1)
        else:
            with Path(place).open("rb") as opened:
                found = opened.read(LARGEST_TEXT + 1)
    except OSError as reason:
        raise CommandError(f"The proof cannot be read: {reason.strerror}.", returncode=2) from None
    except ValueError:  # a name with a null character
        raise CommandError("The proof cannot be read.", returncode=2) from None
    return found.decode(errors="replace")
