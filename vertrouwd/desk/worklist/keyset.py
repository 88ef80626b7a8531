"""A page of a long list that begins where the one before ended, however many came before it.

Where a page begins is two numbers in the address: the place in the order and the row. Nothing is
counted and nothing is skipped over, so the thousandth page costs what the first one does.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

FORM = re.compile(r"(\d{1,18})-(\d{1,15})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Place:
    """Beside which row a page begins: the value it is ordered by as a number, and its own."""

    at: int
    number: int

    def __str__(self) -> str:
        return f"{self.at}-{self.number}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """None for what is no place: the page is then the first."""
        found = FORM.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class Order:
    """By which field a list is ordered, and how its values are numbers."""

    field: str
    descending: bool
    to_number: Callable[[Any], int]
    from_number: Callable[[int], Any]  # raises OverflowError, ValueError for what was never there


def by_moment(field: str, *, descending: bool) -> Order:
    """By a moment, to the microsecond."""
    return Order(
        field, descending, lambda at: (at - EPOCH) // MICROSECOND, lambda n: EPOCH + n * MICROSECOND
    )


def by_day(field: str) -> Order:
    """By a day, the first one first."""
    return Order(field, False, date.toordinal, date.fromordinal)


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Some rows in their order; a place is None when there is nothing on that side."""

    rows: Sequence[Row]
    before: Place | None
    after: Place | None


def slice_of(
    found: QuerySet[Row], order: Order, *, size: int, after: str = "", before: str = ""
) -> Slice[Row]:
    """The rows after one place, or before another; one query."""
    backwards = bool(before and not after)
    place = Place.read(before if backwards else after)
    beyond = place and _beyond(order, place, backwards=backwards)
    descending = order.descending != backwards
    sign = "-" if descending else ""
    asked = found.filter(beyond) if beyond else found
    rows = list(asked.order_by(f"{sign}{order.field}", f"{sign}pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Slice(rows, None, None)
    first, last = _place_of(rows[0], order), _place_of(rows[-1], order)
    if backwards:
        return Slice(rows, first if more else None, last)
    return Slice(rows, first if beyond else None, last if more else None)


def _place_of(row: Model, order: Order) -> Place:
    return Place(order.to_number(getattr(row, order.field)), row.pk)


def _beyond(order: Order, place: Place, *, backwards: bool) -> Q | None:
    try:
        value = order.from_number(place.at)
    except (OverflowError, ValueError):
        return None
    field, side = order.field, "lt" if order.descending != backwards else "gt"
    # The first condition says no more than the others; it is the one an index is read by.
    return Q(**{f"{field}__{side}e": value}) & (
        Q(**{f"{field}__{side}": value}) | Q(**{field: value, f"pk__{side}": place.number})
    )
