"""A demonstration year from a published table: what changes, and the dossiers. No Django here."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from vertrouwd.demonstration.draw import DrawnDossier, draw
from vertrouwd.demonstration.explain import reason
from vertrouwd.demonstration.fit import fit
from vertrouwd.demonstration.prior import Prior
from vertrouwd.demonstration.program import Infeasible
from vertrouwd.demonstration.reconcile import dossiers_in_all, reconcile
from vertrouwd.demonstration.recount import recount
from vertrouwd.demonstration.space import Space
from vertrouwd.demonstration.targets import Target, targets_of, unit_is_reports
from vertrouwd.demonstration.variants import Groups
from vertrouwd.figures.cells import Cell, Measure
from vertrouwd.figures.published_table import PublishedRow
from vertrouwd.schools.terms import Sector
from vertrouwd.schools.years import Year

# Other whole numbers are tried when a recount is off; none of the tests needs a second attempt.
ATTEMPTS = 3


class NotMet(Exception):
    """The drawn dossiers do not count to the published cells: a fault of ours, nothing is kept."""


@dataclass(frozen=True)
class ChangedCell:
    """A published cell that the drawn year does not reproduce, and why it could not."""

    cell: Cell
    published: int
    drawn: int
    why: str

    def __str__(self) -> str:
        return f"{self.cell.id}: published {self.published}, drawn {self.drawn}: {self.why}"


@dataclass(frozen=True)
class DrawnYear:
    """The dossiers, the cells that had to change, and remarks a reader needs."""

    dossiers: list[DrawnDossier]
    changed: list[ChangedCell]
    notes: list[str]

    @property
    def reports(self) -> int:
        return sum(len(dossier.reports) for dossier in self.dossiers)


def draw_year(year: Year, rows: Sequence[PublishedRow], *, seed: int) -> DrawnYear:
    """Dossiers that reproduce every published cell, except those named in `changed`.

    Raises Contradiction (the cells cannot be met with the changes allowed), TooFine, and NotMet
    when a recount finds a cell off.
    """
    old_unit = unit_is_reports(rows)
    prior = Prior(year)
    targets = targets_of(rows, prior.codes)
    space = Space(prior, targets, sets=not old_unit)
    groups = Groups(space)
    counts = [target.count for target in targets]
    for attempt in range(ATTEMPTS):
        chance = random.Random(f"{year}/{seed}/{attempt}")
        try:
            numbers = fit(space, groups, counts, dossiers_in_all(space, groups, counts), chance)
        except Infeasible:
            counts = reconcile(space, groups)
            numbers = fit(space, groups, counts, dossiers_in_all(space, groups, counts), chance)
        drawn = draw(space, groups, numbers, chance, single=old_unit)
        off = _first_off(targets, counts, drawn, old_unit=old_unit)
        if not off:
            break
    else:
        raise NotMet(off)
    changed = [
        ChangedCell(target.cell, target.count, count, reason(target, count, targets))
        for target, count in zip(targets, counts, strict=True)
        if count != target.count
    ]
    return DrawnYear(drawn, changed, _notes(rows, len(drawn), old_unit=old_unit))


def _first_off(
    targets: Sequence[Target],
    counts: Sequence[int],
    drawn: Sequence[DrawnDossier],
    *,
    old_unit: bool,
) -> str:
    """The first cell a plain recount finds off, in words; empty when all are met."""
    for target, count in zip(targets, counts, strict=True):
        if (found := recount(target.cell, drawn, old_unit=old_unit)) != count:
            return f"{target.cell.id}: {count} wanted, {found} drawn."
    return ""


def _notes(rows: Sequence[PublishedRow], dossiers: int, *, old_unit: bool) -> list[str]:
    notes = []
    if old_unit:
        notes.append("The table counts reports only: each report was made a dossier of its own.")
    if not any(
        set(row.cell.codes) <= {"sector"}
        and row.cell.sector in ("", Sector.CHILDCARE)
        and row.cell.measure != Measure.REFERRALS
        for row in rows
    ):
        notes.append(f"The table names no total: {dossiers} is the least that meets its cells.")
    return notes
