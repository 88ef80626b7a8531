"""Which number may be said of a cell, and the mark it carries."""

from dataclasses import dataclass

from vertrouwd.disclosure.safe import Mark, SafeFigure, Source
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.year_figures import (
    CountedNumber,
    PublishedNumber,
    YearFigures,
    references,
)


@dataclass(frozen=True)
class Marked:
    """A number with its mark and the reference it is published under, or the snapshot's name."""

    value: int
    mark: Mark
    source: str


def mark_of(year: YearFigures, cell: Cell, counted: int) -> Marked:
    """How a number counted in the year's own snapshot is marked in a table.

    In a demonstration a number is published when the year's published table has this cell, or the
    two it is the sum of, with this value; otherwise it is invented. Outside one it is counted.
    """
    assert year.snapshot is not None
    if not year.snapshot.is_demonstration:
        return Marked(counted, Mark.COUNTED, year.snapshot.name)
    same = year.published(cell, value=counted)
    if same is None:
        return Marked(counted, Mark.INVENTED, year.snapshot.name)
    return Marked(counted, Mark.PUBLISHED, references(same.rows))


def figure_of(year: YearFigures, cell: Cell) -> SafeFigure | None:
    """The number that may be said of a cell; None when none may.

    The year's own snapshot comes first. An invented number is never said: in a demonstration the
    published one stands in its place where there is one; without a snapshot it is all there is.
    """
    counted = year.counted(cell)
    if counted is None or year.snapshot is None:
        published = year.published(cell)
        return _published(cell, published) if published else None
    if not year.snapshot.is_demonstration:
        return _counted(cell, counted, Mark.COUNTED)
    if same := year.published(cell, value=counted.value):
        return _counted(cell, counted, Mark.PUBLISHED, *_sources(same))
    published = year.published(cell)
    return _published(cell, published) if published else None


def _counted(cell: Cell, number: CountedNumber, mark: Mark, *further: Source) -> SafeFigure:
    snapshot = Source(kind="snapshot", path=number.path, sha256=number.sha256)
    return SafeFigure(
        id=cell.id,
        value=number.value,
        query=number.query,
        mark=mark,
        sources=(snapshot, *further),
        unit=cell.measure,
    )


def _published(cell: Cell, number: PublishedNumber) -> SafeFigure:
    return SafeFigure(
        id=cell.id,
        value=number.value,
        query=number.query,
        mark=Mark.PUBLISHED,
        sources=_sources(number),
        unit=cell.measure,
    )


def _sources(number: PublishedNumber) -> tuple[Source, ...]:
    return tuple(
        Source(
            kind="published",
            path=number.path,
            sha256=number.sha256,
            reference=row.source,
            quote=row.quote,
        )
        for row in number.rows
    )
