"""Walk the log along its chain, and name the first line that was changed, removed or put in.

Checked are the lines, their links, the anchors that were kept outside the database, and the months
that are closed. Exit code 1 means that something is broken, with the first place on standard error.
Lines that wait for their link are counted: the process that serves chains them within a second.
An anchor that you hold yourself is the strongest witness: name its folder.

    vertrouwd verify-audit --anchors FOLDER-ON-YOUR-STICK
"""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument(
            "--since", default="", metavar="MONTH", help="begin with a closed month, as 2026-11"
        )
        parser.add_argument(
            "--anchors",
            action="append",
            default=[],
            type=Path,
            metavar="FOLDER",
            help="a further folder with anchors; may be given more than once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from vertrouwd.audit.verifying import NoSuchSegment, verify

        for folder in options["anchors"]:
            if not folder.is_dir():
                raise CommandError(f"{folder} is no folder.", returncode=2)
        began = time.perf_counter()
        try:
            found = verify(since=options["since"], places=options["anchors"])
        except NoSuchSegment as reason:
            raise CommandError(str(reason), returncode=2) from None
        seconds = time.perf_counter() - began
        if options["json"]:
            told = asdict(found) | {"seconds": round(seconds, 3)}
            self.stdout.write(json.dumps(told, indent=2))
        elif not found.broken and found.last == 0:
            self.stdout.write(f"The log has no line in its chain yet ({found.waiting} wait).")
        elif not found.broken:
            self.stdout.write(
                f"The chain is whole from number {found.first} to {found.last} "
                f"(lines that wait for their link: {found.waiting})."
            )
            self.stdout.write(
                f"Anchors that agree: {found.anchors} (signed: {found.signed_anchors}); "
                f"closed months that agree: {found.segments}."
            )
            for remark in found.remarks:
                self.stdout.write(f"Look at this: {remark}")
        if found.broken:
            raise CommandError(str(found.broken), returncode=1)
