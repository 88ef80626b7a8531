"""Make the yearly overview: one page, one PDF, and every table as data.

YEAR is a school year (2022-2023) or, for childcare, a calendar year (2022); it must have been
frozen. Writes into DIR: `overview.html` (with `overview.css` and two font files beside it),
`overview.pdf` (PDF/UA-1), `overview.json`, `overview.csv` (the columns of the published tables),
`reconciliation.json` and `tables/*.csv`. Files of the same name are
replaced, others left alone.
"""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", metavar="YEAR", help="2022-2023, or 2022 for childcare")
        parser.add_argument("--to", metavar="DIR", required=True, type=Path, help="folder to fill")
        parser.add_argument("--json", action="store_true", help="say what was made as JSON")

    def handle(self, *, year: str, to: Path, json: bool, **options: Any) -> None:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.disclosure.release import Damaged, NotFrozen, parse_year, release_year
        from vertrouwd.publication.overview.files import write_overview

        if to.exists() and not to.is_dir():
            raise CommandError(
                f"'{to}' is a file. Name a folder that may be made or filled.", returncode=2
            )
        try:
            wanted = parse_year(year)
        except ValueError as mistake:
            raise CommandError(str(mistake), returncode=2) from mistake
        try:
            release = release_year(wanted, by=system_actor())
        except (NotFrozen, Damaged) as reason:
            raise CommandError(str(reason), returncode=1) from reason
        try:
            files = write_overview(release, to)
        except OSError as reason:
            raise CommandError(
                f"The overview could not be written to '{to}': {reason.strerror or reason}.",
                returncode=1,
            ) from reason
        self.stdout.write(_as_json(year, to, files) if json else _as_text(year, to, files))


def _as_json(year: str, folder: Path, files: list[Path]) -> str:
    names = [path.relative_to(folder).as_posix() for path in files]
    return json.dumps({"year": year, "folder": os.fspath(folder), "files": names})


def _as_text(year: str, folder: Path, files: list[Path]) -> str:
    tables = sum(path.parent.name == "tables" for path in files)
    return (
        f"The overview of {year} lies in {folder}: overview.html, overview.pdf, overview.json, "
        f"overview.csv, reconciliation.json and {tables} tables."
    )
