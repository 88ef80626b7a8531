"""Bring the register of schools up to date with a file of DUO.

FILE is a CSV of school locations: DUO's files of today or of 2013 (semicolons, UTF-8 or
Windows-1252), or the combined file of 2024 that comes along (commas). Locations are added, changed,
closed and reopened, never deleted. A location that the file lacks is closed when the file holds its
part of the register (po, sbo, so, vo). Wrong rows are named and left out; the others are kept, in
one transaction. The same file again changes nothing.

A file that would close more than 20 % of its part of the register needs --allow-closing.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vertrouwd.accounts.models import system_actor

SHOWN = 50


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV of school locations")
        parser.add_argument(
            "--allow-closing",
            action="store_true",
            help="close more than 20 %% of the register when the file lacks them",
        )
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        from vertrouwd.schools.register import ManyClosings, limits, update_register
        from vertrouwd.schools.register_file import UnreadableFile, read_register

        try:
            file = read_register(options["file"], limits=limits())
            if not file.rows:
                self._name_bad_rows(file.name, file.bad_rows)
                raise CommandError(f"{file.name} has no good row; nothing changed.", returncode=2)
            change = update_register(
                file,
                by=system_actor(),
                on=timezone.localdate(),
                allow_closing=options["allow_closing"],
            )
        except (UnreadableFile, ManyClosings) as mistake:
            raise CommandError(str(mistake), returncode=2) from None
        if options["json"]:
            rejected = [
                {"row": bad.line, "column": bad.column, "reason": bad.reason}
                for bad in change.bad_rows
            ]
            found = {"file": change.file, "rows": change.rows, **change.counts()}
            self.stdout.write(json.dumps({**found, "rejected": rejected}, ensure_ascii=False))
            return
        self._name_bad_rows(change.file, change.bad_rows)
        self.stdout.write(
            f"{change.file}: {change.rows} rows taken, {len(change.bad_rows)} rejected."
        )
        for name, counts in change.counts().items():
            words = ", ".join(f"{number} {word}" for word, number in counts.items())
            self.stdout.write(f"{name}: {words}")

    def _name_bad_rows(self, file: str, bad_rows: list[Any]) -> None:
        for bad in bad_rows[:SHOWN]:
            column = f", column {bad.column}" if bad.column else ""
            self.stderr.write(f"{file}, row {bad.line}{column}: {bad.reason}")
        if len(bad_rows) > SHOWN:
            self.stderr.write(f"... and {len(bad_rows) - SHOWN} more; --json lists all.")
