"""How a row about a reporter is added, corrected or taken back: never overwritten, never twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.advice.models import (
    Advice,
    AssistStep,
    Choice,
    Confirmation,
    Entry,
    Referral,
    Result,
)
from vertrouwd.audit.record import record
from vertrouwd.dossiers.membership import lock_report
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import readable_words, seal_words, trimmed
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

KINDS: dict[str, type[Entry]] = {
    "advice": Advice,
    "choice": Choice,
    "referral": Referral,
    "result": Result,
    "step": AssistStep,
    "confirmation": Confirmation,
}
LONGEST_WORDS = 20_000  # characters
E = TypeVar("E", bound=Entry)


def held_report(report: Report) -> Report:
    """The report as it is once no other act can move it or add to it; needs a transaction."""
    return lock_report(report.pk)


def add(
    kind: type[E],
    report: Report,
    facts: Mapping[str, Any],
    *,
    by: User,
    action: str,
    detail: Mapping[str, object],
    corrects: E | None,
    after: int,
    now: datetime | None,
    words: str = "",
    opened: Opened | None = None,
) -> E:
    """Add a row to a report that is held, seal its words, and record the act.

    A form that is sent twice makes one row. Raises Refused when the words are too long, or when
    what is corrected is of another reporter or was corrected before.
    """
    words = _checked(words)
    rows: Any = kind._default_manager
    same = rows.filter(report=report, by=by, corrects=corrects, pk__gt=after, **facts)
    for earlier in same.filter(corrected_by__isnull=True, is_taken_back=False):
        if _says(earlier, words, opened=opened):
            return earlier
    _check_corrects(corrects, report)
    at = now or timezone.now()
    row: E = rows.create(report=report, at=at, by=by, corrects=corrects, **facts)
    if words:
        texts = {row.field: words}  # type: ignore[attr-defined]
        seal_words(report.record, Purpose.NOTES, texts, by=by, opened=opened, revision=1, now=at)
    told = {**detail, "row": row.pk, **({"corrects": corrects.pk} if corrects else {})}
    record(by=by, action=action, kind="report", object=report.reference, detail=told)
    return row


@transaction.atomic
def take_back(row: E, *, by: User, now: datetime | None = None) -> E:
    """The row was a mistake: a further one says so, and the earlier no longer stands.

    Raises Refused when it was corrected or taken back before.
    """
    report = held_report(row.report)
    _check_corrects(row, report)
    rows: Any = type(row)._default_manager
    same = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "report", "at", "by", "corrects", "is_taken_back")
    }
    at = now or timezone.now()
    made: E = rows.create(
        report=report, at=at, by=by, corrects=row, is_taken_back=True, **same
    )  # fmt: skip
    kind = next(name for name, each in KINDS.items() if each is type(row))
    record(
        by=by, action="take_back", kind="report", object=report.reference,
        detail={"what": kind, "row": made.pk, "corrects": row.pk},
    )  # fmt: skip
    return made


def _checked(words: str) -> str:
    words = trimmed(words)
    if len(words) > LONGEST_WORDS:
        raise Refused(gettext("Deze tekst is te lang. Maak er een aantekening van."))
    return words


def _says(row: Entry, words: str, *, opened: Opened | None) -> bool:
    field = getattr(row, "field", "")
    if not field or opened is None:
        return not words
    return readable_words(row.report.record, Purpose.NOTES, field, opened=opened) == words


def _check_corrects(row: Entry | None, report: Report) -> None:
    if row is None:
        return
    if row.report_id != report.pk:
        raise Refused(gettext("Dit is van een andere melder."))
    rows: Any = type(row)._default_manager
    if row.is_taken_back or rows.filter(corrects=row).exists():
        raise Refused(gettext("Dit was al verbeterd. Kijk opnieuw."))
