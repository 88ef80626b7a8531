"""Choices of the work list that somebody keeps, called after what was chosen."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.desk.worklist.choices import Choice
from vertrouwd.dossiers.models import SavedFilter
from vertrouwd.dossiers.refused import Refused

MOST = 12  # of one person


@dataclass(frozen=True)
class Kept:
    """A kept choice as a page shows it."""

    number: int
    choice: Choice
    is_shown: bool  # it is what the page shows now


def kept_by(person: User, *, shown: Choice) -> list[Kept]:
    """The kept choices of this person; one query."""
    found = []
    for row in SavedFilter.objects.filter(user=person):
        choice = Choice.read(dict(parse_qsl(row.query)))
        found.append(Kept(row.pk, choice, choice == shown))
    return found


@transaction.atomic
def keep(choice: Choice, *, by: User, now: datetime | None = None) -> SavedFilter:
    """Keep this choice; keeping it twice is keeping it once. Raises Refused when there are many."""
    User.objects.select_for_update().get(pk=by.pk)
    own = SavedFilter.objects.filter(user=by)
    if there := own.filter(query=choice.query).first():
        return there
    if own.count() >= MOST:
        raise Refused(gettext("U bewaart al twaalf keuzes. Haal er eerst een weg."))
    kept = SavedFilter.objects.create(user=by, query=choice.query, made_at=now or timezone.now())
    record(by=by, action="keep_filter", kind="filter", object=str(kept.pk))
    return kept


@transaction.atomic
def drop(number: int, *, by: User) -> None:
    """Keep it no longer; nothing happens when it is not there, or not one's own."""
    if SavedFilter.objects.filter(user=by, pk=number).delete()[0]:
        record(by=by, action="drop_filter", kind="filter", object=str(number))
