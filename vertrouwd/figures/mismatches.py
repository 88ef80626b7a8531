"""Sums that do not meet their parts: named, never repaired (rule C12). No Django here.

Only what is a partition is summed: categories and sectors. A cross attribute (role, place, age,
social media, referral) is compared with its whole, never added up (rule C7).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vertrouwd.dossiers.terms import Category
from vertrouwd.figures.cells import Cell, Measure
from vertrouwd.figures.dimensions import (
    SEXUAL,
    SUM_CATEGORY,
    WITHHELD,
    sectors,
)
from vertrouwd.figures.published_table import PublishedRow, by_cell
from vertrouwd.schools.terms import Sector

NAMED_ENOUGH = 4  # so many categories of the seven are meant as the whole picture
OVERIG = Category.OTHER.value
NOT_TOLD = Sector.WITHHELD.value
CATEGORIES = tuple(category.value for category in Category)
UNITS = {"dossiers": "dossiers", "reports": "meldingen", "referrals": "verwijzingen"}


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


def in_published(rows: Sequence[PublishedRow]) -> list[Mismatch]:
    """What does not meet in one published table, in a fixed order."""
    if not rows:
        return []
    source = f"gepubliceerde tabel {rows[0].cell.school_year}"
    named = by_cell(rows)
    first = {cell: same[0].count for cell, same in named.items()}
    return [
        *_contradictions(named, source),
        *_sums(first, source, partly=True),
        *_withheld(first, source),
        *_more_dossiers_than_reports(first, source),
        *_larger_than_whole(first, source),
    ]


def in_snapshot(cells: Mapping[Cell, int], source: str, *, in_dossiers: int) -> list[Mismatch]:
    """What does not meet in a snapshot's own counts; `source` is its name.

    `in_dossiers`: the reports that the year's dossiers hold, counted from the dossiers.
    """
    plain = {
        cell: count
        for cell, count in cells.items()
        if not cell.other_dimension and not cell.accused_role and not cell.subcategory
    }
    found = list(_sums(plain, source, partly=False))
    for cell, received in plain.items():
        whole_year = cell.measure == Measure.REPORTS and not cell.category
        if whole_year and cell.sector in ("", Sector.CHILDCARE) and received != in_dossiers:
            found.append(
                Mismatch(
                    what=f"In {cell.school_year} kwamen {_said(received)} meldingen binnen; de "
                    f"dossiers van dat jaar bevatten er {_said(in_dossiers)}. De rest hoort bij "
                    "dossiers van een ander jaar.",
                    total=received,
                    parts={"in dossiers van dit jaar": in_dossiers},
                    source=source,
                )
            )
    return found


def with_published(
    cells: Mapping[Cell, int], rows: Iterable[PublishedRow], source: str
) -> list[Mismatch]:
    """Where a snapshot counts another number than was published for the same cell."""
    found = []
    for cell, same in by_cell(rows).items():
        counted = cells.get(cell, 0)
        if counted not in {row.count for row in same}:
            found.append(
                Mismatch(
                    what=f"{_name(cell)}: gepubliceerd is {_said(same[0].count)}, "
                    f"deze telling komt op {_said(counted)}.",
                    total=same[0].count,
                    parts={"momentopname": counted},
                    source=source,
                )
            )
    return found


def _contradictions(
    named: Mapping[Cell, Sequence[PublishedRow]], source: str
) -> Iterator[Mismatch]:
    for cell, same in named.items():
        for other in same[1:]:
            if other.count != same[0].count:
                yield Mismatch(
                    what=f"{_name(cell)}: de ene bron noemt {_said(same[0].count)}, "
                    f"een andere {_said(other.count)}.",
                    total=same[0].count,
                    parts={other.source: other.count},
                    source=source,
                )


def _sums(cells: Mapping[Cell, int], source: str, *, partly: bool) -> Iterator[Mismatch]:
    """Categories and sectors against the cell they divide. `partly`: parts may be unnamed."""
    for whole, total in cells.items():
        if whole.other_dimension:
            continue
        if not whole.category:
            parts = _parts(cells, whole, "category", CATEGORIES, partly=partly)
            enough = len(parts) >= NAMED_ENOUGH
            yield from _unmet(whole, total, parts, "categorieën", source, enough=enough)
        if whole.category == SUM_CATEGORY:
            parts = _parts(cells, whole, "category", SEXUAL, partly=partly)
            enough = len(parts) == len(SEXUAL)
            yield from _unmet(whole, total, parts, "twee categorieën", source, enough=enough)
        if not whole.sector:
            codes = sectors(childcare=False)
            parts = _parts(cells, whole, "sector", codes, partly=partly)
            withheld = replace(whole, other_dimension=WITHHELD.name, other_value="ja")
            if NOT_TOLD not in parts and withheld in cells:
                parts[NOT_TOLD] = cells[withheld]
            enough = len(parts) == len(codes)
            yield from _unmet(whole, total, parts, "sectoren", source, enough=enough)


def _unmet(
    whole: Cell, total: int, parts: dict[str, int], of_what: str, source: str, *, enough: bool
) -> Iterator[Mismatch]:
    summed = sum(parts.values())
    if summed == total or (summed < total and not enough) or len(parts) < 2:
        return
    gap = abs(total - summed)
    complete = len(parts) == len(CATEGORIES) or of_what != "categorieën"
    if summed > total:
        verdict = f"{_said(gap)} meer dan het totaal"
    elif complete:
        verdict = f"{_said(gap)} minder dan het totaal"
    else:
        verdict = f"{_said(gap)} minder dan het totaal: de rest is niet benoemd"
    yield Mismatch(
        what=f"{_name(whole)}: het totaal is {_said(total)}, de genoemde {of_what} tellen op tot "
        f"{_said(summed)}, {verdict}.",
        total=total,
        parts=parts,
        source=source,
    )


def _withheld(cells: Mapping[Cell, int], source: str) -> Iterator[Mismatch]:
    """`overig` of a table that calls the withheld ones so, against what the others leave over."""
    for cell, withheld in cells.items():
        if cell.other_dimension != WITHHELD.name or cell.other_value != "ja" or cell.category:
            continue
        whole = replace(cell, other_dimension="", other_value="")
        named = _parts(
            cells, whole, "category", [c for c in CATEGORIES if c != OVERIG], partly=True
        )
        if whole not in cells or len(named) < len(CATEGORIES) - 1:
            continue
        left = cells[whole] - sum(named.values())
        if cells.get(replace(whole, category=OVERIG)) == withheld and left != withheld:
            yield Mismatch(
                what=f"{_name(whole)}: {_said(withheld)} heten er «niet bekendgemaakt» (in de "
                f"tabel: overig), maar naast de andere categorieën blijven er {_said(left)} over.",
                total=left,
                parts={NOT_TOLD: withheld},
                source=source,
            )


def _more_dossiers_than_reports(cells: Mapping[Cell, int], source: str) -> Iterator[Mismatch]:
    for cell, dossiers in cells.items():
        reports = cells.get(replace(cell, measure=Measure.REPORTS.value))
        if cell.measure == Measure.DOSSIERS and reports is not None and reports < dossiers:
            yield Mismatch(
                what=f"{_name(cell)}: er zijn {_said(reports)} meldingen gepubliceerd, minder dan "
                f"{_said(dossiers)} dossiers. Een dossier heeft minstens één melding.",
                total=dossiers,
                parts={"meldingen": reports},
                source=source,
            )


def _larger_than_whole(cells: Mapping[Cell, int], source: str) -> Iterator[Mismatch]:
    for cell, count in cells.items():
        for whole in _wholes(cell):
            if whole in cells and cells[whole] < count:
                yield Mismatch(
                    what=f"{_name(cell)}: dat zijn er {_said(count)}, meer dan de "
                    f"{_said(cells[whole])} van "
                    f"{_name(whole)}.",
                    total=cells[whole],
                    parts={_name(cell): count},
                    source=source,
                )


def _wholes(cell: Cell) -> Iterator[Cell]:
    """The cells this one is a part of, one dimension less each."""
    if cell.other_dimension:
        measure = Measure.DOSSIERS.value if cell.measure == Measure.REFERRALS else cell.measure
        yield replace(cell, measure=measure, other_dimension="", other_value="")
    if cell.accused_role:
        yield replace(cell, accused_role="")
    if cell.subcategory:
        yield replace(cell, subcategory="")
    elif cell.category:
        yield replace(cell, category="")
    if cell.sector:
        yield replace(cell, sector="")


def _parts(
    cells: Mapping[Cell, int], whole: Cell, dimension: str, codes: Iterable[str], *, partly: bool
) -> dict[str, int]:
    """The parts that were named; in a snapshot a part that is not there counts nothing."""
    parts = {code: replace(whole, **{dimension: code}) for code in codes}
    return {code: cells.get(cell, 0) for code, cell in parts.items() if cell in cells or not partly}


def _name(cell: Cell) -> str:
    """A cell in Dutch: its unit, its codes, its year."""
    answers = {"ja", "nee", "onbekend"}  # they say nothing without their question
    codes = ", ".join(
        f"{dimension.replace('_', ' ')}: {code}" if code in answers else code
        for dimension, code in cell.codes.items()
    )
    unit = UNITS[cell.measure].capitalize()
    return f"{unit} {cell.school_year}" + (f" ({codes})" if codes else "")


def _said(number: int) -> str:
    """A number as a Dutch reader writes it: 2.152."""
    return f"{number:,}".replace(",", ".")
