"""Where each report is: a fold over events that are only ever added. No Django here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vertrouwd.dossiers.terms import LedgerKind


@dataclass(frozen=True)
class Event:
    """One event; dossiers and reports are numbers. Meaning of the fields: `models.LedgerEvent`."""

    number: int
    kind: LedgerKind
    report: int | None = None
    source: int | None = None
    dossier: int | None = None
    undoes: int | None = None


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that hold, in order: those that were undone are left out.

    An undo can itself be undone; then what it undid holds again.
    """
    ordered = sorted(events, key=lambda event: event.number)
    undone: set[int] = set()
    for event in reversed(ordered):
        if event.undoes is not None and event.number not in undone:
            undone.add(event.undoes)
    return [e for e in ordered if e.number not in undone and e.kind != LedgerKind.UNDONE]


def membership(events: Iterable[Event]) -> dict[int, int]:
    """Report -> the dossier it is in, after the events that hold."""
    where: dict[int, int] = {}
    holds: dict[int, set[int]] = {}
    for event in standing(events):
        if event.dossier is None or event.kind == LedgerKind.NOT_THE_SAME:
            continue
        if event.report is not None:
            movers = {event.report}
            holds.get(where.get(event.report, 0), set()).discard(event.report)
        else:
            movers = holds.pop(event.source or 0, set())
        holds.setdefault(event.dossier, set()).update(movers)
        where.update(dict.fromkeys(movers, event.dossier))
    return where


def kept_apart(events: Iterable[Event]) -> set[frozenset[int]]:
    """The pairs of dossiers of which a person said: not the same case."""
    return {
        frozenset((event.source, event.dossier))
        for event in standing(events)
        if event.kind == LedgerKind.NOT_THE_SAME
        and event.source is not None
        and event.dossier is not None
    }


def moves(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """The reports that are elsewhere afterwards, with their new dossier."""
    return {report: dossier for report, dossier in after.items() if before.get(report) != dossier}
