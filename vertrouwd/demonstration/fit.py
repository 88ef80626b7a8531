"""Whole numbers of dossiers and reports that meet every target, near a plausible year. No Django.

Iterative proportional fitting (Deming and Stephan 1940) gives plausible real numbers; an integer
program rounds them so that every cell holds.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vertrouwd.demonstration.layout import Layout
from vertrouwd.demonstration.prior import assumptions
from vertrouwd.demonstration.program import INFINITY, Program
from vertrouwd.demonstration.space import Space
from vertrouwd.demonstration.variants import Groups

SWEEPS = 100
CLOSE = 1e-2
FAR = 3.0  # the price of a dossier beyond the roundings of its number, against some 1 within
NOISE = 0.15  # spread of the logarithm of a weight between seeds


@dataclass(frozen=True)
class Numbers:
    """How many of each: dossiers (trunk x kinds per branch), reports (trunk x groups).

    `reports` None: no target counts reports. `seconds`: dossiers (trunk x kinds x groups) that get
    a second report first; None where it does not matter.
    """

    trunk: np.ndarray
    branches: list[np.ndarray]
    reports: np.ndarray | None
    seconds: np.ndarray | None = None


@dataclass
class _Plausible:
    """Real numbers: dossiers per trunk kind, and shares of the branch kinds given the trunk."""

    trunk: np.ndarray
    branches: list[np.ndarray]


def fit(
    space: Space, groups: Groups, counts: Sequence[int], total: int, chance: random.Random
) -> Numbers:
    """Numbers that meet every target exactly.

    Raises Infeasible when `counts` cannot be met, which `reconcile` rules out.
    """
    plausible = _start(space, total, chance)
    _damp_two_at_once(space, plausible, counts, total)
    _proportional(space, plausible, counts, total)
    layout = Layout(space, groups)
    layout.meet(counts, set())
    layout.program.row(dict.fromkeys(layout.trunk.tolist(), 1.0), total, total)
    cost: dict[int, float] = {}
    cost |= _stay_near(layout.program, layout.trunk, plausible.trunk, chance)
    for columns, shares in zip(layout.branches, plausible.branches, strict=True):
        near = (plausible.trunk[:, None] * shares).ravel()
        cost |= _stay_near(layout.program, columns.ravel(), near, chance)
    if layout.counts_reports:
        cost |= _spread_plausibly(layout, plausible, counts, total)
    solution = layout.program.solve(cost, gap=0.05)
    return Numbers(
        solution[layout.trunk],
        [solution[columns] for columns in layout.branches],
        solution[layout.reports] if layout.counts_reports else None,
        None if layout.seconds is None else solution[layout.seconds],
    )


def _start(space: Space, total: int, chance: random.Random) -> _Plausible:
    """The prior, with some noise so that seeds differ."""

    def noisy(weights: np.ndarray) -> np.ndarray:
        noise = [chance.lognormvariate(0, NOISE) for _ in range(weights.size)]
        return weights * np.array(noise).reshape(weights.shape)

    trunk = noisy(space.trunk_weights)
    branches = [noisy(branch.weights) for branch in space.branches]
    return _Plausible(
        trunk / trunk.sum() * total,
        [shares / shares.sum(axis=1, keepdims=True) for shares in branches],
    )


def _damp_two_at_once(
    space: Space, plausible: _Plausible, counts: Sequence[int], total: int
) -> None:
    """Where reports hardly outnumber dossiers, few dossiers can name two roles or places."""
    reports = _reports_in_all(space, counts)
    if reports is None or not total:
        return
    room = min(1.0, max(reports / total - 1, 1e-6))
    for branch, shares in zip(space.branches, plausible.branches, strict=True):
        shares[:, branch.lengths > 1] *= room
        shares /= shares.sum(axis=1, keepdims=True)


def _proportional(space: Space, plausible: _Plausible, counts: Sequence[int], total: int) -> None:
    """Scale until every target of dossiers is met; branches stay independent given the trunk."""
    targets = []
    for count, target in zip(counts, space.targets, strict=True):
        if not target.of_reports and not target.is_total:
            branch = space.branch_of(target.condition)
            number = None if branch is None else space.branches.index(branch)
            met = None if branch is None else branch.meeting(target.condition)
            targets.append((count, space.trunk_meeting(target.condition), number, met))
    for _ in range(SWEEPS):
        furthest = 0.0
        for count, trunk, number, met in targets:
            inside = trunk.astype(float)
            if number is not None and met is not None:
                inside = inside * plausible.branches[number][:, met].sum(axis=1)
            now = float((plausible.trunk * inside).sum())
            furthest = max(furthest, abs(now - count))
            rest = float(plausible.trunk.sum()) - now
            if now <= 0 or (rest <= 0 and count < total):
                continue
            more = count / now
            less = (total - count) / rest if rest > 0 else 1.0
            if number is not None and met is not None:
                shares = plausible.branches[number]
                shares[np.ix_(trunk, met)] *= more
                shares[np.ix_(trunk, ~met)] *= less
                sums = shares.sum(axis=1, keepdims=True)
                np.divide(shares, sums, out=shares, where=sums > 0)
                plausible.trunk *= np.where(trunk, sums.ravel(), less)
            else:
                plausible.trunk *= np.where(trunk, more, less)
        if furthest < CLOSE:
            break


def _stay_near(
    program: Program, columns: np.ndarray, near: np.ndarray, chance: random.Random
) -> dict[int, float]:
    """Round each number down or up where that will do; else move it further, at a price.

    The price is convex: one slope between the two roundings, steeper outside them.
    """
    base = np.floor(near)
    jitter = np.array([chance.uniform(-0.2, 0.2) for _ in columns])
    up = 1 - 2 * (near - base) + jitter - np.minimum(np.log10(np.maximum(near, 0) + 1e-9), 0) / 10
    cost = dict(zip(columns.tolist(), up.tolist(), strict=True))
    for number in np.flatnonzero((base > 0) | (up < 0)).tolist():
        column, value = int(columns[number]), float(base[number])
        above = int(program.columns(1, whole=False)[0])
        program.row({column: 1.0, above: -1.0}, -INFINITY, value + 1)
        cost[above] = FAR
        if value:
            below = int(program.columns(1, whole=False)[0])
            program.row({column: 1.0, below: 1.0}, value, INFINITY)
            cost[below] = FAR
    return cost


def _spread_plausibly(
    layout: Layout, plausible: _Plausible, counts: Sequence[int], total: int
) -> dict[int, float]:
    """Reports per trunk kind and group in proportion to the dossiers, at a small price."""
    space, groups = layout.space, layout.groups
    wanted: float | None = _reports_in_all(space, counts)
    if wanted is None:
        wanted = total * float(assumptions()["reports"]["per_dossier"])
    needed = plausible.trunk[:, None]
    if groups.branch is not None:
        shares = plausible.branches[space.branches.index(groups.branch)]
        needed = (plausible.trunk[:, None] * shares) @ groups.needed.T
    near = np.rint(needed * wanted / max(float(needed.sum()), 1.0)).ravel()
    columns = layout.reports.ravel()
    over = layout.program.columns(len(columns), whole=False)
    under = layout.program.columns(len(columns), whole=False)
    for column, more, fewer, value in zip(columns, over, under, near, strict=True):
        layout.program.row({int(column): 1.0, int(more): -1.0, int(fewer): 1.0}, value, value)
    return dict.fromkeys([*over.tolist(), *under.tolist()], 0.05)


def _reports_in_all(space: Space, counts: Sequence[int]) -> int | None:
    """The total of reports; None when the table names none."""
    totals = (c for c, t in zip(counts, space.targets, strict=True) if t.of_reports and t.is_total)
    return next(totals, None)
