"""The kinds of dossier a table can tell apart. No Django here.

Codes that every cell of the table treats alike are one *atom*; a *kind* is one atom of each
dimension. A table of 22 cells tells some 600 kinds apart where the codes themselves make millions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vertrouwd.demonstration.prior import FREE, SETS, UNKNOWN, Leaf, Prior, ages_fit_role
from vertrouwd.demonstration.targets import Code, Condition, Target

MOST_KINDS = 150_000
DIMENSIONS = ("sector", "leaf", *FREE)


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
    """All kinds of dossier of one table, and what is known of each.

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
    def shape(self) -> tuple[int, ...]:
        """How many atoms each dimension has."""
        shape = tuple(len(self.atoms[dimension]) for dimension in DIMENSIONS)
        if np.prod(shape, dtype=float) > MOST_KINDS:
            raise TooFine(
                "The table crosses too many dimensions at once to draw dossiers for it: "
                f"{np.prod(shape, dtype=float):,.0f} kinds, at most {MOST_KINDS:,}. "
                "Leave out some of the finer cells."
            )
        return shape

    @cached_property
    def weights(self) -> np.ndarray:
        """Prior weight of each kind, flat; they sum to 1; 0 where a kind is impossible."""
        whole = np.zeros(self.shape)
        for one, sectors in enumerate(self.atoms["sector"]):
            for two, leaves in enumerate(self.atoms["leaf"]):
                for sector in sectors.parts[0]:
                    for leaf in leaves.parts[0]:
                        whole[one, two] += self._weights_of(sector, leaf)  # type: ignore[arg-type]
        roles, ages = DIMENSIONS.index("accused_role"), DIMENSIONS.index("ages")
        for one, role in enumerate(self.atoms["accused_role"]):
            for two, age in enumerate(self.atoms["ages"]):
                if not _some_fit(role, age):
                    index: list[int | slice] = [slice(None)] * len(DIMENSIONS)
                    index[roles], index[ages] = one, two
                    whole[tuple(index)] = 0
        return whole.ravel() / whole.sum()

    def _weights_of(self, sector: str, leaf: tuple[str, str]) -> np.ndarray:
        product = np.array(self.prior.sector_and_leaf(sector, leaf))
        for dimension in FREE:
            of_code = self.prior.weights(dimension, sector, leaf)
            of_atom = [
                self.prior.weight_of_parts(dimension, atom.parts, of_code)
                for atom in self.atoms[dimension]
            ]
            product = np.multiply.outer(product, np.array(of_atom))
        return product

    def weight_given(self, kind: int, sector: str, leaf: Leaf) -> float:
        """The weight of a sector and leaf for a dossier of this possible kind."""
        weight = self.prior.sector_and_leaf(sector, leaf)
        for dimension in FREE:
            if len(self.atoms[dimension]) > 1:
                of_code = self.prior.weights(dimension, sector, leaf)
                parts = self.atom(kind, dimension).parts
                weight *= self.prior.weight_of_parts(dimension, parts, of_code)
        return weight

    @cached_property
    def possible(self) -> np.ndarray:
        """The flat numbers of the kinds that can exist."""
        return np.flatnonzero(self.weights)

    @cached_property
    def places(self) -> np.ndarray:
        """For each possible kind the atom's number in each dimension (kinds x dimensions)."""
        return np.stack(np.unravel_index(self.possible, self.shape), axis=1)

    def atom(self, kind: int, dimension: str) -> Atom:
        """The atom of a possible kind."""
        number = DIMENSIONS.index(dimension)
        return self.atoms[dimension][self.places[kind, number]]

    def meeting(self, condition: Condition) -> np.ndarray:
        """Which possible kinds meet a condition (booleans)."""
        met = np.ones(len(self.possible), dtype=bool)
        for number, dimension in enumerate(DIMENSIONS):
            if dimension in condition:
                atoms = self.atoms[dimension]
                fits = np.array([atom.meets(condition[dimension]) for atom in atoms])
                met &= fits[self.places[:, number]]
        return met


def _some_fit(role: Atom, ages: Atom) -> bool:
    roles = {str(code) for part in role.parts for code in part}
    return any(ages_fit_role(age, roles) for age in ages.parts[0])
