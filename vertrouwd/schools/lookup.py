"""Ask the register which school is meant: one index per process, built again when it changes."""

from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Max, QuerySet, Sum
from django.db.models.functions import Length

from vertrouwd.schools.models import Location

if TYPE_CHECKING:
    from vertrouwd.schools.search import Match, SchoolIndex

_built: dict[tuple[object, ...], "SchoolIndex"] = {}
_building = Lock()


def school_index() -> "SchoolIndex":
    """The index of all locations in the register, closed ones too, invented ones never.

    Costs one small query when it is there, about a second when it must be built.
    """
    state = _register_state()
    with _building:
        if state not in _built:
            _built.clear()
            _built[state] = _build()
        return _built[state]


def build_ahead() -> Thread:
    """Build the index in a thread of its own, so that whoever searches first need not wait."""
    ahead = Thread(target=_build_and_leave, name="school-index", daemon=True)
    ahead.start()
    return ahead


def find_schools(text: str, *, sector: str | None = None, limit: int = 3) -> "list[Match]":
    """The institutions that a mistyped name and town may mean, best first."""
    return school_index().search(text, sector=sector, limit=limit)


def _locations() -> QuerySet[Location]:
    return Location.objects.filter(institution__is_invented=False)


def _register_state() -> tuple[object, ...]:
    """Changes when the register does: its database, how many rows, and how much is written in them.

    The public process may read no log, so the imports there are not asked. What it misses is a
    name in which letters were put right one for one: that is found all the same.
    """
    written = Sum(F("pk") * (Length("name") + Length("town")))
    size = Location.objects.aggregate(Count("pk"), Max("pk"), Count("closed_on"), written=written)
    return (str(settings.DATABASES["default"]["NAME"]), *size.values())


def _build_and_leave() -> None:
    try:
        school_index()
    finally:
        connection.close()  # that of this thread


def _build() -> "SchoolIndex":
    from vertrouwd.schools.search import Place, SchoolIndex

    rows: Any = _locations().values_list(
        "institution_id", "institution__code", "code", "name", "town", "sector", "municipality",
        "kind", "denomination", "closed_on",
    )  # fmt: skip
    return SchoolIndex(Place(number, brin or "", *rest) for number, brin, *rest in rows)
