"""Figures made of figures: differences, sums and shares, each with the query that gives it.

Plain data, no Django. Percentages are rounded half up on the exact fraction.
"""

# ruff: noqa: S608 - the SQL is made of queries of figures, nothing from outside

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from vertrouwd.disclosure.safe import Mark, SafeFigure, Source

PERCENT = "percent"
POINTS = "percentage points"
SAME_DOSSIERS = {"dossiers", "referrals"}  # referrals are dossiers


def difference(later: SafeFigure, earlier: SafeFigure) -> SafeFigure:
    """`later` minus `earlier`, in their unit; of two percentages in percentage points.

    Raises ValueError when they count different things (rule C10: dossiers and meldingen).
    """
    _refuse_other_unit(later, earlier)
    value, query = later.value - earlier.value, f"({later.query}) - ({earlier.query})"
    if isinstance(value, float):
        value, query = round(value, 6), f"round({query}, 6)"
    return SafeFigure(
        id=f"difference({later.id}, {earlier.id})",
        value=value,
        query=f"SELECT {query}",
        mark=_mark(later, earlier),
        sources=_sources(later, earlier),
        unit=POINTS if later.unit == PERCENT else later.unit,
    )


def total(parts: Sequence[SafeFigure]) -> SafeFigure:
    """The sum of figures (one at least) that exclude each other, in their unit.

    Raises ValueError when they count different things.
    """
    for part in parts[1:]:
        _refuse_other_unit(part, parts[0])
    return SafeFigure(
        id=f"sum({', '.join(part.id for part in parts)})",
        value=sum(part.value for part in parts),
        query=f"SELECT {' + '.join(f'({part.query})' for part in parts)}",
        mark=_mark(*parts),
        sources=_sources(*parts),
        unit=parts[0].unit,
    )


def share(part: SafeFigure, whole: SafeFigure, decimals: int = 1) -> SafeFigure:
    """`part` as a percentage of `whole`, half up at that many decimals (a whole number at 0).

    Raises ValueError for a negative part, a whole that is not above zero, or another unit.
    """
    if part.unit != whole.unit and not {part.unit, whole.unit} <= SAME_DOSSIERS:
        raise ValueError(f"{part.id} counts {part.unit}, {whole.id} counts {whole.unit}.")
    if part.value < 0 or whole.value <= 0:
        raise ValueError(f"{part.id} = {part.value} is no share of {whole.id} = {whole.value}.")
    scale = 10**decimals
    exact = Fraction(part.value) / Fraction(whole.value) * 100 * scale
    scaled = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    rounded = f"(part * {200 * scale} + whole) // (2 * whole)"
    return SafeFigure(
        id=f"share({part.id}, {whole.id}, {decimals})",
        value=scaled / scale if decimals else scaled,
        query=f"SELECT {rounded}{f' / {scale}' * bool(decimals)} "
        f"FROM (SELECT ({part.query})::BIGINT AS part, ({whole.query})::BIGINT AS whole)",
        mark=_mark(part, whole),
        sources=_sources(part, whole),
        unit=PERCENT,
    )


def absolute(figure: SafeFigure) -> SafeFigure:
    """The figure without its sign: «met 70 afgenomen»."""
    return replace(
        figure,
        id=f"absolute({figure.id})",
        value=abs(figure.value),
        query=f"SELECT abs(({figure.query}))",
    )


def _refuse_other_unit(one: SafeFigure, other: SafeFigure) -> None:
    if one.unit != other.unit:
        raise ValueError(f"{one.id} counts {one.unit}, {other.id} counts {other.unit}.")


def _mark(*figures: SafeFigure) -> Mark:
    """The weakest of the marks: what was made of an invented number is invented."""
    marks = {figure.mark for figure in figures}
    return next(m for m in (Mark.INVENTED, Mark.COUNTED, Mark.PUBLISHED) if m in marks)


def _sources(*figures: SafeFigure) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for figure in figures for source in figure.sources))
