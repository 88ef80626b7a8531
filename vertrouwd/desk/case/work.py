"""What the forms of a dossier start from, and the rows they are about, of this dossier alone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.forms import NoteForm, TaskForm
from vertrouwd.desk.case.page import DossierPage
from vertrouwd.desk.numbers import OF_A_ROW, number_of
from vertrouwd.dossiers.casework_terms import NoteKind, Status
from vertrouwd.dossiers.handlers import handlers_of
from vertrouwd.dossiers.messages import mark_read_by_team, with_mailbox
from vertrouwd.dossiers.models import Coding, Dossier, Message, Note, Report, Task
from vertrouwd.dossiers.notes import Changed, words_of
from vertrouwd.dossiers.tasks import tasks_known_to
from vertrouwd.dossiers.whereabouts import merged_into
from vertrouwd.duties.clocks import clocks
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Mailbox:
    """The mailbox of one report, with what was written in it."""

    report: Report
    is_there: bool  # its reporter has a code that opens it
    messages: list[tuple[Message, str | None]]

    @property
    def last(self) -> int:
        """The number of the last message, for the form of a next one."""
        return self.messages[-1][0].pk if self.messages else 0


def note_form(page: DossierPage, begun: dict[str, Any]) -> NoteForm:
    """To write something down, on the page itself; `begun` is what a draft holds."""
    return NoteForm(initial={"kind": NoteKind.NOTE, "after": page.last_note} | begun)


def form_of_a_note_that_left(typed: QueryDict) -> NoteForm:
    """The typed words again, as a new note: the one that was changed went with its report."""
    anew = typed.copy()
    anew["note"] = anew["expected"] = ""
    form = NoteForm(anew)
    form.add_error(
        None,
        gettext(
            "De aantekening die u veranderde hoort niet meer bij dit dossier. Er is niets bewaard. "
            "Uw tekst staat hieronder: bewaar hem hier als nieuwe aantekening, of neem hem mee "
            "naar het andere dossier."
        ),
    )
    return form


def task_form(page: DossierPage) -> TaskForm:
    """To put down a task, on the page itself."""
    people = [assignment.user for assignment in page.handlers]
    form = TaskForm(people=people, initial=next_task() | {"after": page.last_task})
    form.auto_id = "task_%s"  # beside the form of a note
    return form


def next_task() -> dict[str, Any]:
    """A day for a next task: a week from now, until somebody says otherwise."""
    return {"due_on": timezone.localdate() + A_WEEK}


def who_handle(dossier: Dossier) -> list[User]:
    """Who may be given a task."""
    return [assignment.user for assignment in handlers_of(dossier)]


def coded(dossier: Dossier) -> dict[str, Any]:
    """What the form of the coding begins with."""
    last = dossier.codings.last()
    values = {name: getattr(dossier, name) for name in ("category", "subcategory", "sector")}
    return values | {"seen": last.pk if last else 0}


def codings(dossier: Dossier) -> list[Coding]:
    """The decisions on its coding, the last first."""
    return list(dossier.codings.select_related("by").order_by("-pk"))


def is_closed(dossier: Dossier) -> bool:
    return dossier.status == Status.CLOSED


def open_tasks(dossier: Dossier, *, by: User) -> int:
    """How many tasks are not done."""
    return tasks_known_to(by).filter(dossier__in=parts(dossier), done_at__isnull=True).count()


def is_owed(dossier: Dossier) -> bool:
    """Whether the law still asks something that nobody put down as done."""
    return bool(clocks(dossier).due)


def note_of(dossier: Dossier, number: str | None) -> Note | None:
    """A note of this dossier, or of what became part of it; None for any other number."""
    notes = Note.objects.filter(dossier__in=parts(dossier)).select_related("dossier", "edited_by")
    return notes.filter(pk=number_of(number, digits=OF_A_ROW)).first()


def task_of(dossier: Dossier, number: int, *, by: User) -> Task | None:
    """A task of this dossier, or of what became part of it."""
    tasks = tasks_known_to(by).filter(dossier__in=parts(dossier)).select_related("dossier")
    return tasks.filter(pk=number).first()


def words_of_note(note: Note, *, opened: Opened) -> dict[str, Any]:
    """What the form of an edit begins with."""
    try:
        words = words_of(note, opened=opened)
    except Unreadable:
        words = ""
    return {"kind": note.kind, "words": words, "note": note.pk, "expected": note.revision}


def changed_form(changed: Changed, words: str) -> NoteForm:
    """One's own words again, now as an edit of what a colleague made of it."""
    note = changed.note
    return NoteForm(
        initial={"kind": note.kind, "words": words, "note": note.pk, "expected": note.revision}
    )


def report_of(dossier: Dossier, reference: str) -> Report | None:
    """A report that is in this dossier now; None for any other."""
    number = number_of(reference.removeprefix("M-"), digits=OF_A_ROW)
    found = dossier.reports.select_related("dossier", "institution").filter(pk=number).first()
    return found if found is not None and found.reference == reference else None


def mailbox(dossier: Dossier, reference: str, *, opened: Opened) -> Mailbox | None:
    """That of one report of this dossier; None for any other.

    What the reporter wrote counts as read once somebody who handles the dossier has it open, or
    anybody while nobody does: a colleague who stands in takes no news away.
    """
    report = report_of(dossier, reference)
    if report is None:
        return None
    texts = open_many([report.record], purposes=[Purpose.THREAD], opener=opened)[report.record]
    rows = report.messages.select_related("by")
    written = [(message, texts.words(message.field)) for message in rows]
    if getattr(dossier, "through", "") == "assigned" or not handlers_of(dossier).exists():
        mark_read_by_team(report, now=timezone.now())
    return Mailbox(report, bool(with_mailbox([report.record])), written)


def parts(dossier: Dossier) -> list[Dossier]:
    """The dossier, and what became part of it."""
    return [dossier, *merged_into(dossier)]
