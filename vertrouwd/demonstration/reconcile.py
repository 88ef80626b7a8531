"""Where published cells contradict each other: the least change that lets all be met. No Django.

First as little as possible of any other cell, then of the numbers of reports, then of `overig`:
so `overig` changes before `reports`, and `reports` before the rest. A dossier total and a cell
the founding letter quotes never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vertrouwd.demonstration.program import INFINITY, Infeasible, Program
from vertrouwd.demonstration.tallies import Tallies
from vertrouwd.demonstration.targets import Target, Tier


class Contradiction(Exception):
    """The table contradicts itself in cells that may not change; the message names them."""


@dataclass(frozen=True)
class Model:
    """The rows every solution obeys. `slack`: target number -> its columns (more, fewer)."""

    program: Program
    dossiers: np.ndarray
    reports: np.ndarray
    slack: Mapping[int, tuple[int, int]]


def reconcile(tallies: Tallies) -> tuple[list[int], int]:
    """The count each target will be drawn with, in order, and the number of dossiers.

    When the table names no total, it is the least number of dossiers that meets the cells.
    Raises Contradiction.
    """
    targets = tallies.space.targets
    counts = [target.count for target in targets]
    try:
        return counts, _least_total(tallies, counts)
    except Infeasible:
        pass
    movable = {n for n, target in enumerate(targets) if target.tier != Tier.FIXED}
    model = model_of(tallies, counts, movable)
    for tier in (Tier.OTHER, Tier.REPORTS, Tier.OVERIG):
        columns = [c for n in sorted(movable) if targets[n].tier == tier for c in model.slack[n]]
        if not columns:
            continue
        cost = dict.fromkeys(columns, 1.0)
        try:
            least = model.program.solve(cost)
        except Infeasible:
            raise Contradiction(_in_conflict(tallies, counts)) from None
        model.program.row(cost, 0, float(least[columns].sum()))
    counts = _fewest_rows(model, targets, counts)
    return counts, _least_total(tallies, counts)


def model_of(tallies: Tallies, counts: Sequence[int], movable: set[int]) -> Model:
    """A program whose columns are dossiers per class, reports per group, and slack."""
    program = Program()
    dossiers = program.columns(tallies.size)
    reports = program.columns(tallies.groups)
    slack: dict[int, tuple[int, int]] = {}
    for number, count in enumerate(counts):
        of_reports = tallies.space.targets[number].of_reports
        met = tallies.in_groups[number] if of_reports else tallies.counts[number]
        columns = (reports if of_reports else dossiers)[met]
        values = np.ones(len(columns))
        if number in movable:
            more, fewer = program.columns(2)
            slack[number] = int(more), int(fewer)
            columns = np.concatenate([columns, [more, fewer]])
            values = np.concatenate([values, [-1.0, 1.0]])
        program.array_row(columns, values, count, count)
    add_report_rows(program, tallies, dossiers, reports)
    return Model(program, dossiers, reports, slack)


def add_report_rows(
    program: Program, tallies: Tallies, dossiers: np.ndarray, reports: np.ndarray
) -> None:
    """Each dossier brings the reports it needs; more of them need a dossier that can have them."""
    if not tallies.report_targets:
        return
    most = float(max(100, *(target.count for target in tallies.space.targets)) * 2)
    for group, column in enumerate(reports):
        for factors, lower, upper in (
            (-tallies.needed[group], 0.0, INFINITY),
            (-most * tallies.possible[group], -INFINITY, 0.0),
        ):
            at = np.flatnonzero(factors)
            program.array_row(
                np.concatenate([[column], dossiers[at]]),
                np.concatenate([[1.0], factors[at]]),
                lower,
                upper,
            )


def _least_total(tallies: Tallies, counts: Sequence[int]) -> int:
    """The number of dossiers. Raises Infeasible when the counts cannot all be met."""
    model = model_of(tallies, counts, set())
    solution = model.program.solve(dict.fromkeys(model.dossiers.tolist(), 1.0))
    return int(solution[model.dossiers].sum())


def _fewest_rows(model: Model, targets: Sequence[Target], counts: Sequence[int]) -> list[int]:
    """Of the changes of least size one that touches few rows, later rows before earlier ones."""
    program = model.program
    cost: dict[int, float] = {}
    most = float(max(counts) * 2 + 100)
    for number, columns in model.slack.items():
        touched = int(program.columns(1, most=1)[0])
        for column in columns:
            program.row({column: 1.0, touched: -most}, -INFINITY, 0.0)
        cost[touched] = 1.0 + 0.5 * (len(targets) - number) / len(targets)
    solution = program.solve(cost)
    found = list(counts)
    for number, (more, fewer) in model.slack.items():
        found[number] += int(solution[more]) - int(solution[fewer])
    return found


def _in_conflict(tallies: Tallies, counts: Sequence[int]) -> str:
    """Name the fixed cells that would have to change."""
    targets = tallies.space.targets
    model = model_of(tallies, counts, set(range(len(counts))))
    cost = {
        column: 1000.0 if targets[number].tier == Tier.FIXED else 1.0
        for number, columns in model.slack.items()
        for column in columns
    }
    solution = model.program.solve(cost)
    named = [
        f"{targets[number].cell.id} ({counts[number]})"
        for number, columns in model.slack.items()
        if solution[list(columns)].sum()
    ]
    return "; ".join(named)
