"""Reading the log for its page: filtered, newest first, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vertrouwd.audit.models import Line
from vertrouwd.audit.record import LIST, LOOK, SEARCH

LARGEST_PAGE = 500  # lines


@dataclass(frozen=True)
class Page:
    """Some lines, newest first; `older` is what to give as `before` for the next page, or None."""

    lines: list[Line]
    older: int | None

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def lines(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    actor: str = "",
    action: str = "",
    kind: str = "",
    object: str = "",  # noqa: A002 - BIO2 says object
    result: str = "",
    before: int | None = None,
    size: int = 50,
) -> Page:
    """The lines that agree with all that is asked, at most `size` (1 to 500).

    `since` is included, `until` is not; `actor` is a username, `object` a reference, both whole.
    `before` is the number of a line: only older ones. Reading is an act of its own: the page that
    shows them records it.
    """
    exact = {"actor": actor, "action": action, "kind": kind, "object": object, "result": result}
    found = Line.objects.filter(**{name: value for name, value in exact.items() if value})
    return _page(_between(found, since, until), before, size)


def looks_of(
    actor: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    size: int = 50,
    without: QuerySet[Line] | None = None,
) -> Page:
    """What one person looked at, lists and searches included, also what was refused to them.

    `without` are lines that do not exist for who reads: they take no place on a page either.
    """
    found = Line.objects.filter(actor=actor, action__in=(LOOK, LIST, SEARCH))
    found = found if without is None else found.exclude(pk__in=without.values("pk"))
    return _page(_between(found, since, until), before, size)


def actors() -> list[str]:
    """Every username in the log, sorted: the choices of a filter."""
    return list(Line.objects.order_by("actor").values_list("actor", flat=True).distinct())


def actions() -> list[str]:
    """Every action in the log, sorted: the choices of a filter."""
    return list(Line.objects.order_by("action").values_list("action", flat=True).distinct())


def _between(
    found: QuerySet[Line], since: datetime | None, until: datetime | None
) -> QuerySet[Line]:
    if since is not None:
        found = found.filter(at__gte=since)
    return found if until is None else found.filter(at__lt=until)


def _page(found: QuerySet[Line], before: int | None, size: int) -> Page:
    size = max(1, min(size, LARGEST_PAGE))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: size + 1])
    return Page(rows[:size], rows[size - 1].pk if len(rows) > size else None)
