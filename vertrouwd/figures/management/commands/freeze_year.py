"""Freeze the dossiers of a year to a snapshot that never changes again.

YEAR is a school year (2022-2023) or, for childcare, a calendar year (2022). The snapshot lies in
VERTROUWD_HOME/snapshots/YEAR/r1: coded rows without text, without a date finer than a month and
without an identifier, their code lists, and a manifest with sha256. Freezing again changes nothing;
when dossiers changed since, a new revision is written beside the old one, with the list of numbers
that differ and the reason.
"""

import json
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vertrouwd.accounts.models import system_actor
from vertrouwd.figures.freeze import Frozen, NothingToFreeze, NotPossible, freeze_year
from vertrouwd.figures.snapshot import DIFFERENCES, DOSSIERS, REPORTS, Damaged
from vertrouwd.figures.terms import RevisionReason
from vertrouwd.schools.years import parse_year


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", metavar="YEAR", help="2022-2023, or 2022 for childcare")
        parser.add_argument(
            "--provisional",
            action="store_true",
            help="also freeze a year that has not ended; its figures are marked as provisional",
        )
        parser.add_argument(
            "--reason",
            default=RevisionReason.NOT_GIVEN.value,
            help=f"why a frozen year changes: {', '.join(RevisionReason)}",
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = parse_year(options["year"])
        except ValueError as mistake:
            raise CommandError(str(mistake), returncode=2) from None
        if options["reason"] not in set(RevisionReason):
            raise CommandError(
                f"'{options['reason']}' is not a reason. Choose from: {', '.join(RevisionReason)}.",
                returncode=2,
            )
        try:
            frozen = freeze_year(
                year,
                by=system_actor(),
                provisional=options["provisional"],
                reason=RevisionReason(options["reason"]),
                today=timezone.localdate(),
            )
        except NothingToFreeze as mistake:
            raise CommandError(str(mistake), returncode=2) from None
        except (NotPossible, Damaged) as mistake:
            raise CommandError(str(mistake), returncode=1) from None
        self.stdout.write(_as_json(frozen) if options["json"] else _in_words(frozen))


def _as_json(frozen: Frozen) -> str:
    snapshot = frozen.snapshot
    return json.dumps(
        {
            "year": str(snapshot.year),
            "revision": snapshot.revision,
            "is_new": frozen.is_new,
            "provisional": snapshot.is_provisional,
            "demonstration": snapshot.is_demonstration,
            "folder": snapshot.path_in_home("").rstrip("/"),
            "files": snapshot.files,
        },
        ensure_ascii=False,
    )


def _in_words(frozen: Frozen) -> str:
    snapshot = frozen.snapshot
    if not frozen.is_new:
        return f"{snapshot.year} unchanged, still revision {snapshot.revision}."
    lines = [
        f"{snapshot.year} frozen: revision {snapshot.revision}. Dossiers opened: "
        f"{snapshot.rows(DOSSIERS)}; reports received: {snapshot.rows(REPORTS)}.",
        snapshot.path_in_home("").rstrip("/"),
    ]
    if snapshot.revision > 1:
        change = json.loads((snapshot.folder / DIFFERENCES).read_text(encoding="utf-8"))
        lines.append(
            f"Numbers that differ from revision {change['from_revision']}: {len(change['cells'])}, "
            f"in {snapshot.path_in_home(DIFFERENCES)}. Reason: {change['reason']}."
        )
    if snapshot.is_provisional:
        lines.append(f"Provisional: the year runs until {snapshot.year.last_day:%Y-%m-%d}.")
    if snapshot.is_demonstration:
        lines.append("These dossiers are invented: a demonstration year.")
    lines.append(f"Next: vertrouwd make-overview {snapshot.year} --to overview")
    return "\n".join(lines)
