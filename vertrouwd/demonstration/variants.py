"""How the reports of one dossier can be coded, where reports are counted by more than the trunk.

A dossier with two accused roles has reports that name the one and reports that name the other; a
dossier opened in March has reports of March and later. Reports that count alike in every target
form a *group*. No Django here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from vertrouwd.demonstration.prior import FREE
from vertrouwd.demonstration.space import Atom, Branch, Space
from vertrouwd.demonstration.targets import Code, Target
from vertrouwd.dossiers.codes import UNKNOWN

UNTOLD = -1


@dataclass(frozen=True)
class Variant:
    """One way to code a report: which part of each set, which atom of months.

    None: not decided here. UNTOLD: the report does not know what another one of the dossier says.
    """

    role: int | None = None
    place: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Bundle:
    """The groups of the reports a dossier needs, and of those it can have more of."""

    needed: tuple[tuple[int, Variant], ...]
    possible: tuple[tuple[int, Variant], ...]


class Groups:
    """Groups of reports in the one branch that report targets look at (None: trunk only).

    `met` (report targets x groups): whether the free part of the target's condition holds.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.targets = [target for target in space.targets if target.of_reports]
        self._looked_at = {d for t in self.targets for d in t.condition if d in FREE}
        self._number_of: dict[tuple[bool, ...], int] = {}
        free = [t for t in self.targets if set(t.condition) & set(FREE)]
        self.branch: Branch | None = space.branch_of(free[0].condition) if free else None
        kinds = self.branch.kinds if self.branch else [{}]
        self.bundles = [self._bundle(kind) for kind in kinds]

    @property
    def size(self) -> int:
        return len(self._number_of)

    @cached_property
    def met(self) -> np.ndarray:
        return np.array(list(self._number_of)).reshape(self.size, len(self.targets)).T

    @cached_property
    def needed(self) -> np.ndarray:
        """Reports of each group a dossier of each kind brings (groups x kinds)."""
        found = np.zeros((self.size, len(self.bundles)))
        for kind, bundle in enumerate(self.bundles):
            for group, _ in bundle.needed:
                found[group, kind] += 1
        return found

    @cached_property
    def possible(self) -> np.ndarray:
        """Whether a dossier of each kind can have more of each group (groups x kinds)."""
        found = np.zeros((self.size, len(self.bundles)), dtype=bool)
        for kind, bundle in enumerate(self.bundles):
            for group, _ in bundle.possible:
                found[group, kind] = True
        return found

    def _bundle(self, kind: Mapping[str, Atom]) -> Bundle:
        roles: list[int | None] = [None]
        places: list[int | None] = [None]
        if "accused_role" in kind:
            roles = list(range(len(kind["accused_role"].parts)))
        if "place" in kind:
            places = list(range(len(kind["place"].parts)))
        month = self.space.atoms["month"].index(kind["month"]) if "month" in kind else None
        needed = [
            Variant(roles[n % len(roles)], places[n % len(places)], month)
            for n in range(max(len(roles), len(places)))
        ]
        possible = product(
            [*roles, *self._untold("accused_role", kind)],
            [*places, *self._untold("place", kind)],
            self._months_from(month),
        )
        return Bundle(
            tuple((self._group(kind, variant), variant) for variant in needed),
            tuple((self._group(kind, v), v) for v in (Variant(*parts) for parts in possible)),
        )

    def _untold(self, dimension: str, kind: Mapping[str, Atom]) -> list[int]:
        """A further report may leave out what is known, where reports are counted by it."""
        is_open = dimension in kind and dimension in self._looked_at
        return [UNTOLD] if is_open and not self.space.reports_tell_ages else []

    def _months_from(self, month: int | None) -> list[int | None]:
        """The months in which a dossier of this month can get another report."""
        if month is None or "month" not in self._looked_at:
            return [month]
        months = self.space.atoms["month"]
        first = min(map(str, months[month].parts[0]))
        return [n for n, atom in enumerate(months) if max(map(str, atom.parts[0])) >= first]

    def _group(self, kind: Mapping[str, Atom], variant: Variant) -> int:
        signature = tuple(self._meets(kind, variant, target) for target in self.targets)
        return self._number_of.setdefault(signature, len(self._number_of))

    def _meets(self, kind: Mapping[str, Atom], variant: Variant, target: Target) -> bool:
        for dimension, allowed in target.condition.items():
            if dimension not in kind:
                continue  # of the trunk
            part = kind[dimension].parts[0]
            if dimension == "accused_role":
                part = _told(kind[dimension], variant.role)
            elif dimension == "place":
                part = _told(kind[dimension], variant.place)
            elif dimension == "month" and variant.month is not None:
                part = self.space.atoms["month"][variant.month].parts[0]
            if part[0] not in allowed:
                return False
        return True


def _told(atom: Atom, part: int | None) -> tuple[Code, ...]:
    return (UNKNOWN,) if part == UNTOLD else atom.parts[part or 0]
