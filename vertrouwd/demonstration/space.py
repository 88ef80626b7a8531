"""The kinds of dossier a table can tell apart. No Django here.

Codes that every cell of the table treats alike are one *atom*. The space is a star: its *trunk* is
sector x leaf, its *branches* are the other dimensions, grouped where the table crosses them with
each other. Given the trunk the branches are independent, so no table over all of them together is
ever needed: whole numbers per trunk kind and per (trunk kind, branch kind) that agree with each
other can always be put together to whole dossiers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from vertrouwd.demonstration.prior import FREE, SETS, Leaf, Prior, ages_fit_role
from vertrouwd.demonstration.targets import Code, Condition, Target
from vertrouwd.dossiers.codes import UNKNOWN

MOST_KINDS = 250_000
TRUNK = ("sector", "leaf")
DIMENSIONS = (*TRUNK, *FREE)


class TooFine(ValueError):
    """The table crosses so many dimensions that its kinds cannot be enumerated."""


@dataclass(frozen=True)
class Atom:
    """Codes the table does not tell apart. Two `parts`: a dossier has a code of each of them."""

    parts: tuple[tuple[Code, ...], ...]

    def meets(self, allowed: frozenset[Code]) -> bool:
        return any(part[0] in allowed for part in self.parts)


@dataclass(frozen=True)
class Space:
    """All kinds of dossier of one table.

    `sets` False: no dossier has two accused roles or places (each is one report).
    """

    prior: Prior
    targets: Sequence[Target]
    sets: bool

    @cached_property
    def atoms(self) -> dict[str, list[Atom]]:
        """Dimension -> its atoms."""
        return {dimension: self._atoms(dimension) for dimension in DIMENSIONS}

    def _atoms(self, dimension: str) -> list[Atom]:
        conditions = list(
            dict.fromkeys(t.condition[dimension] for t in self.targets if dimension in t.condition)
        )
        groups: dict[tuple[bool, ...], list[Code]] = {}
        for code in self.prior.codes[dimension]:
            groups.setdefault(tuple(code in allowed for allowed in conditions), []).append(code)
        found = {signature: Atom((tuple(codes),)) for signature, codes in groups.items()}
        if dimension in SETS and self.sets:
            known = [
                (signature, tuple(code for code in codes if code != UNKNOWN))
                for signature, codes in groups.items()
            ]
            for place, (one, first) in enumerate(known):
                for two, second in known[place + 1 :]:
                    both = tuple(a or b for a, b in zip(one, two, strict=True))
                    if first and second and both not in found:
                        found[both] = Atom((first, second))
        return list(found.values())

    @cached_property
    def trunk(self) -> list[tuple[Atom, Atom]]:
        """The trunk kinds: an atom of sectors and one of leaves."""
        return list(product(self.atoms["sector"], self.atoms["leaf"]))

    @cached_property
    def trunk_weights(self) -> np.ndarray:
        """Prior weight of each trunk kind; they sum to 1."""
        weights = np.array([sum(self.pairs(number).values()) for number in range(len(self.trunk))])
        return weights / weights.sum()

    def pairs(self, number: int) -> dict[tuple[str, Leaf], float]:
        """The sectors and leaves of a trunk kind, each with its prior weight."""
        sectors, leaves = self.trunk[number]
        return {
            (str(sector), leaf): self.prior.sector_and_leaf(str(sector), leaf)  # type: ignore[arg-type, misc]
            for sector in sectors.parts[0]
            for leaf in leaves.parts[0]
        }

    def trunk_meeting(self, condition: Condition) -> np.ndarray:
        """Which trunk kinds meet the trunk's part of a condition (booleans)."""
        return np.array(
            [
                all(
                    atom.meets(condition[dimension])
                    for dimension, atom in zip(TRUNK, kind, strict=True)
                    if dimension in condition
                )
                for kind in self.trunk
            ]
        )

    @cached_property
    def branches(self) -> list["Branch"]:
        """The dimensions beside the trunk that the table speaks of, grouped."""
        groups = [{d for d in target.condition if d in FREE} for target in self.targets]
        of_reports = [
            group for group, target in zip(groups, self.targets, strict=True) if target.of_reports
        ]
        groups.append(set().union(*of_reports))
        told = {d for d in FREE if len(self.atoms[d]) > 1}
        groups.append({"accused_role", "ages"} & told)
        found: list[set[str]] = []
        for group in groups:
            touching = [other for other in found if other & group]
            found = [other for other in found if not other & group]
            if group:
                found.append(group.union(*touching))
        branches = [Branch(self, tuple(d for d in FREE if d in group)) for group in found]
        kinds = len(self.trunk) * sum(len(branch.kinds) for branch in branches)
        if kinds > MOST_KINDS:
            raise TooFine(
                "The table crosses too many dimensions with each other to draw dossiers for it: "
                f"{kinds:,} kinds of dossier, at most {MOST_KINDS:,}. Leave out the finest cells."
            )
        return sorted(branches, key=lambda branch: FREE.index(branch.dimensions[0]))

    @cached_property
    def reports_tell_ages(self) -> bool:
        """Whether reports, not only dossiers, are counted by age."""
        return any(target.of_reports and "ages" in target.condition for target in self.targets)

    def branch_of(self, condition: Condition) -> "Branch | None":
        """The branch a condition looks at beside the trunk."""
        for branch in self.branches:
            if any(dimension in condition for dimension in branch.dimensions):
                return branch
        return None


