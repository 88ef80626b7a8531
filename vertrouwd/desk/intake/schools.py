"""Which institution a caller means: the choices for what was typed, mistyped names included."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.desk.institutions import MOST
from vertrouwd.desk.numbers import OF_A_ROW, number_of
from vertrouwd.schools.meant import meant_by
from vertrouwd.schools.models import Institution
from vertrouwd.schools.supervision import supervised_by

OUTSIDE, WITHHELD = "outside", "withheld"  # not in the register; the caller will not say
PREFIX = "i"
LONGEST_SEARCH = 200  # characters that are looked at


@dataclass(frozen=True)
class School:
    """One institution to choose."""

    value: str  # what the form sends back
    institution: Institution
    locations: int
    is_supervised: bool  # by who notes the call: a conflict of interest


def schools_for(text: str, *, chosen: str, by: User) -> list[School]:
    """Those that the text may mean; the one that was chosen stays in the list, on top."""
    text = text.replace("\0", "")[:LONGEST_SEARCH]
    found = {each.pk: each for each in meant_by(text, limit=MOST)} if text.strip() else {}
    if (kept := institution_of(chosen)) is not None:
        found = {kept.pk: kept} | found
    numbers = _rows().filter(pk__in=found).annotate(n=Count("locations")).values_list("pk", "n")
    locations = dict(numbers)
    supervised = set(_supervised(by).filter(pk__in=found).values_list("pk", flat=True))
    return [
        School(f"{PREFIX}{pk}", institution, locations.get(pk, 0), pk in supervised)
        for pk, institution in found.items()
    ]


def institution_of(value: str) -> Institution | None:
    """The institution a form names, None for what names none."""
    if not value.startswith(PREFIX):
        return None
    return _rows().filter(pk=number_of(value.removeprefix(PREFIX), digits=OF_A_ROW)).first()


def supervises(by: User, institution: Institution | None) -> bool:
    """Whether the dossiers of this institution do not exist for this person."""
    return institution is not None and _supervised(by).filter(pk=institution.pk).exists()


def _rows() -> QuerySet[Institution]:
    return Institution.objects.select_related("board")


def _supervised(by: User) -> QuerySet[Institution]:
    return supervised_by(by, on=timezone.localdate())
