"""The acts on the duties of a dossier: assess them, record a step, withdraw one.

Pages do them through `reassessing.py`, which assesses again whatever an act may have changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.membership import lock
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import seal_words
from vertrouwd.duties.assessment import Assessment, assess
from vertrouwd.duties.clocks import (
    first_of_each,
    latest_assessments,
    parts_of,
    standing_steps,
    weighing_of,
)
from vertrouwd.duties.due_days import keep_due_days
from vertrouwd.duties.facts import Facts
from vertrouwd.duties.facts_file import as_object
from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import RUNGS, AccusedParty, AssessReason, Step, Weighing
from vertrouwd.duties.track import Objection, is_needed, objection
from vertrouwd.sealing.opening import Opener
from vertrouwd.sealing.terms import Purpose


@transaction.atomic
def assess_dossier(
    dossier: Dossier,
    *,
    facts: Facts,
    by: User,
    reason: AssessReason = AssessReason.REPORTED,
    said: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> DutyAssessment:
    """Decide the duties of a dossier on these facts and keep the answer; the track counts too.

    The weighing and the refusal are those of the track where it has them. The day is the one given
    now, else the one of before, else today; an earlier day of what was joined wins. `said` are the
    facts that somebody gave just now, all of them unless told. Raises Refused for a bill: it is
    compared, never applied.
    """
    lock([dossier])
    now = now or timezone.now()
    today = timezone.localdate(now)
    if facts.rule_set and not rule_sets()[facts.rule_set].in_force:
        raise Refused(gettext("Dit is een wetsvoorstel. Het geldt nog niet voor een dossier."))
    said = as_object(facts) if said is None else said
    parts = parts_of(dossier)
    before = {each.dossier_id: each.known_on for each in latest_assessments(parts)}
    known_on = facts.known_on or before.get(dossier.pk, today)
    earlier = [day for part, day in before.items() if part != dossier.pk]
    facts = _with_what_stands(replace(facts, known_on=min([known_on, *earlier])), parts)
    found = assess(facts, today)
    stored = _store(
        dossier, facts, found, known_on=known_on, reason=reason, said=said, by=by, now=now
    )
    keep_due_days([dossier.pk])
    record(
        by=by,
        action="assess_duties",
        kind="dossier",
        object=dossier.reference,
        detail={
            "rule_set": stored.rule_set.lower() or None,
            "duties": [owed.duty.name.lower() for owed in found.duties],
            "missing": list(found.missing),
            "reason": reason.name.lower(),
        },
    )
    return stored


def _with_what_stands(facts: Facts, parts: set[int]) -> Facts:
    """The facts with what the track says of weighing and refusal."""
    steps = standing_steps(parts)
    refused = first_of_each(steps).get(Step.REFUSED)
    return replace(
        facts,
        weighing=weighing_of(steps) or facts.weighing,
        refused_on=refused.on if refused else facts.refused_on,
    )


def _store(
    dossier: Dossier,
    facts: Facts,
    found: Assessment,
    *,
    known_on: date,
    reason: AssessReason,
    said: Mapping[str, Any],
    by: User,
    now: datetime,
) -> DutyAssessment:
    stored = DutyAssessment.objects.create(
        dossier=dossier,
        at=now,
        by=by,
        known_on=known_on,
        rule_set=found.rule_set or "",
        facts=as_object(facts),
        advice_only=found.advice_only,
        missing=list(found.missing),
        notes=list(found.notes),
        reason=reason,
        said=dict(said),
    )
    OwedDuty.objects.bulk_create(
        OwedDuty(
            assessment=stored,
            duty=owed.duty,
            owed_by=owed.on,
            owed_to=owed.to,
            since=known_on,
            because=owed.because,
            source=owed.source,
            verified=owed.verified,
        )
        for owed in found.duties
    )
    return stored


@transaction.atomic
def record_step(
    dossier: Dossier,
    *,
    step: Step,
    on: date,
    by: User,
    weighing: Weighing | None = None,
    view_of_board: Weighing | None = None,
    grounds: str = "",
    grounds_of_board: str = "",
    opened: Opener | None = None,
    now: datetime | None = None,
) -> TrackStep:
    """Record a step of the road on its day; the grounds of a weighing, of both, are sealed.

    On a rung of the ladder `grounds` is what was done.

    Raises Refused where the step cannot stand, and as `seal_words`. The duties are not assessed
    again by it: `assess_dossier` does so, on all facts.
    """
    lock([dossier])
    now = now or timezone.now()
    _check(dossier, step, on, weighing, today=timezone.localdate(now))
    has_words = step is Step.WEIGHED or step in RUNGS.values()
    if (grounds and not has_words) or (
        step is not Step.WEIGHED and (view_of_board or grounds_of_board)
    ):
        raise Refused(_words(Objection.NEEDS_WEIGHING))
    stored = TrackStep.objects.create(
        dossier=dossier,
        step=step,
        on=on,
        by=by,
        recorded_at=now,
        weighing=weighing or "",
        view_of_board=view_of_board or "",
    )
    texts = {stored.field: grounds, stored.field_of_board: grounds_of_board}
    if texts := {field: words for field, words in texts.items() if words}:
        seal_words(dossier.record, Purpose.DOSSIER, texts, by=by, opened=opened, now=now)
    keep_due_days([dossier.pk])
    _record("record_duty_step", stored, by=by)
    return stored


@transaction.atomic
def withdraw_step(step: TrackStep, *, by: User, now: datetime | None = None) -> TrackStep:
    """A step was recorded by mistake: it no longer stands, and can be recorded anew.

    Raises Refused when it was withdrawn before, or when another step of the dossier needs it.
    """
    lock([step.dossier_id])
    held = TrackStep.objects.select_for_update().select_related("dossier").get(pk=step.pk)
    if held.withdrawn_at is not None:
        raise Refused(gettext("Deze stap was al ingetrokken."))
    others = TrackStep.objects.filter(dossier=held.dossier, withdrawn_at__isnull=True)
    if is_needed(Step(held.step), done=[Step(each.step) for each in others]):
        raise Refused(_words(Objection.IS_NEEDED))
    held.withdrawn_at, held.withdrawn_by = now or timezone.now(), by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    keep_due_days([held.dossier_id])
    _record("withdraw_duty_step", held, by=by)
    return held


def _check(
    dossier: Dossier, step: Step, on: date, weighing: Weighing | None, *, today: date
) -> None:
    parts = parts_of(dossier)
    steps = standing_steps(parts)
    why = objection(
        step,
        on,
        done={each: first.on for each, first in first_of_each(steps).items()},
        weighing=weighing,
        outcome=weighing_of(steps),
        today=today,
        may_weigh_alone=_provider_is_accused(parts),
    )
    if why is not None:
        raise Refused(_words(why))


def _provider_is_accused(parts: set[int]) -> bool:
    return any(
        each.facts.get("accused_role") == AccusedParty.PROVIDER
        for each in latest_assessments(parts)
    )


def _record(action: str, stored: TrackStep, *, by: User) -> None:
    record(
        by=by,
        action=action,
        kind="dossier",
        object=stored.dossier.reference,
        detail={
            "step": Step(stored.step).name.lower(),
            "on": stored.on.isoformat(),
            "weighing": Weighing(stored.weighing).name.lower() if stored.weighing else None,
        },
    )


def _words(why: Objection) -> str:
    return {
        Objection.IN_THE_FUTURE: gettext("Deze dag is nog niet geweest."),
        Objection.STANDS_ALREADY: gettext(
            "Deze stap staat er al. Trek hem eerst in als hij niet klopt."
        ),
        Objection.NEEDS_ANOTHER: gettext("Leg eerst de stap vast die hieraan voorafgaat."),
        Objection.BEFORE_ANOTHER: gettext("Deze dag past niet bij de dag van een andere stap."),
        Objection.NOT_REASONABLE: gettext(
            "Weigeren kan alleen als er een redelijk vermoeden is en de aangifte dus moet."
        ),
        Objection.NEEDS_WEIGHING: gettext(
            "Alleen een weging heeft een uitkomst, en een weging heeft er altijd een."
        ),
        Objection.IS_NEEDED: gettext("Een andere stap steunt hierop. Trek die eerst in."),
    }[why]
