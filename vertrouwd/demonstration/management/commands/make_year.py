"""Draw a demonstration year whose dossiers reproduce a published table.

Every published cell is met exactly. Cells that contradict each other are changed as little as
possible and named, one a line: first `overig`, then numbers of reports, then others; never a
dossier total or a cell the founding letter quotes. All reports are invented and marked so, at
institutions that do not exist; a demonstration never stands beside real reports.

The same table and seed give the same year, and running it again changes nothing.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

DEFAULT_SEED = 29240  # the number of the House's file on safety at school


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", metavar="YEAR", help="2022-2023; childcare: 2022")
        parser.add_argument(
            "--from", dest="table", metavar="TABLE.csv", required=True, help="the published table"
        )
        parser.add_argument(
            "--seed", type=int, default=DEFAULT_SEED, metavar="N", help="default: %(default)s"
        )
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        from vertrouwd.accounts.models import system_actor
        from vertrouwd.demonstration.actions import Refused, make_year
        from vertrouwd.demonstration.reconcile import Contradiction
        from vertrouwd.demonstration.space import TooFine
        from vertrouwd.demonstration.year import NotMet
        from vertrouwd.schools.years import parse_year

        try:
            made = make_year(
                parse_year(options["year"]),
                table=Path(options["table"]),
                seed=options["seed"],
                by=system_actor(),
            )
        except (Contradiction, TooFine, NotMet) as failure:
            raise CommandError(str(failure), returncode=1) from None
        except (Refused, ValueError) as mistake:
            raise CommandError(str(mistake), returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(made.summary, ensure_ascii=False, indent=2))
            return
        summary = made.summary
        if not made.is_new:
            self.stdout.write(
                f"{summary['year']} stands here already, from this table and seed: "
                "nothing was changed."
            )
        self.stdout.write(
            f"{summary['year']}: {summary['dossiers']} invented dossiers, "
            f"{summary['reports']} invented reports (seed {summary['seed']})."
        )
        for note in summary["notes"]:
            self.stdout.write(note)
        for cell in summary["changed_cells"]:
            self.stdout.write(
                f"{cell['cell']}: published {cell['published']}, drawn {cell['drawn']}: "
                f"{cell['why']}"
            )
        rest = "Every other published cell" if summary["changed_cells"] else "Every published cell"
        self.stdout.write(f"{rest} is met exactly.")
