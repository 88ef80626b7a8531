"""What may leave the house: tables and figures that have passed `disclosure.release`.

`publication` sees nothing else. Plain data, no Django.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """Where a number comes from, as every reader sees it."""

    COUNTED = "counted"  # counted in a frozen snapshot of real dossiers
    PUBLISHED = "published"  # published by the Inspectorate before, source named
    INVENTED = "invented"  # drawn for a demonstration; never in the letter


@dataclass(frozen=True)
class Source:
    """A file a number can be recomputed from.

    `path` is relative to VERTROUWD_HOME; `reference` is the address or Kamerstuk of a published
    figure, empty for a snapshot; `quote` the published sentence.
    """

    kind: str  # snapshot | published
    path: str
    sha256: str
    reference: str = ""
    quote: str = ""


@dataclass(frozen=True)
class SafeFigure:
    """One number that may be said. `query` is SQL for plain DuckDB, run in VERTROUWD_HOME."""

    id: str
    value: int | float
    query: str
    mark: Mark
    sources: tuple[Source, ...]
    unit: str = "dossiers"  # dossiers | reports | referrals | percent


@dataclass(frozen=True)
class SafeRow:
    """One row of a table: the codes in the order of the table's dimensions, and the number.

    `value` None: no such figure is known (an earlier year did not publish it).
    """

    codes: tuple[str, ...]
    value: int | None
    mark: Mark
    source: str = ""  # reference of a published figure, or the snapshot's name


@dataclass(frozen=True)
class SafeTable:
    """A table that may be published.

    `parts_meet_total` False: a dossier can count in several rows (a cross attribute), so the rows
    need not sum to the total. `note` says in Dutch what a reader must know.
    """

    name: str  # file name without ending: category-by-sector
    title: str  # Dutch
    measure: str
    dimensions: tuple[str, ...]  # Dutch column names
    rows: tuple[SafeRow, ...]
    policy: str
    parts_meet_total: bool = True
    note: str = ""


@dataclass(frozen=True)
class Mismatch:
    """A sum that does not meet its parts, as it goes into reconciliation.json."""

    what: str  # Dutch sentence
    total: int
    parts: dict[str, int]
    source: str  # the published table or the snapshot

    @property
    def difference(self) -> int:
        return sum(self.parts.values()) - self.total


@dataclass(frozen=True)
class Policy:
    """The decision under which detail is released, recorded in docs/decisions/."""

    name: str
    text: str
    decision: str


@dataclass(frozen=True)
class Gap:
    """Something that cannot be said, and why: no comparable earlier value, a series break."""

    what: str
    why: str


@dataclass(frozen=True)
class Provenance:
    """Which snapshot a release stands on."""

    snapshot: str  # 2022-2023 revision 1
    sha256: dict[str, str] = field(default_factory=dict)
    is_demonstration: bool = False
    changed_cells: tuple[dict[str, object], ...] = ()  # what make-year had to change, named
