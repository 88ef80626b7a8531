"""Ask the register which school is meant: one index per process, built again when it changes."""

from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from vertrouwd.audit.models import Line
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


def find_schools(text: str, *, sector: str | None = None, limit: int = 3) -> "list[Match]":
    """The institutions that a mistyped name and town may mean, best first."""
    return school_index().search(text, sector=sector, limit=limit)


def _locations() -> QuerySet[Location]:
    return Location.objects.filter(institution__is_invented=False)


def _register_state() -> tuple[object, ...]:
    """Changes whenever the register does: its database, its size and the last import."""
    size = _locations().aggregate(Count("pk"), Max("pk"), Count("closed_on"))
    imported = Line.objects.filter(action="import_schools").aggregate(Max("pk"))
    return (str(settings.DATABASES["default"]["NAME"]), *size.values(), imported["pk__max"])


def _build() -> "SchoolIndex":
    from vertrouwd.schools.search import Place, SchoolIndex

    return SchoolIndex(
        Place(
            institution=location.institution_id,
            brin=location.institution.code or "",
            code=location.code,
            name=location.name,
            town=location.town,
            sector=location.sector,
            municipality=location.municipality,
            kind=location.kind,
            denomination=location.denomination,
            closed_on=location.closed_on,
        )
        for location in _locations().select_related("institution")
    )
