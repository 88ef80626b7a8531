"""Correct the coded answers of a report that were entered wrongly; what they were stays readable.

Nothing follows by itself: the coding of the dossier, the duties and a year that was frozen are
changed by their own acts. The sealed words are never touched; a note is the way for those.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers import codes, terms
from vertrouwd.dossiers.following import end_conflicts
from vertrouwd.dossiers.models import Correction, Dossier, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import CorrectionReason
from vertrouwd.schools.models import Institution
from vertrouwd.schools.terms import Sector, Setting

CODES: dict[str, type[StrEnum]] = {
    "channel": terms.Channel,
    "reporter_role": terms.ReporterRole,
    "sector": Sector,
    "category": terms.Category,
    "accused_role": terms.AccusedRole,
    "affected_role": terms.AffectedRole,
    "place": terms.Place,
    "social_media": terms.Answer,
    "referred_to_police": terms.Answer,
}
DAYS = ("received_on", "happened_from", "happened_until")
AGES = ("accused_age", "affected_age")
FIELDS = (*CODES, *DAYS, *AGES, "institution", "setting", "subcategory")
TAKEN_OVER = ("institution", "setting")  # by a dossier; its coding has an act of its own
OLDEST_AGE = 120
REASONS = tuple(each for each in CorrectionReason if each != CorrectionReason.FROM_REPORT)


class Corrected(Exception):
    """A colleague corrected this report since the form was opened: nothing was stored.

    `since` are their corrections, oldest first.
    """

    def __init__(self, since: list[Correction]) -> None:
        self.since = since
        super().__init__("The report was corrected meanwhile.")


def answers_of(report: Report) -> dict[str, Any]:
    """The coded answers that can be corrected, as they stand now."""
    return {name: getattr(report, name) for name in FIELDS}


def last_correction(report: Report) -> int:
    """The number of the last one, 0 for none: what a form has seen."""
    last = report.corrections.order_by("pk").last()
    return last.pk if last else 0


@transaction.atomic
def correct_report(
    report: Report,
    *,
    answers: Mapping[str, Any],
    reason: str,
    seen: int,
    by: User,
    now: datetime | None = None,
) -> list[Correction]:
    """Store what these answers change; those of FIELDS that are not given stay as they are.

    `seen` is the number of the last correction that the form knew of; what differs from the
    answers of that moment was changed by `by`. Sending a form twice corrects once. Whoever
    supervises the institution that it turns out to be handles the dossier no longer. Raises
    Corrected, and Refused for what cannot be.
    """
    if reason not in REASONS:
        raise Refused(gettext("Kies waarom u verbetert."))
    held = Report.objects.select_for_update(of=("self",)).select_related("dossier").get(
        pk=report.pk
    )  # fmt: skip
    since = list(held.corrections.filter(pk__gt=seen).select_related("by").order_by("pk"))
    begun = as_texts(answers_of(held)) | _before(since)
    changed = {name: after for name, after in as_texts(answers).items() if after != begun[name]}
    if since and changed == {each.field: each.after for each in since}:
        return since
    if since:
        raise Corrected(since)
    if not changed:
        raise Refused(gettext("U hebt niets veranderd."))
    _check(answers_of(held) | dict(answers), on=timezone.localdate(now))
    at = now or timezone.now()
    rows = [
        Correction.objects.create(
            at=at, by=by, report=held, field=name, before=begun[name], after=after, reason=reason
        )
        for name, after in changed.items()
    ]
    for name in changed:
        setattr(held, name, answers[name])
    held.save(update_fields=list(changed))
    detail = {"corrections": len(rows), "dossier": held.dossier.reference}
    record(by=by, action="correct_report", kind="report", object=held.reference, detail=detail)
    if "institution" in changed:
        end_conflicts(held.dossier, by=by, at=at)
    return rows


@transaction.atomic
def take_over(
    dossier: Dossier, *, of: Report, field: str, by: User, now: datetime | None = None
) -> Correction | None:
    """The dossier gets the institution, or the kind of childcare, of one of its reports.

    Returns None when it had that already. Raises Refused.
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if field not in TAKEN_OVER or of.dossier_id != dossier.pk:
        raise Refused(gettext("Deze melding zit niet in dit dossier."))
    of.refresh_from_db()
    if field == "setting" and Sector.CHILDCARE not in (dossier.sector, of.sector):
        raise Refused(gettext("Soort opvang hoort alleen bij kinderopvang."))
    before, after = (as_texts({field: getattr(each, field)})[field] for each in (dossier, of))
    if before == after:
        return None
    row = Correction.objects.create(
        at=now or timezone.now(), by=by, dossier=dossier, field=field, before=before, after=after,
        reason=CorrectionReason.FROM_REPORT,
    )  # fmt: skip
    setattr(dossier, field, getattr(of, field))
    dossier.save(update_fields=[field])
    detail = {"corrections": 1, "report": of.reference}
    record(by=by, action="correct_dossier", kind="dossier", object=dossier.reference, detail=detail)
    return row


def as_texts(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers as a correction holds them."""
    return {name: _text(value) for name, value in answers.items()}


def received_before(moment: datetime) -> dict[int, date]:
    """Report -> the day it was received on as it stood at that moment, for those of which that day
    was corrected later."""
    later = Correction.objects.filter(field="received_on", at__gt=moment).order_by("-at", "-pk")
    rows = later.values_list("report", "before")
    return {report: date.fromisoformat(before) for report, before in rows if report}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Institution):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else str(value)


def _before(since: Iterable[Correction]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in since:
        found.setdefault(each.field, each.before)
    return found


def _check(answers: Mapping[str, Any], *, on: date) -> None:
    for name, known in CODES.items():
        if answers[name] not in list(known):
            raise Refused(gettext("Kies een antwoord."))
    if answers["subcategory"] and answers["subcategory"] not in codes.subcategory_names(
        answers["category"]
    ):
        raise Refused(gettext("Deze subcategorie hoort bij een andere categorie."))
    is_childcare = answers["sector"] == Sector.CHILDCARE
    if answers["setting"] not in (list(Setting) if is_childcare else [""]):
        raise Refused(gettext("Soort opvang hoort alleen bij kinderopvang."))
    if any(answers[name] is not None and not 0 <= answers[name] <= OLDEST_AGE for name in AGES):
        raise Refused(gettext("Vul een leeftijd in van 0 tot en met 120."))
    days = [answers[name] for name in DAYS if answers[name]]
    if answers["received_on"] is None or any(not date(1900, 1, 1) <= day <= on for day in days):
        raise Refused(gettext("Deze dag kan niet: kies een dag die geweest is."))
    start, end = answers["happened_from"], answers["happened_until"]
    if start and end and end < start:
        raise Refused(gettext("De laatste dag ligt voor de eerste dag."))
