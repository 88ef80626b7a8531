"""Store the reports of a registration file (CSV or XLSX).

The columns, codes and dates stand in docs/contracts/reports-file.md. Rows that were stored before
are left as they are; a row whose content changed since is named, not overwritten. Good rows are
stored in one transaction, rows with a fault are refused with a reason each: with --rejects they go
to a CSV file, mode 0600, to be corrected and imported. That file holds the names and narratives of
the source in clear text.

Columns with names and narrative (beklaagde_naam, beklaagde_functie, betrokkene_initialen,
toelichting) are sealed to the team. Before `vertrouwd create-team` there is nobody to seal to: they
are dropped and counted, and importing the same file again afterwards still seals them.

Every new dossier is open, with the day of the import as the day it was opened; it counts in the
year of its first report all the same. With --close-before those whose reports all came before that
day are closed, with the outcome «onbekend».

Exit code 0: reports were stored, or all were there already, also when some rows were refused (read
the summary, or --json). 2: the file cannot be used, or every row was refused. 1: it failed, and
nothing was stored.
"""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, IntegrityError

from vertrouwd.accounts.models import User, system_actor
from vertrouwd.dossiers.counting import are_mixed
from vertrouwd.dossiers.disagreements import count_disagreements
from vertrouwd.dossiers.reports_file.institutions import Resolve
from vertrouwd.dossiers.reports_file.summary import Summary
from vertrouwd.dossiers.reports_file.unreadable import Unreadable
from vertrouwd.schools.lookup import school_index
from vertrouwd.schools.register import ensure_loaded

LISTED = 20  # rejects and changed rows on the screen


class Command(BaseCommand):
    help = __doc__
    holds_secrets = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX, one row a report")
        parser.add_argument(
            "--rejects", type=Path, metavar="FILE", help="where refused rows go (clear text, 0600)"
        )
        parser.add_argument(
            "--close-before",
            type=_day,
            metavar="DAY",
            help="store new dossiers without a report from this day on (2024-08-01) as closed",
        )
        parser.add_argument("--json", action="store_true", help="the summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        from vertrouwd.dossiers.reports_file.importing import import_reports
        from vertrouwd.sealing.team import NotPinned

        path, rejects = options["file"], options["rejects"]
        by = system_actor()
        try:
            summary = import_reports(
                path,
                by=by,
                resolve=_resolver(by),
                rejects=rejects,
                close_before=options["close_before"],
                progress=_progress,
            )
        except Unreadable as fault:
            raise CommandError(f"{path} {fault}", returncode=2) from None
        except NotPinned as reason:
            raise CommandError(f"{reason} Nothing was stored.", returncode=1) from None
        except IntegrityError:
            raise CommandError(
                "Another import stored the same reports meanwhile; this one stored nothing.",
                returncode=1,
            ) from None
        except (DatabaseError, OSError) as fault:
            raise CommandError(f"{_why(fault)}; nothing was stored.", returncode=1) from None
        finally:
            _progress(0)
        waiting = count_disagreements() if summary.stored else 0
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(summary, waiting), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_in_words(path, summary, waiting)))
        self._warn(path, summary, rejects)
        if summary.rejected == summary.rows:
            raise CommandError(f"{path}: every row was refused.", returncode=2)

    def _warn(self, path: Path, summary: Summary, rejects: Path | None) -> None:
        lines = []
        if summary.sealed_cells_dropped:
            columns = ", ".join(f"{n} in {c}" for c, n in summary.sealed_cells_dropped.items())
            lines.append(
                f"Warning: cells with names or narrative were not stored ({columns}): there is no "
                "team to seal them to. Keep the source file, run `vertrouwd create-team`, and "
                "import the file again."
            )
        if summary.stored and are_mixed():
            lines.append(
                "Warning: real reports and invented ones of a demonstration stand in this home. A "
                "year that holds one invented report is a demonstration: nothing of it is called "
                "counted. Keep real reports in a home of their own (VERTROUWD_HOME)."
            )
        lines += [f"{path}, row {r.row}: {r}" for r in summary.reasons[:LISTED]]
        if len(summary.reasons) > LISTED:
            lines.append("... and more; --rejects FILE writes every refused row with its reason.")
        if rejects is not None and summary.rejected:
            lines.append(
                f"{rejects} holds the refused rows in clear text, names and narrative included "
                "(mode 0600). Correct them, import the file, then destroy it."
            )
        if lines:
            self.stderr.write("\n".join(lines))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a day. Write it as 2024-08-01.") from None


