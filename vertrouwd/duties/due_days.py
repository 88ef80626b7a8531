"""The first day by which a duty asks something in a dossier, kept with it to order and to count.

What is due follows from the rows (`clocks.py`) and no page shows this day instead: lists stand in
its order, the first page and the morning notice count by it. It is kept by every act of the duties,
and once a night all of them are worked out anew: after a joining that was no act of the duties, and
after a change of a rule set, of the norm or of the days nobody works.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.membership import lock
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.dossiers.whereabouts import went_elsewhere
from vertrouwd.duties.asking import numbers_asking
from vertrouwd.duties.running import running_of

AT_ONCE = 200  # dossiers held in one transaction


def keep_due_days(dossiers: Iterable[int]) -> int:
    """Write the day of these dossiers (numbers) where it is another one; returns of how many.

    A dossier without reports asks nothing: what was owed there is owed where they went, so the day
    is kept there as well. Needs an open transaction in which the dossiers are held.
    """
    named = set(dossiers)
    holding = _holding(named)
    if emptied := named - holding:
        went = {number for into in went_elsewhere(emptied).values() for number in into}
        named, holding = named | went, holding | went
    stored = dict(Dossier.objects.filter(pk__in=named).values_list("pk", "duty_due_on"))
    running = running_of(holding)
    changed: dict[date | None, list[int]] = {}
    for number, before in stored.items():
        due = running[number].first_by_a_day if number in running else None
        day = due.on if due else None
        if day != before:
            changed.setdefault(day, []).append(number)
    for day, numbers in changed.items():
        Dossier.objects.filter(pk__in=numbers).update(duty_due_on=day)
    return sum(map(len, changed.values()))


def _holding(dossiers: set[int]) -> set[int]:
    """Those that hold a report."""
    rows = Report.objects.filter(dossier__in=dossiers).order_by()
    return set(rows.values_list("dossier", flat=True))


def keep_every_due_day() -> int:
    """The same of all that are not closed; returns of how many the day was not the right one."""
    kept = Dossier.objects.filter(duty_due_on__isnull=False).exclude(status=Status.CLOSED)
    numbers = sorted(numbers_asking().union(kept.values_list("pk", flat=True)))
    changed = 0
    for begin in range(0, len(numbers), AT_ONCE):
        some = numbers[begin : begin + AT_ONCE]
        with transaction.atomic():
            lock(some)
            changed += keep_due_days(some)
    return changed
