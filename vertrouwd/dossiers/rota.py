"""The rota: who is duty officer on which day; one day, or several in one act."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import record
from vertrouwd.dossiers.membership import one_at_a_time
from vertrouwd.dossiers.models import DutyDay
from vertrouwd.dossiers.refused import Refused

LONGEST_SPAN = 366  # days


class RotaChanged(Refused):
    """A colleague changed one of these days since they were looked at: nothing was stored."""


def days_of(first: date, last: date, weekdays: Collection[int]) -> list[date]:
    """The days from `first` to `last`, both included, that are one of these weekdays (Monday 0).

    Raises Refused for a span that ends before it begins, is too long, or holds no such day.
    """
    number = (last - first).days + 1
    if number < 1:
        raise Refused(gettext("De laatste dag ligt voor de eerste dag."))
    if number > LONGEST_SPAN:
        raise Refused(gettext("Kies hoogstens een jaar in een keer."))
    every = (first + timedelta(days=passed) for passed in range(number))
    found = [day for day in every if day.weekday() in weekdays]
    if not found:
        raise Refused(gettext("In deze periode valt geen van deze dagen."))
    return found


def as_seen(days: Iterable[date]) -> str:
    """A word for who is on duty on these days now; another when anything in it is otherwise."""
    rows = DutyDay.objects.filter(date__in=list(days)).order_by("date", "user")
    said = ",".join(f"{day}:{user}" for day, user in rows.values_list("date", "user"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def set_duty(
    on: date,
    *,
    people: Collection[User],
    by: User,
    now: datetime | None = None,
) -> list[DutyDay]:
    """As `set_duties`, for one day."""
    return set_duties([on], people=people, by=by, now=now)


@transaction.atomic
def set_duties(
    days: Sequence[date],
    *,
    people: Collection[User],
    by: User,
    seen: str | None = None,
    now: datetime | None = None,
) -> list[DutyDay]:
    """Who is duty officer on these days, instead of whoever was.

    `seen` is what `as_seen` gave when the days were looked at. Raises RotaChanged when it is
    otherwise now, and Refused for a day that is over (it explains who could look) and for somebody
    who handles no cases.
    """
    now = now or timezone.now()
    if min(days) < timezone.localdate(now):
        raise Refused(gettext("Deze dag is voorbij."))
    if not all(person.may(Permission.HANDLE_CASES) for person in people):
        raise Refused(gettext("Alleen wie dossiers behandelt kan dienst hebben."))
    one_at_a_time()
    if seen is not None and seen != as_seen(days):
        raise RotaChanged(gettext("Een collega heeft het rooster intussen veranderd."))
    of_these = DutyDay.objects.filter(date__in=days)
    of_these.exclude(user__in=people).delete()
    there = set(of_these.values_list("date", "user"))
    DutyDay.objects.bulk_create(
        DutyDay(date=day, user=person, set_at=now, set_by=by)
        for day in days
        for person in people
        if (day, person.pk) not in there
    )
    detail: dict[str, object] = {"people": len(people), "with_oneself": by in people}
    if len(days) > 1:
        detail |= {"days": len(days), "until": f"{max(days):%Y-%m-%d}"}
    record(by=by, action="set_duty", kind="duty", object=f"{min(days):%Y-%m-%d}", detail=detail)
    return list(of_these.select_related("user"))