@dataclass(frozen=True, eq=False)
class Branch:
    """Dimensions that the table crosses with each other; a kind is an atom of each."""

    space: Space
    dimensions: tuple[str, ...]

    @cached_property
    def kinds(self) -> list[dict[str, Atom]]:
        """The kinds that can exist: dimension -> atom."""
        atoms = [self.space.atoms[dimension] for dimension in self.dimensions]
        size = np.prod([len(listed) for listed in atoms], dtype=float)
        if size * len(self.space.trunk) > MOST_KINDS:
            raise TooFine(
                f"The table crosses {', '.join(self.dimensions)} with each other: "
                f"{size * len(self.space.trunk):,.0f} kinds of dossier, at most {MOST_KINDS:,}. "
                "Leave out the finest cells."
            )
        every = [dict(zip(self.dimensions, kind, strict=True)) for kind in product(*atoms)]
        return [
            kind
            for kind in every
            if not {"accused_role", "ages"} <= set(kind)
            or _some_fit(kind["accused_role"], kind["ages"], self.space.reports_tell_ages)
        ]

    @cached_property
    def weights(self) -> np.ndarray:
        """Prior weight of each kind given the trunk kind (trunk x kinds); rows sum to 1."""
        whole = np.array([self._weights_of(number) for number in range(len(self.space.trunk))])
        return whole / whole.sum(axis=1, keepdims=True)

    def _weights_of(self, number: int) -> np.ndarray:
        return np.sum(
            [
                weight * np.array([self.weight_given(kind, *pair) for kind in self.kinds])
                for pair, weight in self.space.pairs(number).items()
            ],
            axis=0,
        )

    def weight_given(self, kind: Mapping[str, Atom], sector: str, leaf: Leaf) -> float:
        """Prior weight of a kind in this sector and leaf."""
        weight = 1.0
        for dimension, atom in kind.items():
            weight *= self.space.prior.weight_of_parts(dimension, atom.parts, sector, leaf)
        return weight

    def meeting(self, condition: Condition) -> np.ndarray:
        """Which kinds meet this branch's part of a condition (booleans)."""
        return np.array(
            [
                all(atom.meets(condition[d]) for d, atom in kind.items() if d in condition)
                for kind in self.kinds
            ]
        )

    @cached_property
    def lengths(self) -> np.ndarray:
        """How many reports a dossier of each kind needs: one for each accused role or place."""
        return np.array([max(len(atom.parts) for atom in kind.values()) for kind in self.kinds])


def _some_fit(role: Atom, ages: Atom, reports_tell_ages: bool) -> bool:
    roles = {str(code) for part in role.parts for code in part}
    return any(
        ages_fit_role(age, roles)
        and not (reports_tell_ages and len(role.parts) > 1 and depends_on_report(age))
        for age in ages.parts[0]
    )


def depends_on_report(ages: Code) -> bool:
    """Only a report that names the accused learner tells an age below that of the affected."""
    return ages[0] not in (ages[1], UNKNOWN)
