"""The page of one dossier: everything an inspector works with, opened for this one request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.desk.case import panels, timeline
from vertrouwd.desk.case.correcting_page import Line, in_words
from vertrouwd.desk.case.facts import Facts, facts_of_dossier, facts_of_report, wanted
from vertrouwd.desk.case.people import Knower, need_to_know
from vertrouwd.desk.case.rows import Rows, rows_of
from vertrouwd.desk.case.told import PURPOSES, Told, told
from vertrouwd.dossiers import ledger
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.disagreements import Disagreement, coding_of, disagreement
from vertrouwd.dossiers.membership import as_event
from vertrouwd.dossiers.messages import with_mailbox
from vertrouwd.dossiers.models import (
    Assignment,
    Coding,
    Dossier,
    GlassBreak,
    LedgerEvent,
    Note,
    Report,
    Task,
)
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.sealing.many_texts import OpenedTexts, open_many
from vertrouwd.sealing.opening import Opened

JUST_NOW = timedelta(minutes=30)
ENTRIES_IN_SIGHT = 12  # of the timeline; earlier ones are folded, but for what can be undone


@dataclass(frozen=True)
class ReportOnPage:
    """One report with its facts, what its reporter wants, its texts and its mailbox."""

    report: Report
    facts: Facts
    wanted: Facts
    texts: Told
    has_mailbox: bool
    messages: int
    news: int  # of those, how many the reporter wrote and nobody read
    corrections: list[Line]  # of its coded answers, the last first


Row = TypeVar("Row", Note, Task)


@dataclass(frozen=True)
class Written(Generic[Row]):
    """A note or a task with its words; None when they cannot be opened."""

    row: Row
    words: str | None
    other: Dossier | None = None  # that it names, when who reads may open it


@dataclass(frozen=True)
class Apart:
    """Somebody judged: not the same case as that dossier, which who reads may open."""

    dossier: Dossier
    event: LedgerEvent


@dataclass(frozen=True)
class DossierPage:
    """Everything the page shows."""

    dossier: Dossier
    facts: Facts
    handlers: list[Assignment]
    knowers: list[Knower]
    texts: Told
    reports: list[ReportOnPage]
    merged: list[Dossier]  # the emptied dossiers that became part of this one
    notes: list[Written[Note]]
    open_tasks: list[Written[Task]]
    done_tasks: list[Written[Task]]
    codings: list[Coding]
    disagreement: Disagreement | None
    apart: list[Apart]
    panels: list[panels.Filled]
    entries: list[timeline.Entry]
    earlier: list[timeline.Entry]
    just_done: timeline.Entry | None
    glass: GlassBreak | None  # the access by which one is here

    @property
    def rows(self) -> list[Report]:
        """The reports themselves."""
        return [each.report for each in self.reports]

    @property
    def last_note(self) -> int:
        """The number of the last note, for the form of a next one."""
        return max((each.row.pk for each in self.notes), default=0)

    @property
    def last_task(self) -> int:
        """The number of the last task, for the form of a next one."""
        return max((each.row.pk for each in (*self.open_tasks, *self.done_tasks)), default=0)


def read_dossier(dossier: Dossier, *, by: User, opened: Opened, now: datetime) -> DossierPage:
    """Open what is sealed in a dossier that came through the door, and write that it was opened."""
    rows = rows_of(dossier, by=by, now=now)
    records = [part.record for part in rows.parts] + [each.record for each in rows.reports]
    texts = open_many(records, purposes=PURPOSES, opener=opened)
    corrected = in_words(rows.corrections)
    seen = _seen(rows, by, now=now)
    entries = _entries(rows, corrected, texts, seen=set(seen))
    older = entries[ENTRIES_IN_SIGHT:]
    shown = told(texts[dossier.record])
    on_page = _on_page(rows, texts, corrected)
    tasks = [
        Written(each, _words(each, texts), seen.get(each.other_id or 0)) for each in rows.tasks
    ]
    _write_down(rows, by=by, read=[shown, *(each.texts for each in on_page)])
    return DossierPage(
        dossier=dossier,
        facts=facts_of_dossier(
            dossier, first=min((each.received_on for each in rows.reports), default=None)
        ),
        handlers=[each for each in rows.assignments if each.until is None or each.until > now],
        knowers=need_to_know(
            institutions=rows.institutions,
            assignments=rows.assignments,
            glass=rows.glass,
            now=now,
        ),
        texts=shown,
        reports=on_page,
        merged=rows.merged,
        notes=[Written(note, _words(note, texts)) for note in reversed(rows.notes)],
        open_tasks=[each for each in tasks if each.row.done_at is None],
        done_tasks=[each for each in tasks if each.row.done_at is not None],
        codings=rows.codings[::-1],
        disagreement=_disagreement(rows),
        apart=_apart(dossier, rows.events, seen),
        panels=panels.filled(rows, by=by, opened=opened, now=now),
        entries=entries[:ENTRIES_IN_SIGHT] + [each for each in older if each.event],
        earlier=[each for each in older if not each.event],
        just_done=timeline.just_done(entries, rows.events, by=by, since=now - JUST_NOW),
        glass=next(
            (g for g in rows.glass if g.user_id == by.pk and g.opened_at <= now < g.ends_at), None
        ),
    )


def _entries(
    rows: Rows, corrected: list[Line], texts: dict[str, OpenedTexts], *, seen: timeline.Seen
) -> list[timeline.Entry]:
    """The timeline."""
    parts = {part.pk for part in rows.parts}
    return timeline.latest_first(
        timeline.entries_of_events(
            rows.events,
            dossier=rows.dossier,
            seen=seen,
            reasons=lambda field: _reason(field, texts, rows.parts),
        ),
        timeline.entries_of_work(
            codings=rows.codings,
            statuses=rows.statuses,
            assignments=rows.assignments,
            glass=rows.glass,
            notes=rows.notes,
            tasks=rows.tasks,
            messages=rows.messages,
        ),
        timeline.entries_of_corrections(corrected),
        timeline.entries_of_duties(
            (each for each in rows.assessments if each.dossier_id in parts),
            (each for each in rows.steps if each.dossier_id in parts),
        ),
        timeline.entries_of_requests(rows.asked, rows.restrictions),
    )


def _words(row: Note | Task, texts: dict[str, OpenedTexts]) -> str | None:
    return texts[row.dossier.record].words(row.field)


def _on_page(
    rows: Rows, texts: dict[str, OpenedTexts], corrected: list[Line]
) -> list[ReportOnPage]:
    mailboxes = with_mailbox([each.record for each in rows.reports])
    return [
        ReportOnPage(
            report=each,
            facts=facts_of_report(each),
            wanted=wanted(each, conversation=getattr(each, "conversation", None)),
            texts=told(texts[each.record]),
            has_mailbox=each.record in mailboxes,
            messages=sum(message.report_id == each.pk for message in rows.messages),
            news=sum(row.report_id == each.pk and row.is_news for row in rows.messages),
            corrections=[line for line in corrected if line.row.report_id == each.pk],
        )
        for each in rows.reports
    ]


def _seen(rows: Rows, by: User, *, now: datetime) -> dict[int, Dossier]:
    """Of the dossiers that events and tasks name, those that who reads may open."""
    dossier = rows.dossier
    named = {pk for event in rows.events for pk in (event.source_id, event.dossier_id) if pk}
    named |= {task.other_id for task in rows.tasks if task.other_id}
    others = sorted(named - {dossier.pk})
    if not others:  # as of most dossiers
        return {dossier.pk: dossier}
    found = visible_dossiers(by, now=now).select_related("institution").in_bulk(others)
    return {dossier.pk: dossier} | found


def _reason(field: str, texts: dict[str, OpenedTexts], parts: list[Dossier]) -> str:
    found = (texts[part.record].words(field) for part in parts)
    return next((words for words in found if words), "")


def _disagreement(rows: Rows) -> Disagreement | None:
    """As `disagreements()`, of this one dossier: a decision holds until reports come in."""
    dossier, reports, codings = rows.dossier, rows.reports, rows.codings
    found = disagreement(dossier.pk, [coding_of(dossier), *map(coding_of, reports)])
    arrival = timeline.last_arrival(rows.events, dossier=dossier)
    if found and reports and (not codings or (arrival and codings[-1].at < arrival)):
        return found
    return None


def _apart(dossier: Dossier, events: list[LedgerEvent], seen: dict[int, Dossier]) -> list[Apart]:
    """The judgements that stand, about dossiers that who reads may open."""
    standing = {event.number for event in ledger.standing(map(as_event, events))}
    said = [e for e in events if e.kind == LedgerKind.NOT_THE_SAME and e.pk in standing]
    pairs = [(e.dossier_id if e.source_id == dossier.pk else e.source_id, e) for e in said]
    return [Apart(seen[pk], event) for pk, event in pairs if pk in seen]


def _write_down(rows: Rows, *, by: User, read: list[Told]) -> None:
    texts, reports = sum(len(each.opened) for each in read), len(rows.reports)
    record(
        by=by, action="open_texts", kind="dossier", object=rows.dossier.reference,
        detail={"texts": texts, "reports": reports},
    )  # fmt: skip
