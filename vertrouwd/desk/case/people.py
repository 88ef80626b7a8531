"""Who needs to know a dossier: who can open it now, why, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.desk.colleagues import shown
from vertrouwd.dossiers.models import Assignment, DutyDay, GlassBreak
from vertrouwd.schools.models import Institution
from vertrouwd.schools.supervision import current


@dataclass(frozen=True)
class Knower:
    """Somebody who can open the dossier."""

    name: str
    why: str
    since: datetime | None
    until: datetime | None = None


def need_to_know(
    *,
    institutions: Iterable[int],
    assignments: Iterable[Assignment],
    glass: Iterable[GlassBreak],
    now: datetime,
) -> list[Knower]:
    """Everybody who may open it now: handlers, duty officers, who broke the glass.

    Who supervises one of its institutions (`institutions`) can open nothing, and is not listed.
    """
    barred = _supervisors(institutions, now)
    knowers = [
        Knower(shown(each.user), gettext("behandelt het"), each.since)
        for each in assignments
        if each.until is None or each.until > now
        if each.user_id not in barred
    ]
    knowers += [
        Knower(shown(each.user), gettext("brak het glas"), each.opened_at, each.ends_at)
        for each in glass
        if each.opened_at <= now < each.ends_at and each.user_id not in barred
    ]
    on_duty = DutyDay.objects.filter(date=timezone.localdate(now)).select_related("user")
    knowers += [
        Knower(shown(each.user), gettext("heeft vandaag dienst"), None)
        for each in on_duty
        if each.user_id not in barred
    ]
    return knowers


def _supervisors(institutions: Iterable[int], now: datetime) -> set[int]:
    """Who supervises one of them, directly or through its board."""
    numbers = list(institutions)
    if not numbers:
        return set()
    held = current(on=timezone.localdate(now))
    boards = Institution.objects.filter(pk__in=numbers, board__isnull=False).values("board")
    theirs = Q(institution__in=numbers) | Q(board__in=boards)
    return set(held.filter(theirs).values_list("user", flat=True))
