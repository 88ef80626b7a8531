"""What the page for taking something back shows: what happened, and what would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.desk.case import timeline
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.membership import first_cause, is_redone
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.dossiers.undo_previews import UndoPreview, of_undo


@dataclass(frozen=True)
class UndoPage:
    """An undo to decide on. Of a dossier that one may not open, no number is told."""

    entry: timeline.Entry
    preview: UndoPreview
    seen: set[int]


def undo_page(event: LedgerEvent, *, here: Dossier, by: User) -> UndoPage:
    """What to decide on."""
    now = timezone.now()
    preview, first = of_undo(event, now=now), first_cause(event)
    named = {first.source_id, first.dossier_id, *_named(preview)}
    asked = [pk for pk in named if pk]
    seen = set(visible_dossiers(by, now=now).filter(pk__in=asked).values_list("pk", flat=True))
    [entry] = timeline.entries_of_events([event], dossier=here, seen=seen, reasons=lambda field: "")
    return UndoPage(entry, preview, seen | {here.pk})


def can_be_undone(event: LedgerEvent) -> bool:
    """Whether it still holds, and is not the intake of a report."""
    first = first_cause(event)
    is_intake = first.kind == LedgerKind.JOINED and first.source_id is None
    return not is_intake and not LedgerEvent.objects.filter(undoes=event).exists()


def word_about(event: LedgerEvent) -> TaskKind:
    """What somebody thinks who would take this back."""
    joins = first_cause(event).kind == LedgerKind.JOINED
    return TaskKind.SAME_CASE if joins == is_redone(event) else TaskKind.OTHER_CASE


def where_to_after(here: Dossier, event: LedgerEvent, *, by: User) -> str:
    """The address of this dossier, or of the other one when only that one is left to open."""
    first = first_cause(event)
    return first_open([here, first.dossier, first.source], by=by)


def first_open(dossiers: Iterable[Dossier | None], *, by: User) -> str:
    """The address of the first of these that one may open, or else of the work list."""
    asked = [each for each in dossiers if each]
    seen = visible_dossiers(by, holding_reports=True).in_bulk([each.pk for each in asked])
    found = next((each for each in asked if each.pk in seen), None)
    return f"/dossiers/{found.reference}" if found else "/dossiers"


def entries_of_emptied(reference: str, others: Iterable[Dossier]) -> list[timeline.Entry]:
    """What happened to the reports of a dossier that holds none now, the last first.

    `others` are the dossiers with its reports that one may open; nothing is told unless those are
    all of them.
    """
    theirs = list(others)
    emptied = Dossier.objects.get(pk=int(reference.removeprefix("D-")))
    passed = Report.objects.filter(events__dossier=emptied)
    if passed.exclude(dossier__in=theirs).exists():
        return []
    events = timeline.events_of(emptied, [])
    prefetch_related_objects(events, "by")
    seen = {each.pk for each in theirs}
    return timeline.latest_first(
        timeline.entries_of_events(events, dossier=emptied, seen=seen, reasons=lambda field: "")
    )


def _named(preview: UndoPreview) -> set[int]:
    moves = {pk for move in preview.moves for pk in (move.before.pk, move.after.pk)}
    held = {each.dossier.pk for each in preview.access}
    return moves | held | {each.pk for each in (*preview.closes, *preview.opens)}
