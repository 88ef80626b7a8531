"""Store the reports of a file: good rows in one transaction, the others with their reasons."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.actions import dossier_for, receive_reports
from vertrouwd.dossiers.life import close_imported
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.dossiers.reports_file.columns import Layout, WrongHeader
from vertrouwd.dossiers.reports_file.groups import Groups, accepts
from vertrouwd.dossiers.reports_file.institutions import Institutions, Placed, Resolve
from vertrouwd.dossiers.reports_file.reading import Table, open_table
from vertrouwd.dossiers.reports_file.rejects import Rejects, open_rejects
from vertrouwd.dossiers.reports_file.rows import Reason, Row, changed_columns, read_row
from vertrouwd.dossiers.reports_file.sealed_cells import (
    can_seal,
    filled,
    seal_rows,
    without_texts,
)
from vertrouwd.dossiers.reports_file.seen import SeenNumbers
from vertrouwd.dossiers.reports_file.shape import shape_fault
from vertrouwd.dossiers.reports_file.summary import SHOWN, ChangedRow, Summary
from vertrouwd.dossiers.reports_file.unreadable import Unreadable

CHUNK = 2_000  # rows held in memory at a time


def import_reports(
    path: Path,
    *,
    by: User,
    resolve: Resolve,
    rejects: Path | None = None,
    close_before: date | None = None,
    now: datetime | None = None,
    progress: Callable[[int], None] = lambda rows: None,
) -> Summary:
    """Store the reports of a CSV or XLSX file that are not stored yet, all or none of them.

    `resolve` finds an institution by name; `rejects` is where refused rows go; `progress` is told
    the number of rows done. New dossiers of which every report was received before `close_before`
    are stored as closed. Memory does not grow with a CSV file. Names and narratives are sealed
    to the team. Raises Unreadable when the file as a whole cannot be used, and NotPinned when the
    team key is not the one we know: nothing is stored then.
    """
    at = now or timezone.now()
    with open_table(path) as table:
        try:
            layout = Layout.of(table.header)
        except WrongHeader as fault:
            raise Unreadable(str(fault)) from None
        with open_rejects(rejects, table, source=path) as rejected, transaction.atomic():
            intake = Intake(table, layout, rejected, resolve=resolve, by=by, at=at)
            with closing(intake.seen):
                while intake.take(CHUNK):
                    progress(intake.summary.rows)
            if not intake.summary.rows:
                raise Unreadable("has a header but no rows.")
            if close_before:
                intake.summary.dossiers_closed = close_imported(close_before, by=by, at=at)
            rejected.finish()  # before the reports are: nothing refused may be lost
            record(
                by=by,
                action="import_reports",
                kind="file",
                object=table.sha256,
                detail=intake.summary.counts(),
            )
    return intake.summary


@dataclass(frozen=True)
class Line:
    """A row of the file while it is judged: its cells and, when they can be read, its values."""

    number: int
    cells: list[str]
    row: Row | None
    reasons: list[Reason]
    to_seal: dict[str, str] = field(default_factory=dict)  # sealed column -> text


class Intake:
    """One file on its way into the database, a chunk at a time."""

    def __init__(
        self,
        table: Table,
        layout: Layout,
        rejects: Rejects,
        *,
        resolve: Resolve,
        by: User,
        at: datetime,
    ) -> None:
        self.table, self.layout, self.rejects = table, layout, rejects
        self.by, self.at = by, at
        self.today = timezone.localdate(at)
        self.institutions = Institutions(resolve)
        self.seen = SeenNumbers()
        self.seals = can_seal()
        self.summary = Summary(table.sha256, unknown_columns=list(layout.unknown))

    def take(self, size: int) -> bool:
        """Judge and store the next rows; False when there are none."""
        lines = [self._line(*row) for row in islice(self.table.rows, size)]
        if not lines:
            return False
        self.summary.rows += len(lines)
        for line in lines:
            self._refuse_second(line)
        self._store(self._new(lines))
        for line in lines:
            if line.reasons:
                self.summary.rejected += 1
                self.rejects.add(line.number, line.cells, line.reasons)
                self.summary.reasons += line.reasons[: max(0, SHOWN - len(self.summary.reasons))]
        return True

    def _line(self, number: int, cells: list[str], more_lines: int) -> Line:
        to_seal = filled(cells, self.layout)
        if not self.seals:
            dropped = self.summary.sealed_cells_dropped
            for name in to_seal:
                dropped[name] = dropped.get(name, 0) + 1
        if fault := shape_fault(number, cells, more_lines, self.layout, self.table):
            return Line(number, cells, None, [fault])
        padded = cells + [""] * (self.layout.width - len(cells))
        found = read_row(number, padded, self.layout, today=self.today)
        if isinstance(found, Row):
            return Line(number, cells, found, [], to_seal if self.seals else {})
        return Line(number, cells, None, found)

    def _refuse_second(self, line: Line) -> None:
        if line.row is None:
            return
        first = self.seen.first_row(line.row.values["melding_id"], line.number)
        if first != line.number:
            line.reasons.append(
                Reason(
                    line.number,
                    "melding_id",
                    f"also stands in row {first}",
                    "a number that stands once in a file",
                )
            )

    def _new(self, lines: list[Line]) -> Iterator[tuple[Line, Row]]:
        """The good rows that are not stored yet; the others are counted."""
        good = [(line, line.row) for line in lines if line.row is not None and not line.reasons]
        stored = {
            report["external_id"]: report
            for report in Report.objects.filter(
                external_id__in=[row.values["melding_id"] for _, row in good]
            ).values("external_id", "row_digest", "pk")
        }
        unchanged: list[tuple[int, dict[str, str]]] = []
        for line, row in good:
            before = stored.get(row.values["melding_id"])
            if before is None:
                yield line, row
            elif before["row_digest"] == row.digest:
                self.summary.already_there += 1
                unchanged.append((before["pk"], line.to_seal))
            else:
                self.summary.changed += 1
                if len(self.summary.changed_rows) < SHOWN:
                    columns = changed_columns(before["row_digest"], row.digest)
                    reference = Report(pk=before["pk"]).reference
                    self.summary.changed_rows.append(ChangedRow(line.number, reference, columns))
        seal_rows(without_texts(unchanged), by=self.by, summary=self.summary)

    def _store(self, new: Iterator[tuple[Line, Row]]) -> None:
        rows = list(new)
        groups = Groups(row.values["dossier"] for _, row in rows if row.values["dossier"])
        reports, dossiers, to_seal = [], [], []
        for line, row in rows:
            placed = self.institutions.place(row)
            if isinstance(placed, Reason):
                line.reasons.append(placed)
                continue
            report = _report(row, placed, at=self.at)
            dossier = self._dossier(report, row, groups)
            if isinstance(dossier, Reason):
                line.reasons.append(dossier)
                self.institutions.take_back(row, placed)
                continue
            reports.append(report)
            dossiers.append(dossier)
            if line.to_seal:
                to_seal.append((report.record, line.to_seal))
            self._count(row, placed)
        opened = {id(dossier) for dossier in dossiers if dossier.pk is None}
        receive_reports(reports, by=self.by, now=self.at, into=dossiers)
        seal_rows(to_seal, by=self.by, summary=self.summary)
        self.summary.stored += len(reports)
        self.summary.dossiers_opened += len(opened)

    def _dossier(self, report: Report, row: Row, groups: Groups) -> Dossier | Reason:
        name = row.values["dossier"]
        if not name:
            return dossier_for(report, at=self.at)
        dossier = groups.find(name)
        if dossier is None:
            return groups.open(name, dossier_for(report, at=self.at))
        if accepts(dossier, report):
            return dossier
        return Reason(
            row.number, "dossier", "groups reports about two institutions",
            "reports about one institution",
        )  # fmt: skip

    def _count(self, row: Row, placed: Placed) -> None:
        if placed.institution is not None:
            self.summary.institutions_resolved += 1
        elif row.values["instelling_naam"]:
            self.summary.institutions_unresolved += 1
            if len(self.summary.unresolved_rows) < SHOWN:
                self.summary.unresolved_rows.append(row.number)
        else:
            self.summary.institutions_withheld += 1


def _report(row: Row, placed: Placed, *, at: datetime) -> Report:
    values: dict[str, Any] = row.values
    known = placed.institution
    received: date = values["ontvangen_op"]
    return Report(
        external_id=values["melding_id"],
        row_digest=row.digest,
        received_on=received,
        recorded_at=at,
        channel=values["kanaal"],
        reporter_role=values["melder_rol"],
        institution_id=known.pk if known else None,
        institution_as_given=placed.as_given,
        sector=placed.sector,
        setting=placed.setting,
        category=values["categorie"],
        subcategory=values["subcategorie"],
        accused_role=values["beklaagde_rol"],
        accused_age=values["beklaagde_leeftijd"],
        affected_role=values["betrokkene_rol"],
        affected_age=values["betrokkene_leeftijd"],
        happened_from=values["voorval_van"],
        happened_until=values["voorval_tot"],
        place=values["plaats_voorval"],
        social_media=values["sociale_media"],
        referred_to_police=values["verwezen_politie"],
        is_invented=known.is_invented if known else False,
    )