def _resolver(by: User) -> Resolve:
    """Finds an institution by name; the index of the register is built at the first question."""
    ensure_loaded(by=by)
    index = cache(school_index)  # the register does not change while one file is read
    return lambda name, town, sector: index().resolve(name, town, sector)


def _progress(rows: int) -> None:
    """On a terminal only; 0 clears the line."""
    if sys.stderr.isatty():
        print(f"\r{f'{rows} rows' if rows else '':<20}\r", end="", file=sys.stderr, flush=True)  # noqa: T201


def _why(fault: Exception) -> str:
    """Why it failed, without the row that a database may quote."""
    if isinstance(fault, OSError):
        return f"The file of rejects cannot be written ({fault.strerror})"
    if "locked" in str(fault):
        return "Another command has been writing for a while; try again when it is done"
    if "full" in str(fault):
        return "The disk is full"
    return f"The database refused ({type(fault).__name__})"


def _in_words(path: Path, summary: Summary, waiting: int) -> list[str]:
    sealed, dropped = summary.sealed_cells, sum(summary.sealed_cells_dropped.values())
    lines = [
        f"{path}",
        f"  rows             {summary.rows}",
        f"  stored           {summary.stored}",
        f"  new dossiers     {summary.dossiers_opened}"
        + (f", {summary.dossiers_closed} of them closed" if summary.dossiers_closed else ""),
        f"  already there    {summary.already_there}",
        f"  changed          {summary.changed} (what is stored stays)",
        f"  rejected         {summary.rejected}",
        f"  cells sealed     {sealed} with names or narrative"
        + (f", {dropped} dropped" if dropped else ""),
        f"  institutions     {summary.institutions_resolved} known, "
        f"{summary.institutions_unresolved} not found by name, "
        f"{summary.institutions_withheld} not named",
    ]
    if summary.institutions_unresolved:
        rows = ", ".join(map(str, summary.unresolved_rows[:LISTED]))
        more = ", ..." if summary.institutions_unresolved > LISTED else ""
        lines.append(
            f"  without school   rows {rows}{more} "
            "(next time with the BRIN: `vertrouwd find-school`)"
        )
    if summary.unknown_columns:
        lines.append(f"  columns ignored  {', '.join(summary.unknown_columns)}")
    lines += [
        f"  row {changed.row} ({changed.reference}) changed: "
        f"{', '.join(changed.columns) or 'columns unknown'}"
        for changed in summary.changed_rows[:LISTED]
    ]
    if summary.changed > LISTED:
        lines.append(f"  ... and {summary.changed - LISTED} more changed rows")
    if waiting:
        lines.append(
            f"  to settle        {waiting} (dossiers whose reports disagree): "
            "`vertrouwd list-disagreements` names them, `vertrouwd settle-coding` decides"
        )
    return lines


def _as_json(summary: Summary, waiting: int) -> dict[str, Any]:
    return {
        "sha256": summary.sha256,
        **summary.counts(),
        "sealed_cells_dropped_per_column": summary.sealed_cells_dropped,
        "columns_ignored": summary.unknown_columns,
        "dossiers_to_settle": waiting,
        "rejects": [
            {"row": r.row, "column": r.column, "problem": r.problem, "allowed": r.allowed}
            for r in summary.reasons
        ],
        "unresolved_rows": summary.unresolved_rows,
        "changed_rows": [
            {"row": c.row, "report": c.reference, "columns": c.columns}
            for c in summary.changed_rows
        ],
    }
