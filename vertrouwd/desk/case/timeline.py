"""What was done in a dossier, the last first: acts, never looks; in the words of an inspector."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.correcting_page import Line
from vertrouwd.desk.case.facts import day, joined, term
from vertrouwd.desk.colleagues import shown
from vertrouwd.dossiers.casework_terms import MessageFrom, Status
from vertrouwd.dossiers.joining import reason_field
from vertrouwd.dossiers.membership import first_cause, is_redone
from vertrouwd.dossiers.models import (
    Assignment,
    Coding,
    Dossier,
    GlassBreak,
    LedgerEvent,
    Message,
    Note,
    Report,
    StatusChange,
    Task,
)
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.privacy_requests.models import RequestedDossier, Restriction

Seen = set[int]  # the dossiers that who reads may open: of others no number is told


@dataclass(frozen=True)
class Entry:
    """One act. `event` is the number of the event that can be taken back here, if it can."""

    at: datetime
    who: str
    what: str
    other: str = ""  # the reference of another dossier, to go to
    words: str = ""  # the sealed reason
    event: int | None = None
    redo: bool = False


def events_of(dossier: Dossier, reports: Iterable[Report]) -> list[LedgerEvent]:
    """The events of the ledger about a dossier, and the undos of those, oldest first.

    `reports` are those that are in it. One question, one more when others were there, and one for
    each three undos of undos that somebody made.
    """
    every = LedgerEvent.objects
    rows = every.annotate(undo=F("undone_by"))
    found = {each.pk: each for each in rows.filter(Q(source=dossier) | Q(dossier=dossier))}
    while newer := {each.undo for each in found.values() if each.undo} - set(found):
        # Each step by an index; as one condition the database would read all of the ledger.
        steps = ("pk__in", "undoes__in", "undoes__undoes__in")
        first, *rest = (every.filter(**{each: newer}).order_by().values("pk") for each in steps)
        found |= {each.pk: each for each in rows.filter(pk__in=first.union(*rest))}
    known = {report.pk: report for report in reports}
    if gone := {each.report_id for each in found.values() if each.report_id} - set(known):
        known |= Report.objects.in_bulk(gone)
    for each in found.values():
        if each.undoes_id:
            each.undoes = found[each.undoes_id]
        if each.report_id:
            each.report = known[each.report_id]
    return [found[pk] for pk in sorted(found)]


def entries_of_events(
    events: Iterable[LedgerEvent], *, dossier: Dossier, seen: Seen, reasons: Callable[[str], str]
) -> Iterator[Entry]:
    """What happened to the reports; `reasons` gives the sealed words of a field, or nothing."""
    events = list(events)
    taken_back = {each.undoes_id for each in events if each.undoes_id}
    for event in events:
        first = first_cause(event)
        what, other = _moved(first, dossier)
        if event.undoes_id:
            what = f"{_undone(event)}: {what}"
        is_intake = first.kind == LedgerKind.JOINED and first.source_id is None
        yield Entry(
            event.at,
            shown(event.by),
            what if event.undoes_id or not event.reason else f"{what} ({term(event.reason)})",
            other=Dossier(pk=other).reference if other in seen else "",
            words="" if event.undoes_id else reasons(reason_field(event)),
            event=None if is_intake or event.pk in taken_back else event.pk,
            redo=is_redone(event),
        )


def entries_of_work(
    *,
    codings: Iterable[Coding],
    statuses: Iterable[StatusChange],
    assignments: Iterable[Assignment],
    glass: Iterable[GlassBreak],
    notes: Iterable[Note],
    tasks: Iterable[Task],
    messages: Iterable[Message],
) -> Iterator[Entry]:
    """What people did."""
    for coding in codings:
        words = gettext("Gecodeerd als %(coding)s") % {
            "coding": joined(coding.category, coding.subcategory, coding.sector)
        }
        yield _by(coding.at, coding.by, f"{words} ({term(coding.reason)})")
    for change in statuses:
        yield _by(change.at, change.by, _status(change))
    for held in assignments:
        person = {"name": shown(held.user)}
        yield _by(held.since, held.assigned_by, gettext("Toegewezen aan %(name)s") % person)
        if held.until and held.ended_by:
            words = gettext("%(name)s behandelt dit dossier niet meer") % person
            yield _by(held.until, held.ended_by, words)
    for broken in glass:
        yield _by(
            broken.opened_at, broken.user, f"{gettext('Glas gebroken')}: {term(broken.ground)}"
        )
    for note in notes:
        yield _by(note.at, note.by, f"{gettext('Opgeschreven')}: {term(note.kind)}")
    for task in tasks:
        words = f"{term(task.kind)}, {day(task.due_on)}"
        yield _by(task.made_at, task.made_by, f"{gettext('Taak gemaakt')}: {words}")
        if task.done_at and task.done_by:
            yield _by(task.done_at, task.done_by, f"{gettext('Taak gedaan')}: {words}")
    for message in messages:
        report = {"report": message.report.reference}
        if message.sender == MessageFrom.INSPECTOR and message.by:
            words = gettext("Bericht geschreven aan de melder van %(report)s") % report
            yield _by(message.at, message.by, words)
        else:
            words = gettext("Bericht gekomen van de melder van %(report)s") % report
            yield Entry(message.at, gettext("melder"), words)


def entries_of_corrections(lines: Iterable[Line]) -> Iterator[Entry]:
    """What was corrected: one entry for each answer, with the report it is of."""
    for line in lines:
        of = f" ({line.row.report.reference})" if line.row.report else ""
        words = f"{line.what}{of}: {line.before} → {line.after}"
        yield Entry(line.row.at, line.who, f"{gettext('Verbeterd')}: {words}")


def entries_of_duties(
    assessments: Iterable[DutyAssessment], steps: Iterable[TrackStep]
) -> Iterator[Entry]:
    """What the law was found to ask, and the steps that were taken."""
    for found in assessments:
        words = f"{gettext('Plichten beoordeeld')}: {term(found.reason)}"
        yield _by(found.at, found.by, words)
    for step in steps:
        words = f"{term(step.step).capitalize()}, {day(step.on)}"
        yield _by(step.recorded_at, step.by, words)
        if step.withdrawn_at and step.withdrawn_by:
            yield _by(step.withdrawn_at, step.withdrawn_by, f"{gettext('Ingetrokken')}: {words}")


def entries_of_requests(
    asked: Iterable[RequestedDossier], restrictions: Iterable[Restriction]
) -> Iterator[Entry]:
    """That somebody asked about their own data here, and when the dossier was left alone."""
    for about in asked:
        what = f"{gettext('Verzoek van wie het betreft')}: {term(about.request.kind)}"
        yield _by(about.added_at, about.added_by, what)
    for held in restrictions:
        yield _by(held.at, held.by, gettext("Beperkt: dit dossier wordt alleen bewaard"))
        if held.lifted_at and held.lifted_by:
            yield _by(held.lifted_at, held.lifted_by, gettext("Beperking opgeheven"))


def latest_first(*entries: Iterable[Entry]) -> list[Entry]:
    """All of them, in one list."""
    together = [entry for some in entries for entry in some]
    return sorted(together, key=lambda entry: entry.at, reverse=True)


def last_arrival(events: Iterable[LedgerEvent], *, dossier: Dossier) -> datetime | None:
    """When reports last came into the dossier: a decision on its coding holds until then."""
    arrivals = [
        event.at
        for event in events
        if first_cause(event).kind != LedgerKind.NOT_THE_SAME
        and (event.undoes_id or event.dossier_id == dossier.pk)
    ]
    return max(arrivals, default=None)


def just_done(
    entries: Iterable[Entry], events: Iterable[LedgerEvent], *, by: User, since: datetime
) -> Entry | None:
    """The join or separation that this person did a moment ago, to take back with one click."""
    own = {each.pk for each in events if each.by_id == by.pk and each.at >= since}
    return next((entry for entry in entries if entry.event in own), None)


def _moved(event: LedgerEvent, here: Dossier) -> tuple[str, int | None]:
    """In words, and the number of the other dossier that has a part in it."""
    other = event.source_id if event.dossier_id == here.pk else event.dossier_id
    report = event.report.reference if event.report else ""
    match event.kind:
        case LedgerKind.JOINED if event.source_id is None:
            channel = term(event.report.channel) if event.report else ""
            return f"{gettext('Melding ontvangen')}: {report} ({channel})", None
        case LedgerKind.JOINED if event.dossier_id == here.pk:
            return gettext("Ander dossier hierbij gevoegd"), other
        case LedgerKind.JOINED:
            return gettext("Dit dossier bij een ander gevoegd"), other
        case LedgerKind.SEPARATED if event.source_id == here.pk:
            return f"{gettext('Melding losgemaakt')}: {report}", other
        case LedgerKind.SEPARATED:
            return f"{gettext('Geopend met een losgemaakte melding')}: {report}", other
    return gettext("Niet dezelfde zaak als een ander dossier"), other


def _undone(event: LedgerEvent) -> str:
    """An undo of an undo does it again."""
    depth, each = 0, event
    while each.undoes is not None:
        depth, each = depth + 1, each.undoes
    return gettext("Ongedaan gemaakt") if depth % 2 else gettext("Weer gedaan")


def _status(change: StatusChange) -> str:
    match change.after:
        case Status.CLOSED:
            return f"{gettext('Gesloten')}: {term(change.outcome)}"
        case Status.WAITING:
            return gettext("Wacht op de melder")
    if change.before == Status.CLOSED:
        return f"{gettext('Weer geopend')}: {term(change.reason)}"
    return gettext("Wacht niet meer op de melder")


def _by(at: datetime, by: User, what: str) -> Entry:
    return Entry(at, shown(by), what)
