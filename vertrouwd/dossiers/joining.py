"""Joining and separating by somebody who looked at a preview: a reason, sealed words, and undo.

What was decided on what has changed meanwhile is not done: the person looks again. The acts on
the ledger itself are in `actions.py`.
"""

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers import actions
from vertrouwd.dossiers.casework_terms import JoinReason, SeparateReason
from vertrouwd.dossiers.may_move import check_may_move, check_may_undo
from vertrouwd.dossiers.membership import dossiers_of_undo, first_cause, lock_family, stands
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, seal_words
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

LONGEST_REASON = 2000  # characters


@transaction.atomic
def join_dossiers(
    source: Dossier,
    *,
    into: Dossier,
    reason: str,
    by: User,
    words: str = "",
    opened: Opened | None = None,
    seen: str = "",
    now: datetime | None = None,
) -> LedgerEvent:
    """All reports of `source` move into `into`, for a reason; the words with it are sealed there.

    `seen` is what the preview held (`contents`). Raises Refused when that changed, or when it is
    one dossier; MayNotMove unless `by` may open both without glass.
    """
    if reason not in list(JoinReason):
        raise Refused(gettext("Kies waarom het één zaak is."))
    if source.pk == into.pk:
        raise Refused(gettext("Dit is hetzelfde dossier."))
    lock_family(source.pk, into.pk)
    check_may_move(by, [source.pk, into.pk], now=now)
    _check_unchanged(seen, source.pk, into.pk)
    if not (source.reports.exists() and into.reports.exists()):
        raise Refused(gettext("Een van beide dossiers heeft geen meldingen meer. Kijk opnieuw."))
    event = actions.join(source, into=into, by=by, reason=reason, now=now)
    _seal_reason(event, into, words, by=by, opened=opened)
    return event


@transaction.atomic
def separate_report(
    report: Report,
    *,
    reason: str,
    by: User,
    words: str = "",
    opened: Opened | None = None,
    seen: str = "",
    now: datetime | None = None,
) -> LedgerEvent:
    """The report leaves its dossier for a new one, for a reason; sealed words stay where it was.

    Raises Refused when what the preview held changed, or when it is the only report there;
    MayNotMove unless `by` may open the dossier without glass.
    """
    if reason not in list(SeparateReason):
        raise Refused(gettext("Kies waarom deze melding er niet bij hoort."))
    source = report.dossier
    lock_family(source.pk)
    check_may_move(by, [source.pk], now=now)
    _check_unchanged(seen, source.pk)
    if source.reports.count() < 2 or not source.reports.filter(pk=report.pk).exists():
        raise Refused(gettext("Dit is de enige melding in dit dossier, of zij is al losgemaakt."))
    event = actions.separate(report, by=by, reason=reason, now=now)
    _seal_reason(event, source, words, by=by, opened=opened)
    return event


@transaction.atomic
def take_event_back(
    event: LedgerEvent, *, by: User, seen: str = "", now: datetime | None = None
) -> LedgerEvent:
    """Undo one event of the ledger, or its undo.

    `seen` is what the preview held, of the dossiers of the undo. Raises Refused when that changed,
    or when it was done before; MayNotMove unless `by` may open those dossiers without glass.
    """
    first = first_cause(event)
    if first.kind == LedgerKind.JOINED and first.source_id is None:
        raise Refused(gettext("Dit kan niet ongedaan worden gemaakt."))
    lock_family(first.source_id, first.dossier_id)
    if LedgerEvent.objects.filter(undoes=event).exists():
        raise Refused(gettext("Dit is al ongedaan gemaakt."))
    check_may_undo(by, event, now=now)
    if seen:
        _check_unchanged(seen, *dossiers_of_undo(event))
    return actions.undo(event, by=by, now=now)


@transaction.atomic
def not_the_same(
    first: Dossier, second: Dossier, *, by: User, now: datetime | None = None
) -> LedgerEvent:
    """Remember that a person judged so, by whichever way they may open both: nothing moves.

    Raises Refused when that stands there already.
    """
    if first.pk == second.pk:
        raise Refused(gettext("Dit is hetzelfde dossier."))
    lock_family(first.pk, second.pk)
    if are_kept_apart(first, second):
        raise Refused(gettext("Dit staat er al: het is niet dezelfde zaak."))
    return actions.keep_apart(first, second, by=by, now=now)


def are_kept_apart(first: Dossier, second: Dossier) -> bool:
    """Whether somebody said of these two: not the same case."""
    return any(other.pk == second.pk for other, _ in kept_apart_from(first))


def kept_apart_from(dossier: Dossier) -> list[tuple[Dossier, LedgerEvent]]:
    """The dossiers of which somebody said: not the same case as this one; with who said it."""
    said = LedgerEvent.objects.filter(
        Q(source=dossier) | Q(dossier=dossier), kind=LedgerKind.NOT_THE_SAME
    )
    pairs = []
    for event in said.select_related("source__institution", "dossier__institution", "by"):
        if not stands(event):
            continue
        other = event.dossier if event.source_id == dossier.pk else event.source
        assert other is not None
        pairs.append((other, event))
    return pairs


def contents(*dossiers: Dossier | int) -> str:
    """A word for which reports are in which of these dossiers; another when one of them moves."""
    rows = Report.objects.filter(dossier__in=dossiers).order_by("dossier", "pk")
    held = ",".join(f"{dossier}:{report}" for dossier, report in rows.values_list("dossier", "pk"))
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def reason_field(event: LedgerEvent) -> str:
    """Under which name the words of a reason are sealed with the texts of the dossier."""
    return f"event-{event.pk}"


def _check_unchanged(seen: str, *dossiers: int) -> None:
    if seen and seen != contents(*dossiers):
        raise Refused(
            gettext("Er is intussen een melding bij gekomen of weggegaan. Bekijk het opnieuw.")
        )


def _seal_reason(
    event: LedgerEvent, kept_in: Dossier, words: str, *, by: User, opened: Opened | None
) -> None:
    if words := fitting(words, longest=LONGEST_REASON):
        texts = {reason_field(event): words}
        seal_words(kept_in.record, Purpose.DOSSIER, texts, by=by, opened=opened, now=event.at)
