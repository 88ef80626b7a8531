"""What may leave the house: tables and figures that have passed `disclosure.release`.

`publication` sees nothing else. Plain data, no Django.
"""

from dataclasses import dataclass, field
from enum import StrEnum

# These leave the house as they are.
from vertrouwd.figures.dimensions import SUM_CATEGORY as SUM_CATEGORY
from vertrouwd.figures.dimensions import TOTAL as TOTAL
from vertrouwd.figures.dimensions import UNKNOWN as UNKNOWN
from vertrouwd.figures.mismatches import Mismatch as Mismatch
from vertrouwd.figures.series_breaks import CORONA as CORONA
from vertrouwd.figures.series_breaks import UNIT as UNIT


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
    unit: str = "dossiers"  # dossiers | reports | referrals | percent | percentage points


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
    is_provisional: bool = False  # frozen before the year had ended
    changed_cells: tuple[dict[str, object], ...] = ()  # what make-year had to change, named


@dataclass(frozen=True)
class Break:
    """Why a year cannot be compared with the one before it, or not without saying so.

    `stops` True: a streak ends here; False: the comparison may be made when `text` is said.
    """

    kind: str  # eenheid | corona | betekenis | sectorindeling | waarde ontbreekt
    year: str
    stops: bool
    text: str  # Dutch
    source: str


@dataclass(frozen=True)
class Point:
    """One year of a series, oldest first; `breaks` lie between the year before and this one.

    `figure` None: no figure may be said for that year. Its unit may differ from the other years'.
    """

    year: str
    figure: SafeFigure | None
    breaks: tuple[Break, ...] = ()
