"""The integer program of a table: its columns, and the rows every solution obeys. No Django."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from vertrouwd.demonstration.program import INFINITY, Program
from vertrouwd.demonstration.space import Space
from vertrouwd.demonstration.variants import Groups


class Layout:
    """Columns: dossiers per trunk kind, per branch (trunk x kinds), reports per trunk x group.

    `reports` is empty when no target counts reports. `seconds` (trunk x kinds x groups of the
    branch that reports are counted by) are dossiers with a second report of that group; None where
    no other branch has dossiers that need two.
    """

    def __init__(self, space: Space, groups: Groups) -> None:
        self.space, self.groups = space, groups
        self.program = Program()
        size = len(space.trunk)
        self.trunk = self.program.columns(size)
        self.branches = [
            self.program.columns(size * len(branch.kinds)).reshape(size, -1)
            for branch in space.branches
        ]
        self.counts_reports = bool(groups.targets)
        shape = (size, groups.size) if self.counts_reports else (size, 0)
        self.reports = self.program.columns(shape[0] * shape[1]).reshape(shape)
        self.seconds = self._columns_of_seconds()
        self._branches_agree_with_trunk()
        if self.counts_reports:
            self._dossiers_bring_their_reports()

    @cached_property
    def columns_of(self) -> list[np.ndarray]:
        """For each target the columns that count in it."""
        found, report_number = [], 0
        for target in self.space.targets:
            trunk = self.space.trunk_meeting(target.condition)
            if target.of_reports:
                met = self.groups.met[report_number]
                report_number += 1
                found.append(self.reports[np.ix_(trunk, met)].ravel())
            elif (branch := self.space.branch_of(target.condition)) is None:
                found.append(self.trunk[trunk])
            else:
                columns = self.branches[self.space.branches.index(branch)]
                met = branch.meeting(target.condition)
                found.append(columns[np.ix_(trunk, met)].ravel())
        return found

    def meet(self, counts: Sequence[int], movable: set[int]) -> dict[int, tuple[int, int]]:
        """Rows for the targets; target number -> columns (more, fewer) for those that may move."""
        slack: dict[int, tuple[int, int]] = {}
        for number, (count, columns) in enumerate(zip(counts, self.columns_of, strict=True)):
            values = np.ones(len(columns))
            if number in movable:
                more, fewer = (int(c) for c in self.program.columns(2))
                slack[number] = more, fewer
                columns = np.concatenate([columns, [more, fewer]])
                values = np.concatenate([values, [-1.0, 1.0]])
            self.program.array_row(columns, values, count, count)
        return slack

    def _branches_agree_with_trunk(self) -> None:
        for columns in self.branches:
            for at, kinds in zip(self.trunk, columns, strict=True):
                values = np.concatenate([[-1.0], np.ones(len(kinds))])
                self.program.array_row(np.concatenate([[at], kinds]), values, 0, 0)

    def _dossiers_bring_their_reports(self) -> None:
        most = 2.0 * max(100, *(target.count for target in self.space.targets))
        for number, at in enumerate(self.trunk):
            for group, report in enumerate(self.reports[number]):
                hosts, needed, possible = np.array([at]), np.ones(1), np.ones(1)
                if self.groups.branch is not None:
                    of_branch = self.space.branches.index(self.groups.branch)
                    hosts = self.branches[of_branch][number]
                    needed = self.groups.needed[group]
                    possible = self.groups.possible[group]
                columns = np.concatenate([[report], hosts])
                if self.seconds is not None:
                    self.program.array_row(
                        np.concatenate([columns, self.seconds[number, :, group]]),
                        np.concatenate([[1.0], -needed, -np.ones(len(hosts))]),
                        0.0,
                        INFINITY,
                    )
                for factors, lower, upper in (
                    (-needed, 0.0, INFINITY),
                    (-most * possible, -INFINITY, 0.0),
                ):
                    values = np.concatenate([[1.0], factors])
                    self.program.array_row(columns, values, lower, upper)
            self._some_have_two(number)
            for branch, columns in zip(self.space.branches, self.branches, strict=True):
                if branch.lengths.max() > 1:
                    row = np.concatenate([self.reports[number], columns[number]])
                    ones = np.ones(len(self.reports[number]))
                    values = np.concatenate([ones, -1.0 * branch.lengths])
                    self.program.array_row(row, values, 0.0, INFINITY)

    def _columns_of_seconds(self) -> np.ndarray | None:
        counted = self.groups.branch
        others = [branch for branch in self.space.branches if branch is not counted]
        if counted is None or not any(branch.lengths.max() > 1 for branch in others):
            return None
        shape = (len(self.space.trunk), len(counted.kinds), self.groups.size)
        return self.program.columns(int(np.prod(shape))).reshape(shape)

    def _some_have_two(self, number: int) -> None:
        """Dossiers that need two reports in another branch are dossiers that have two in this."""
        counted = self.groups.branch
        if self.seconds is None or counted is None:
            return
        hosts = self.branches[self.space.branches.index(counted)][number]
        seconds = self.seconds[number]
        for kind, host in enumerate(hosts):
            possible = self.groups.possible[:, kind] & (counted.lengths[kind] < 2)
            self.program.array_row(
                np.concatenate([[host], seconds[kind][possible]]),
                np.concatenate([[1.0], -np.ones(int(possible.sum()))]),
                0.0,
                INFINITY,
            )
            barred = seconds[kind][~possible]
            if len(barred):
                self.program.array_row(barred, np.ones(len(barred)), 0.0, 0.0)
        two = hosts[counted.lengths > 1]
        for branch, columns in zip(self.space.branches, self.branches, strict=True):
            long = columns[number][branch.lengths > 1]
            if branch is not counted and len(long):
                row = np.concatenate([seconds.ravel(), two, long])
                values = np.ones(len(row))
                values[-len(long) :] = -1.0
                self.program.array_row(row, values, 0.0, INFINITY)
