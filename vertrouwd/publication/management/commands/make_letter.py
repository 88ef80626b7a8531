"""Write the letter to the House about a frozen year: ODT, PDF, plain text, and figures.json.

    vertrouwd make-letter 2022-2023 --to letter
    vertrouwd make-letter 2022 --to letter --date 2024-01-22 --json

The words are a reviewed template; every number is a figure with its query and source, and every
comparing word passed a rule. What cannot be said is named in figures.json and printed. The folder
VERTROUWD_HOME/letter/YEAR/ may hold the ministers' own blocks (*.txt, first line `Ondertekend
door: ...`), measures.toml, observations.toml and signatories.toml.

Exit 2: the year is not a year, the date is not a date. Exit 1: the year was not frozen, or the
letter could not be made without a number or a word that may not stand in it.
"""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", metavar="YEAR", help="2022-2023, or 2022 for childcare")
        parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder to write")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="date of the letter")
        parser.add_argument("--json", action="store_true", help="print what was written as JSON")

    def handle(self, **options: Any) -> None:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.disclosure.release import Damaged, NotFrozen, parse_year, release_year
        from vertrouwd.publication.letter.make import make_letter, write_letter

        on = _date(options["date"])
        folder: Path = options["to"]
        if folder.exists() and not folder.is_dir():
            raise CommandError(
                f"'{folder}' is a file. Name a folder that may be made or filled.", returncode=2
            )
        try:
            release = release_year(parse_year(options["year"]), by=system_actor())
        except ValueError as mistake:
            raise CommandError(str(mistake), returncode=2) from mistake
        except (NotFrozen, Damaged) as reason:
            raise CommandError(str(reason), returncode=1) from reason
        try:
            made = make_letter(release, home=settings.VERTROUWD_HOME, on=on)
            files = write_letter(made, folder)
        except ValueError as mistake:
            raise CommandError(f"No letter was written: {mistake}", returncode=1) from mistake
        except OSError as reason:
            raise CommandError(
                f"The letter could not be written to '{folder}': {reason.strerror or reason}.",
                returncode=1,
            ) from reason
        said = _as_json if options["json"] else _told
        self.stdout.write(said(files, made.explained))


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"'{text[:40]}' is not a date. Write it as 2024-01-22.", returncode=2
        ) from None


def _as_json(files: list[Path], explained: dict[str, Any]) -> str:
    return json.dumps(
        {
            "files": [str(path) for path in files],
            "figures": len(explained["figures"]),
            "references": len(explained["references"]),
            "gaps": explained["gaps"],
        },
        ensure_ascii=False,
        indent=2,
    )


def _told(files: list[Path], explained: dict[str, Any]) -> str:
    lines = [
        f"{explained['title']}: {len(explained['figures'])} figures, "
        f"{len(explained['references'])} references, each with its source.",
        *(f"  {path}" for path in files),
    ]
    if explained["gaps"]:
        lines += [f"Not said, because it cannot be ({len(explained['gaps'])}):"]
        reasons: dict[str, list[str]] = {}
        for gap in explained["gaps"]:
            reasons.setdefault(gap["why"], []).append(gap["what"])
        for why, what in reasons.items():
            lines += [f"  {why}:", *(f"    {one}" for one in what)]
    return "\n".join(lines)
