"""Who handles which dossier now, by the assignments that hold; whether they may open it is not
asked here."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.models import Assignment, Dossier


def assigned(now: datetime) -> QuerySet[Assignment]:
    """The assignments that hold."""
    held = Assignment.objects.filter(since__lte=now)
    return held.filter(Q(until__isnull=True) | Q(until__gt=now))


def handled_by(person: User, *, now: datetime) -> QuerySet[Assignment]:
    """What is assigned to this person."""
    return assigned(now).filter(user=person).order_by()


def handlers_of(dossier: Dossier, *, now: datetime | None = None) -> QuerySet[Assignment]:
    """Who is assigned to it now."""
    current = assigned(now or timezone.now()).filter(dossier=dossier)
    return current.select_related("user").order_by("user__username")


def handlers_of_each(
    dossiers: Iterable[Dossier], *, now: datetime | None = None
) -> dict[int, list[User]]:
    """The same of many, by number; one query."""
    found: dict[int, list[User]] = {each.pk: [] for each in dossiers}
    current = assigned(now or timezone.now()).filter(dossier__in=found)
    for held in current.select_related("user").order_by("user__username"):
        found[held.dossier_id].append(held.user)
    return found
