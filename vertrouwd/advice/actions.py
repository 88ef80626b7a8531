"""The acts of advice and referral: each checks, adds a row and records, in one transaction.

Of a case between staff only advice and what the reporter chose are kept: the Letter says that the
inspectors advise the reporter there, and do nothing else.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.advice.allowing import allowed_for, check_allowed, check_more_than_advice
from vertrouwd.advice.bodies import bodies
from vertrouwd.advice.entries import add, held_report
from vertrouwd.advice.models import Advice, Choice, Permission, Referral, Result
from vertrouwd.advice.terms import CameOf, Option, Outward, Police, Way
from vertrouwd.audit.record import record
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import Answer
from vertrouwd.sealing.opening import Opened


@transaction.atomic
def advise(
    report: Report,
    *,
    options: Iterable[str],
    by: User,
    opened: Opened,
    bodies_named: Iterable[str] = (),
    words: str = "",
    corrects: Advice | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> Advice:
    """Record which options were talked through and which bodies were named; the words are sealed.

    Sending the same form twice makes one row: `after` is the last row the form knew of. Raises
    Refused for what is no option or body, and when nothing was advised.
    """
    said, named = _options(options), _bodies(bodies_named)
    if not (said or named):
        raise Refused(gettext("Kies wat u met de melder besprak."))
    report = held_report(report)
    facts = {"options": said, "bodies": named}
    return add(
        Advice, report, facts, by=by, corrects=corrects, after=after, now=now,
        words=words, opened=opened, action="give_advice",
        detail={"options": [Option(each).name.lower() for each in said], "bodies": named},
    )  # fmt: skip


@transaction.atomic
def record_choice(
    report: Report,
    *,
    options: Iterable[str],
    by: User,
    corrects: Choice | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> Choice:
    """Record what the reporter chose; nothing: the reporter does not know yet. Raises Refused."""
    chosen = _options(options)
    report = held_report(report)
    return add(
        Choice, report, {"options": chosen}, by=by, corrects=corrects, after=after, now=now,
        action="record_choice", detail={"options": [Option(e).name.lower() for e in chosen]},
    )  # fmt: skip


@transaction.atomic
def ask_reporter(
    report: Report, *, outward: str, answer: str, by: User, now: datetime | None = None
) -> Permission:
    """The reporter was asked whether we may do one thing, and answered. Raises Refused."""
    if outward not in list(Outward) or answer not in (Answer.YES, Answer.NO):
        raise Refused(gettext("Kies wat u vroeg, en het antwoord."))
    report = held_report(report)
    check_more_than_advice(report)
    last = Permission.objects.filter(report=report, outward=outward).order_by("pk").last()
    if last is not None and last.answer == answer:
        return last
    asked = Permission.objects.create(
        report=report, at=now or timezone.now(), by=by, outward=outward, answer=answer
    )
    record(
        by=by, action="ask_reporter", kind="report", object=report.reference,
        detail={"about": Outward(outward).name.lower(), "yes": answer == Answer.YES},
    )  # fmt: skip
    return asked


@transaction.atomic
def refer(
    report: Report,
    *,
    body: str,
    way: str,
    by: User,
    corrects: Referral | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> Referral:
    """Refer the reporter to a body.

    Passing something on needs the consent of the reporter, given with the report or when asked: no
    law we know asks it of the inspector without. Raises Refused.
    """
    if body not in bodies() or way not in list(Way):
        raise Refused(gettext("Kies een instantie, en hoe de melder daar komt."))
    report = held_report(report)
    check_more_than_advice(report)
    asked = check_allowed if way == Way.PASSED_ON else allowed_for
    allowed = asked(report, Outward.SHARE)
    consent = allowed.answered or allowed.consent or Answer.UNKNOWN
    return add(
        Referral, report, {"body": body, "way": way, "consent": consent}, by=by,
        corrects=corrects, after=after, now=now, action="refer",
        detail={
            "body": body, "passed_on": way == Way.PASSED_ON, "consent": Answer(consent).name.lower()
        },
    )  # fmt: skip


@transaction.atomic
def record_result(
    report: Report,
    *,
    came_of: str,
    police: str,
    by: User,
    referral: Referral | None = None,
    feedback_on: date | None = None,
    corrects: Result | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> Result:
    """Record what came of it, with the police too, and when the reporter was told. Raises Refused.

    Of a case between staff nothing further is followed.
    """
    if came_of not in list(CameOf) or police not in list(Police):
        raise Refused(gettext("Kies wat eruit kwam."))
    report = held_report(report)
    check_more_than_advice(report)
    if referral is not None and referral.report_id != report.pk:
        raise Refused(gettext("Deze verwijzing is van een andere melder."))
    if feedback_on is not None and feedback_on > timezone.localdate(now):
        raise Refused(gettext("Deze dag is nog niet geweest."))
    facts = {
        "referral": referral,
        "came_of": came_of,
        "police": police,
        "feedback_on": feedback_on,
    }
    return add(
        Result, report, facts, by=by, corrects=corrects, after=after, now=now,
        action="record_result",
        detail={
            "came_of": CameOf(came_of).name.lower(), "police": Police(police).name.lower(),
            "feedback": feedback_on is not None,
        },
    )  # fmt: skip


def _options(given: Iterable[str]) -> list[str]:
    given = list(given)
    if strange := set(given) - set(Option):
        raise Refused(gettext("Dit is geen mogelijkheid: %(what)s.") % {"what": min(strange)})
    return [option.value for option in Option if option in given]


def _bodies(given: Iterable[str]) -> list[str]:
    given = list(given)
    if set(given) - set(bodies()):
        raise Refused(gettext("Kies een instantie uit de lijst."))
    return [code for code in bodies() if code in given]
