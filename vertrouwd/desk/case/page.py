"""The page of one dossier: everything an inspector works with, opened for this one request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.db.models import Prefetch, Q, prefetch_related_objects

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.desk.case import panels, timeline
from vertrouwd.desk.case.correcting_page import Line, in_words
from vertrouwd.desk.case.facts import Facts, facts_of_dossier, facts_of_report, wanted
from vertrouwd.desk.case.people import Knower, need_to_know
from vertrouwd.desk.case.told import PURPOSES, Told, told
from vertrouwd.dossiers import ledger
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.conflicts import Conflict, coding_of, disagreement
from vertrouwd.dossiers.membership import as_event
from vertrouwd.dossiers.messages import with_mailbox
from vertrouwd.dossiers.models import (
    Assignment,
    Coding,
    Correction,
    Dossier,
    GlassBreak,
    LedgerEvent,
    Message,
    Note,
    Report,
    Task,
)
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.dossiers.whereabouts import merged_into
from vertrouwd.sealing.many_texts import OpenedTexts, open_many
from vertrouwd.sealing.opening import Opened

JUST_NOW = timedelta(minutes=30)
ENTRIES_IN_SIGHT = 12  # of the timeline; the earlier ones are folded away


@dataclass(frozen=True)
class ReportOnPage:
    """One report with its facts, what its reporter wants, its texts and its mailbox."""

    report: Report
    facts: Facts
    wanted: Facts
    texts: Told
    has_mailbox: bool
    messages: int
    corrections: list[Line]  # of its coded answers, the last first


Row = TypeVar("Row", Note, Task)


@dataclass(frozen=True)
class Written(Generic[Row]):
    """A note or a task with its words; None when they cannot be opened."""

    row: Row
    words: str | None


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
    conflict: Conflict | None
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
    reports = _reports(dossier)
    merged = list(merged_into(dossier))
    parts = [dossier, *merged]
    records = [part.record for part in parts] + [each.record for each in reports]
    texts = open_many(records, purposes=PURPOSES, opener=opened)
    events = timeline.events_of(dossier)
    assignments = list(dossier.assignments.select_related("user", "assigned_by", "ended_by"))
    glass = list(dossier.glass_breaks.select_related("user"))
    codings = list(dossier.codings.select_related("by"))
    notes, tasks = _notes(parts), _tasks(parts)
    messages = _messages(reports)
    corrected = in_words(_corrections(dossier, reports))
    seen = _seen(dossier, by, events, now=now)
    entries = timeline.latest_first(
        timeline.entries_of_events(
            events,
            dossier=dossier,
            seen=set(seen),
            reasons=lambda field: _reason(field, texts, parts),
        ),
        timeline.entries_of_work(
            codings=codings,
            statuses=dossier.status_changes.select_related("by"),
            assignments=assignments,
            glass=glass,
            notes=notes,
            tasks=tasks,
            messages=messages,
        ),
        timeline.entries_of_corrections(corrected),
        timeline.entries_of_duties([part.pk for part in parts]),
        timeline.entries_of_requests([part.pk for part in parts]),
    )
    shown = told(texts[dossier.record])
    on_page = _on_page(reports, texts, messages, corrected)
    written_tasks = [Written(task, _words(task, texts)) for task in tasks]
    _write_down(dossier, by=by, read=[shown, *(each.texts for each in on_page)], reports=reports)
    return DossierPage(
        dossier=dossier,
        facts=facts_of_dossier(
            dossier, first=min((each.received_on for each in reports), default=None)
        ),
        handlers=[each for each in assignments if each.until is None or each.until > now],
        knowers=need_to_know(
            dossier,
            institutions={dossier.institution_id, *(each.institution_id for each in reports)},
            assignments=assignments,
            glass=glass,
            now=now,
        ),
        texts=shown,
        reports=on_page,
        merged=merged,
        notes=[Written(note, _words(note, texts)) for note in reversed(notes)],
        open_tasks=[each for each in written_tasks if each.row.done_at is None],
        done_tasks=[each for each in written_tasks if each.row.done_at is not None],
        codings=codings[::-1],
        conflict=_conflict(dossier, reports, codings, events),
        apart=_apart(dossier, events, seen),
        panels=panels.filled(dossier, by=by, opened=opened, now=now),
        entries=entries[:ENTRIES_IN_SIGHT],
        earlier=entries[ENTRIES_IN_SIGHT:],
        just_done=timeline.just_done(entries, events, by=by, since=now - JUST_NOW),
        glass=next(
            (g for g in glass if g.user_id == by.pk and g.opened_at <= now < g.ends_at), None
        ),
    )


def _reports(dossier: Dossier) -> list[Report]:
    """Fetched with the dossier, so that its panels ask for them no more."""
    rows = Report.objects.select_related("institution", "conversation")
    rows = rows.prefetch_related("wishes", "consents").order_by("received_on", "pk")
    prefetch_related_objects([dossier], Prefetch("reports", rows))
    return list(dossier.reports.all())


def _notes(parts: list[Dossier]) -> list[Note]:
    rows = Note.objects.filter(dossier__in=parts)
    return _of(parts, list(rows.select_related("by", "edited_by")))


def _tasks(parts: list[Dossier]) -> list[Task]:
    rows = Task.objects.filter(dossier__in=parts)
    return _of(parts, list(rows.select_related("made_by", "owner", "done_by")))


def _of(parts: list[Dossier], rows: list[Row]) -> list[Row]:
    """The same rows, each with its dossier."""
    known = {part.pk: part for part in parts}
    for row in rows:
        row.dossier = known[row.dossier_id]
    return rows


def _messages(reports: list[Report]) -> list[Message]:
    known = {report.pk: report for report in reports}
    found = list(Message.objects.filter(report__in=known).select_related("by"))
    for message in found:
        message.report = known[message.report_id]
    return found


def _corrections(dossier: Dossier, reports: list[Report]) -> list[Correction]:
    of_them = Q(report__in=reports) | Q(dossier=dossier)
    return list(Correction.objects.filter(of_them).select_related("by", "report").order_by("-pk"))


def _words(row: Note | Task, texts: dict[str, OpenedTexts]) -> str | None:
    return texts[row.dossier.record].words(row.field)


def _on_page(
    reports: list[Report],
    texts: dict[str, OpenedTexts],
    messages: list[Message],
    corrected: list[Line],
) -> list[ReportOnPage]:
    mailboxes = with_mailbox([each.record for each in reports])
    return [
        ReportOnPage(
            report=each,
            facts=facts_of_report(each),
            wanted=wanted(each, conversation=getattr(each, "conversation", None)),
            texts=told(texts[each.record]),
            has_mailbox=each.record in mailboxes,
            messages=sum(message.report_id == each.pk for message in messages),
            corrections=[line for line in corrected if line.row.report_id == each.pk],
        )
        for each in reports
    ]


def _seen(
    dossier: Dossier, by: User, events: list[LedgerEvent], *, now: datetime
) -> dict[int, Dossier]:
    """Of the dossiers that these events name, those that who reads may open."""
    named = {pk for event in events for pk in (event.source_id, event.dossier_id) if pk}
    others = sorted(named - {dossier.pk})
    if not others:  # as of most dossiers
        return {dossier.pk: dossier}
    found = visible_dossiers(by, now=now).select_related("institution").in_bulk(others)
    return {dossier.pk: dossier} | found


def _reason(field: str, texts: dict[str, OpenedTexts], parts: list[Dossier]) -> str:
    found = (texts[part.record].words(field) for part in parts)
    return next((words for words in found if words), "")


def _conflict(
    dossier: Dossier, reports: list[Report], codings: list[Coding], events: list[LedgerEvent]
) -> Conflict | None:
    """As `conflicts.conflicts`, of this one dossier: a decision holds until reports come in."""
    found = disagreement(dossier.pk, [coding_of(dossier), *map(coding_of, reports)])
    arrival = timeline.last_arrival(events, dossier=dossier)
    if found and reports and (not codings or (arrival and codings[-1].at < arrival)):
        return found
    return None


def _apart(dossier: Dossier, events: list[LedgerEvent], seen: dict[int, Dossier]) -> list[Apart]:
    """The judgements that stand, about dossiers that who reads may open."""
    standing = {event.number for event in ledger.standing(map(as_event, events))}
    said = [e for e in events if e.kind == LedgerKind.NOT_THE_SAME and e.pk in standing]
    pairs = [(e.dossier_id if e.source_id == dossier.pk else e.source_id, e) for e in said]
    return [Apart(seen[pk], event) for pk, event in pairs if pk in seen]


def _write_down(dossier: Dossier, *, by: User, read: list[Told], reports: list[Report]) -> None:
    record(
        by=by,
        action="open_texts",
        kind="dossier",
        object=dossier.reference,
        detail={"texts": sum(len(each.opened) for each in read), "reports": len(reports)},
    )
