"""Who needs to know a dossier: who can open it now, why, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.desk.colleagues import shown
from vertrouwd.dossiers.models import Assignment, Dossier, DutyDay, GlassBreak
from vertrouwd.schools.supervision import current


@dataclass(frozen=True)
class Knower:
    """Somebody who can open the dossier."""

    name: str
    why: str
    since: datetime | None
    until: datetime | None = None


def need_to_know(
    dossier: Dossier,
    *,
    institutions: Iterable[int | None],
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


def _supervisors(institutions: Iterable[int | None], now: datetime) -> set[int]:
    """Who supervises one of them, directly or through its board."""
    numbers = [number for number in institutions if number]
    held = current(on=timezone.localdate(now))
    direct = held.filter(institution__in=numbers)
    through_board = held.filter(board__institution__in=numbers)
    return set((direct | through_board).values_list("user", flat=True))
