"""The track «assist towards a solution» (WOT 6(2)), and the confirmation that a board consulted.

The inspector agrees steps with the reporter, and guides a complaint or a police report on request;
inspectors mediate nothing and file nothing themselves.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.advice.allowing import check_allowed, check_more_than_advice
from vertrouwd.advice.conditions import Demand, goes_against
from vertrouwd.advice.entries import add, held_report
from vertrouwd.advice.models import AssistStep, Confirmation
from vertrouwd.advice.terms import Assistance, Outward
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.sealing.opening import Opened


@transaction.atomic
def record_assist_step(
    report: Report,
    *,
    step: str,
    on: date,
    by: User,
    opened: Opened,
    words: str = "",
    demand: Demand | None = None,
    corrects: AssistStep | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> AssistStep:
    """Record a step that was agreed or done for a reporter, on its day; the words are sealed.

    Contact with the institution asks what the reporter allows; `demand` is the duty that goes
    before it. Raises Refused, also for a case between staff and for a day to come, unless the step
    was agreed for that day.
    """
    if step not in list(Assistance):
        raise Refused(gettext("Kies wat er is gedaan of afgesproken."))
    if step != Assistance.AGREED and on > timezone.localdate(now):
        raise Refused(gettext("Deze dag is nog niet geweest."))
    report = held_report(report)
    check_more_than_advice(report)
    demanded_by = ""
    if step == Assistance.CONTACT_INSTITUTION:
        outward = Outward.CONTACT_INSTITUTION
        allowed = check_allowed(report, outward, demand=demand)
        if demand and goes_against(outward, allowed, demand=demand):
            demanded_by = demand.article
    return add(
        AssistStep, report, {"step": step, "on": on, "demanded_by": demanded_by}, by=by,
        corrects=corrects, after=after, now=now, words=words, opened=opened,
        action="assist",
        detail={
            "step": Assistance(step).name.lower(), "on": on.isoformat(),
            "law_demands": bool(demanded_by),
        },
    )  # fmt: skip


@transaction.atomic
def confirm_consultation(
    report: Report,
    *,
    on: date,
    by: User,
    duty: str = "",
    article: str = "",
    corrects: Confirmation | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> Confirmation:
    """Confirm to the board that it consulted us on a day; the paper names nobody and tells nothing.

    `duty` and `article` are the legal duty it met, as a Confirmation keeps it. Raises Refused.
    """
    if on > timezone.localdate(now):
        raise Refused(gettext("Deze dag is nog niet geweest."))
    report = held_report(report)
    check_more_than_advice(report)
    facts = {"on": on, "duty": duty, "article": article}
    return add(
        Confirmation, report, facts, by=by, corrects=corrects, after=after, now=now,
        action="confirm_consultation", detail={"on": on.isoformat(), "duty": duty or None},
    )  # fmt: skip
