"""How kinds of dossier and their reports count in the targets. No Django here.

Kinds that count alike in every target form a *class*; reports that count alike form a *group*.
Whole numbers are sought for classes and groups only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from vertrouwd.demonstration.prior import SETS
from vertrouwd.demonstration.space import DIMENSIONS, Space
from vertrouwd.demonstration.targets import Target


@dataclass(frozen=True)
class Variant:
    """One way a report of a dossier can be coded: which part of each set, which atom of month."""

    role: int
    place: int
    month: int


@dataclass(frozen=True)
class ReportsOfKind:
    """Groups of the reports a dossier of some kind must have, and of those it can have more of."""

    needed: tuple[tuple[int, Variant], ...]
    possible: tuple[tuple[int, Variant], ...]


class Tallies:
    """The matrices of one space.

    `counts` (targets x classes): whether a dossier of the class counts; rows of report targets
    are empty. `in_groups` (targets x groups): whether a report of the group counts.
    `needed` (groups x classes): reports each dossier brings; `possible` (groups x classes):
    whether it can have more. `class_of`: possible kind -> class. `weights`: prior per class.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.report_targets = [target for target in space.targets if target.of_reports]
        self._groups: dict[tuple[bool, ...], int] = {}
        self.reports_of_key, key_of = self._reports_by_key()
        met = [
            np.zeros(len(space.possible), dtype=bool)
            if t.of_reports
            else space.meeting(t.condition)
            for t in space.targets
        ]
        signature = np.stack([*met, key_of], axis=1) if met else key_of[:, None]
        # Keys that bring the same reports are alike.
        alike: dict[ReportsOfKind, int] = {}
        same = np.array([alike.setdefault(r, len(alike)) for r in self.reports_of_key])
        signature[:, -1] = same[key_of]
        _, first, inverse = np.unique(signature, axis=0, return_index=True, return_inverse=True)
        self.class_of = inverse.ravel()
        self.size = len(first)
        self.weights = np.bincount(self.class_of, space.weights[space.possible], self.size)
        self.counts = np.array([column[first] for column in met]).reshape(len(met), self.size)
        self._reports_of_class = [self.reports_of_key[key_of[kind]] for kind in first]
        self._key_of = key_of

    @property
    def groups(self) -> int:
        return len(self._groups)

    @cached_property
    def in_groups(self) -> np.ndarray:
        found = np.zeros((len(self.space.targets), self.groups), dtype=bool)
        for signature, group in self._groups.items():
            met = iter(signature)
            for number, target in enumerate(self.space.targets):
                if target.of_reports:
                    found[number, group] = next(met)
        return found

    @cached_property
    def needed(self) -> np.ndarray:
        found = np.zeros((self.groups, self.size))
        for number, reports in enumerate(self._reports_of_class):
            for group, _ in reports.needed:
                found[group, number] += 1
        return found

    @cached_property
    def possible(self) -> np.ndarray:
        found = np.zeros((self.groups, self.size), dtype=bool)
        for number, reports in enumerate(self._reports_of_class):
            for group, _ in reports.possible:
                found[group, number] = True
        return found

    def reports_of(self, kind: int) -> ReportsOfKind:
        """The reports a dossier of this possible kind has."""
        return self.reports_of_key[self._key_of[kind]]

    def is_group_free(self, group: int) -> bool:
        """No target counts the reports of this group."""
        return not self.in_groups[:, group].any()

    def _reports_by_key(self) -> tuple[list[ReportsOfKind], np.ndarray]:
        """Kinds that agree on what report targets look at, and on how many reports they need."""
        looked_at = {d for target in self.report_targets for d in target.condition} | set(SETS)
        columns = [number for number, d in enumerate(DIMENSIONS) if d in looked_at]
        _, first, inverse = np.unique(
            self.space.places[:, columns], axis=0, return_index=True, return_inverse=True
        )
        return [self._reports_of(kind) for kind in first], inverse.ravel()

    def _reports_of(self, kind: int) -> ReportsOfKind:
        space = self.space
        roles = len(space.atom(kind, "accused_role").parts)
        places = len(space.atom(kind, "place").parts)
        month = int(space.places[kind, DIMENSIONS.index("month")])
        needed = [Variant(n % roles, n % places, month) for n in range(max(roles, places))]
        possible = [
            Variant(role, place, later)
            for role, place, later in product(
                range(roles), range(places), self._months_after(month)
            )
        ]
        return ReportsOfKind(
            tuple((self._group(kind, variant), variant) for variant in needed),
            tuple((self._group(kind, variant), variant) for variant in possible),
        )

    def _months_after(self, month: int) -> Iterator[int]:
        months = self.space.atoms["month"]
        if not any("month" in target.condition for target in self.report_targets):
            yield month
            return
        first = min(map(str, months[month].parts[0]))
        for number, atom in enumerate(months):
            if max(map(str, atom.parts[0])) >= first:
                yield number

    def _group(self, kind: int, variant: Variant) -> int:
        signature = tuple(self._counts(kind, variant, target) for target in self.report_targets)
        return self._groups.setdefault(signature, len(self._groups))

    def _counts(self, kind: int, variant: Variant, target: Target) -> bool:
        for dimension, allowed in target.condition.items():
            atom = self.space.atom(kind, dimension)
            if dimension == "accused_role":
                code = atom.parts[variant.role][0]
            elif dimension == "place":
                code = atom.parts[variant.place][0]
            elif dimension == "month":
                code = self.space.atoms["month"][variant.month].parts[0][0]
            else:
                code = atom.parts[0][0]
            if code not in allowed:
                return False
        return True
