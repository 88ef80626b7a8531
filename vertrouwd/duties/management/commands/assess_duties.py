"""Decide the legal duties for one set of facts, and say which facts are missing.

FACTS.json is one JSON object; `-` reads it from standard input. The answer is one JSON object: the
rule set, the duties (whose, towards whom, why, by which article), what cannot be decided yet, and
after a refusal the ladder. Nothing is stored and no database is needed. The keys and values:
docs/contracts/assess-duties.md.

    vertrouwd assess-duties facts.json

    echo '{"sector": "po", "known_by": ["personeel"]}' | vertrouwd assess-duties -
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from vertrouwd.duties.assessment import assess
from vertrouwd.duties.facts_file import LARGEST, NotFacts, facts_from


class Command(BaseCommand):
    help = __doc__
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "facts", metavar="FACTS.json", help="the facts, or - for standard input"
        )

    def handle(self, *args: Any, facts: str, **options: Any) -> None:
        try:
            assessment = assess(facts_from(_read(facts)), localdate())
        except NotFacts as mistake:
            raise CommandError(str(mistake), returncode=2) from None
        self.stdout.write(json.dumps(assessment.as_object(), ensure_ascii=False, indent=2))


def _read(place: str) -> bytes:
    """At most one byte more than may be read."""
    try:
        if place == "-":
            return _standard_input().read(LARGEST + 1)
        with Path(place).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as reason:
        raise NotFacts(f"The facts cannot be read: {reason.strerror}.") from None
    except ValueError:  # a name with a null character
        raise NotFacts("The facts cannot be read.") from None


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # it was closed before we began
        raise NotFacts("The facts cannot be read: standard input is closed.")
    return sys.stdin.buffer
