"""Where published cells contradict each other: the least change that lets all be met. No Django.

First as little as possible of any other cell, then of the numbers of reports, then of `overig`:
so `overig` changes before `reports`, and `reports` before the rest. A dossier total and a cell
the founding letter quotes never change.
"""

from collections.abc import Sequence

from vertrouwd.demonstration.layout import Layout
from vertrouwd.demonstration.program import INFINITY, Infeasible
from vertrouwd.demonstration.space import Space
from vertrouwd.demonstration.targets import Target, Tier
from vertrouwd.demonstration.variants import Groups


class Contradiction(Exception):
    """The table contradicts itself in cells that may not change; the message names them."""


def reconcile(space: Space, groups: Groups) -> list[int]:
    """The count each target will be drawn with, in order; for cells that cannot all be met.

    Raises Contradiction.
    """
    targets = space.targets
    counts = [target.count for target in targets]
    movable = {n for n, target in enumerate(targets) if target.tier != Tier.FIXED}
    layout = Layout(space, groups)
    slack = layout.meet(counts, movable)
    try:
        layout.program.solve({})
    except Infeasible:
        raise Contradiction(_in_contradiction(space, groups, counts)) from None
    for tier in (Tier.OTHER, Tier.REPORTS, Tier.OVERIG):
        columns = [c for n in sorted(movable) if targets[n].tier == tier for c in slack[n]]
        if not columns:
            continue
        cost = dict.fromkeys(columns, 1.0)
        least = layout.program.solve(cost)
        layout.program.row(cost, 0, float(least[columns].sum()))
    return _fewest_rows(layout, slack, targets, counts)


def dossiers_in_all(space: Space, groups: Groups, counts: Sequence[int]) -> int:
    """The total of dossiers the table names, else the least that meets its cells.

    Raises Infeasible when no total was named and the counts cannot all be met.
    """
    for target, count in zip(space.targets, counts, strict=True):
        if target.is_total and not target.of_reports:
            return count
    layout = Layout(space, groups)
    layout.meet(counts, set())
    solution = layout.program.solve(dict.fromkeys(layout.trunk.tolist(), 1.0))
    return int(solution[layout.trunk].sum())


def _fewest_rows(
    layout: Layout,
    slack: dict[int, tuple[int, int]],
    targets: Sequence[Target],
    counts: Sequence[int],
) -> list[int]:
    """Of the changes of least size one that touches few rows, later rows before earlier ones."""
    program = layout.program
    cost: dict[int, float] = {}
    most = float(max(counts) * 2 + 100)
    for number, columns in slack.items():
        touched = int(program.columns(1, most=1)[0])
        for column in columns:
            program.row({column: 1.0, touched: -most}, -INFINITY, 0.0)
        cost[touched] = 1.0 + 0.5 * (len(targets) - number) / len(targets)
    solution = program.solve(cost)
    found = list(counts)
    for number, (more, fewer) in slack.items():
        found[number] += int(solution[more]) - int(solution[fewer])
    return found


def _in_contradiction(space: Space, groups: Groups, counts: Sequence[int]) -> str:
    """Say which cells would have to change that may not."""
    layout = Layout(space, groups)
    slack = layout.meet(counts, set(range(len(counts))))
    cost = {
        column: 1000.0 if space.targets[number].tier == Tier.FIXED else 1.0
        for number, columns in slack.items()
        for column in columns
    }
    solution = layout.program.solve(cost)
    moved = {
        space.targets[number].cell: None
        for number, columns in slack.items()
        if solution[list(columns)].sum() and space.targets[number].tier == Tier.FIXED
    }
    named = [
        f"{cell.id} ({' and '.join(str(t.count) for t in space.targets if t.cell == cell)})"
        for cell in moved
    ]
    return (
        "These cells contradict the rest of the table and may not change (a total of dossiers, or "
        f"quoted by the letter): {'; '.join(named)}."
    )
