"""Whole numbers of dossiers per class that meet every target, near a plausible year. No Django."""

import random
from collections.abc import Sequence

import numpy as np

from vertrouwd.demonstration.prior import assumptions
from vertrouwd.demonstration.program import Program
from vertrouwd.demonstration.reconcile import add_report_rows
from vertrouwd.demonstration.tallies import Tallies

SWEEPS = 200
CLOSE = 1e-3
NOISE = 0.15  # spread of the logarithm of a class's weight between seeds


def fit(
    tallies: Tallies, counts: Sequence[int], total: int, chance: random.Random
) -> tuple[np.ndarray, np.ndarray]:
    """Dossiers per class and reports per group; every target is met exactly.

    Iterative proportional fitting (Deming and Stephan 1940) gives the plausible real numbers, an
    integer program rounds them so that all cells hold. Raises Infeasible when `counts` cannot be
    met, which `reconcile` rules out.
    """
    noise = np.array([chance.lognormvariate(0, NOISE) for _ in range(tallies.size)])
    plausible = _proportional(tallies, counts, total, tallies.weights * noise)
    return _rounded(tallies, counts, total, plausible, chance)


def _proportional(
    tallies: Tallies, counts: Sequence[int], total: int, weights: np.ndarray
) -> np.ndarray:
    several = tallies.needed.sum(axis=0) > 1
    reports = [t.count for t in tallies.report_targets if t.is_total]
    if reports and total:
        # Where reports hardly outnumber dossiers, few dossiers can name two accused.
        weights = np.where(several, weights * min(1.0, max(reports[0] / total - 1, 1e-6)), weights)
    fitted = weights / weights.sum() * total
    rows = [
        (tallies.counts[number], count)
        for number, count in enumerate(counts)
        if not tallies.space.targets[number].of_reports
    ]
    for _ in range(SWEEPS):
        furthest = 0.0
        for met, count in rows:
            for part, wanted in ((met, count), (~met, total - count)):
                now = fitted[part].sum()
                if now > 0:
                    furthest = max(furthest, abs(now - wanted))
                    fitted[part] *= wanted / now
        if furthest < CLOSE:
            break
    return fitted


def _rounded(
    tallies: Tallies,
    counts: Sequence[int],
    total: int,
    plausible: np.ndarray,
    chance: random.Random,
) -> tuple[np.ndarray, np.ndarray]:
    """Each class is rounded down or up where that will do; else it moves further, at a price."""
    base = np.floor(plausible)
    program = Program()
    up = program.columns(tallies.size, most=1)
    further = program.columns(tallies.size)
    fewer = program.columns(tallies.size, most=base)
    reports = program.columns(tallies.groups)
    for number, count in enumerate([*counts, total]):
        if number < len(counts) and tallies.space.targets[number].of_reports:
            met = reports[tallies.in_groups[number]]
            program.array_row(met, np.ones(len(met)), count, count)
            continue
        at = tallies.counts[number] if number < len(counts) else np.ones(tallies.size, dtype=bool)
        ones = np.ones(int(at.sum()))
        columns = np.concatenate([up[at], further[at], fewer[at]])
        rest = count - base[at].sum()
        program.array_row(columns, np.concatenate([ones, ones, -ones]), rest, rest)
    dossiers = program.columns(tallies.size)
    for number in range(tallies.size):
        program.row(
            {
                int(dossiers[number]): 1.0,
                int(up[number]): -1.0,
                int(further[number]): -1.0,
                int(fewer[number]): 1.0,
            },
            base[number],
            base[number],
        )
    add_report_rows(program, tallies, dossiers, reports)
    cost = np.zeros(len(program.most))
    jitter = np.array([chance.uniform(-0.2, 0.2) for _ in range(tallies.size)])
    cost[up] = 1 - 2 * (plausible - base) + jitter
    cost[further] = 3 + 1 / (plausible + 0.1)
    cost[fewer] = 3
    solution = program.solve(cost, gap=0.02)
    found = solution[dossiers]
    return found, _enough_reports(tallies, solution[reports], found)


def _enough_reports(tallies: Tallies, reports: np.ndarray, dossiers: np.ndarray) -> np.ndarray:
    """Reports that no target counts: as many per dossier as assumed, where a dossier can."""
    found = reports.copy()
    needed = tallies.needed @ dossiers
    can = tallies.possible @ dossiers > 0
    wanted = round(dossiers.sum() * assumptions()["reports"]["per_dossier"])
    for group in range(tallies.groups):
        if tallies.is_group_free(group) and can[group]:
            others = found.sum() - found[group]
            found[group] = max(needed[group], wanted - others)
    return found
