"""Every act after which the law may ask something else: the act, and the duties assessed again.

In one transaction, and only here: pages use these instead of the acts themselves, so that none can
forget it. Each assessment keeps after what it was made (`AssessReason`).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers import joining
from vertrouwd.dossiers.membership import first_cause, lock, lock_family
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.duties import actions
from vertrouwd.duties.due_days import keep_due_days
from vertrouwd.duties.known import known
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.duties.tellings import ASKED, as_said
from vertrouwd.duties.terms import AssessReason


@transaction.atomic
def assess_again(
    *dossiers: int, reason: AssessReason, by: User, now: datetime | None = None
) -> list[DutyAssessment]:
    """The duties of each (number) that still holds a report, on what is known of it now."""
    return [
        actions.assess_dossier(
            dossier, facts=known(dossier).facts, reason=reason, said={}, by=by, now=now
        )
        for dossier in Dossier.objects.filter(pk__in=dossiers).order_by("pk")
        if dossier.reports.exists()
    ]


@transaction.atomic
def change_fact(
    dossier: Dossier, key: str, value: Any, *, seen: int, by: User, now: datetime | None = None
) -> DutyAssessment | None:
    """Somebody decides one fact of the dossier; None when it is known so already.

    `seen` is the number of the last decision one knew of (`Known.last`). Raises Refused when a
    colleague decided something since, and for a dossier whose reports are elsewhere.
    """
    if key not in ASKED:
        raise ValueError(f"{key} is not decided here.")
    lock([dossier])
    if not dossier.reports.exists():
        raise Refused(gettext("De meldingen van dit dossier staan nu in een ander dossier."))
    before = known(dossier)
    fact = before.by_key[key]
    if fact.value == value and (fact.decision or not fact.differing):
        return None
    if before.last != seen:
        raise Refused(gettext("Een collega heeft intussen een feit veranderd. Kijk opnieuw."))
    return actions.assess_dossier(
        dossier,
        facts=known(dossier, decided={key: value}).facts,
        reason=AssessReason.FACT_CHANGED,
        said=as_said(key, value),
        by=by,
        now=now,
    )


@transaction.atomic
def take_step(dossier: Dossier, *, by: User, now: datetime | None = None, **step: Any) -> TrackStep:
    """As `record_step`. Raises as it does."""
    taken = actions.record_step(dossier, by=by, now=now, **step)
    assess_again(dossier.pk, reason=AssessReason.STEP_TAKEN, by=by, now=now)
    return taken


@transaction.atomic
def take_step_back(
    step: TrackStep, *, of: Dossier, by: User, now: datetime | None = None
) -> TrackStep:
    """As `withdraw_step`; `of` is the dossier that holds the case now."""
    withdrawn = actions.withdraw_step(step, by=by, now=now)
    assess_again(of.pk, reason=AssessReason.STEP_WITHDRAWN, by=by, now=now)
    return withdrawn


def _moving(
    act: Callable[[], LedgerEvent],
    why: AssessReason,
    *,
    about: Iterable[int | None],
    by: User,
    now: datetime | None,
) -> LedgerEvent:
    """Do an act that may move reports of these dossiers, and assess each that got or lost one.

    With a join of a join taken back that is also a dossier the act does not name.
    """
    with transaction.atomic():
        before = _reports_in(lock_family(*about))
        event = act()
        after = _reports_in(lock_family(*about))
        touched = {pk for pk in before | after if before.get(pk) != after.get(pk)}
        assess_again(*touched, reason=why, by=by, now=now)
        keep_due_days(touched - after.keys())  # what was emptied is not assessed
        return event


def _reports_in(dossiers: Iterable[int]) -> dict[int, set[int]]:
    """Of these, what each that has reports holds."""
    held: dict[int, set[int]] = {}
    rows = Report.objects.filter(dossier__in=list(dossiers)).order_by()
    for dossier, report in rows.values_list("dossier", "pk"):
        held.setdefault(dossier, set()).add(report)
    return held


def join_dossiers(
    source: Dossier, *, into: Dossier, by: User, now: datetime | None = None, **how: Any
) -> LedgerEvent:
    """As `dossiers.joining.join_dossiers`."""
    act = partial(joining.join_dossiers, source, into=into, by=by, now=now, **how)
    return _moving(act, AssessReason.JOINED, about=(source.pk, into.pk), by=by, now=now)


def separate_report(
    report: Report, *, by: User, now: datetime | None = None, **how: Any
) -> LedgerEvent:
    """As `dossiers.joining.separate_report`."""
    act = partial(joining.separate_report, report, by=by, now=now, **how)
    return _moving(act, AssessReason.SEPARATED, about=(report.dossier_id,), by=by, now=now)


def take_event_back(
    event: LedgerEvent, *, by: User, now: datetime | None = None, **how: Any
) -> LedgerEvent:
    """As `dossiers.joining.take_event_back`."""
    act = partial(joining.take_event_back, event, by=by, now=now, **how)
    first = first_cause(event)
    about = (first.source_id, first.dossier_id)
    return _moving(act, AssessReason.UNDONE, about=about, by=by, now=now)
