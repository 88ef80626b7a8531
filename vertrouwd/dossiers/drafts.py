"""Drafts: what somebody is writing, kept every few seconds, sealed to the writer alone.

Saving asks neither an unlock nor a look at what was saved before; a save is no act of its own in
the log, beginning, opening and throwing away are. What was stored as a report leaves no draft.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.unlock.keys import holder_of
from vertrouwd.audit.record import record as write_line
from vertrouwd.audit.record import refuse
from vertrouwd.dossiers.access import LARGEST_NUMBER
from vertrouwd.dossiers.casework_terms import DraftKind
from vertrouwd.dossiers.models import Draft, Message, Note
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.overwriting import overwrite_what_goes
from vertrouwd.sealing.own_texts import NotVouchedFor, open_own, seal_own

DAYS_KEPT = 14  # after the last save


@dataclass(frozen=True)
class Place:
    """Where a text belongs, by numbers: a dossier, in it a note that is changed, or the report
    whose reporter is written to. A call belongs nowhere yet."""

    dossier: int | None = None
    note: int | None = None
    report: int | None = None


NOWHERE = Place()


class NewerWindow(Exception):
    """The draft was saved in another window since this one saw it: nothing was overwritten."""


class Gone(Exception):
    """The draft was handed in or thrown away in another window."""


def save_draft(
    text: str,
    *,
    record: str,
    saved: int,
    window: str,
    kind: DraftKind,
    by: User,
    place: Place = NOWHERE,
    now: datetime | None = None,
) -> Draft:
    """Keep the text; `saved` is the number of the save that this window has seen, 0 for none.

    `window` names the page that saves: it may go on when the answer to its last save was lost.
    Raises NewerWindow, Gone, and NotVouchedFor or NotPinned when nothing can be sealed to `by`.
    """
    at, window = now or timezone.now(), window.replace("\0", "")  # PostgreSQL stores none
    try:
        with transaction.atomic():
            return _save(text, record, saved, window, kind, by, place, at)
    except IntegrityError:  # another request began this draft at the same moment
        with transaction.atomic():
            return _save(text, record, saved, window, kind, by, place, at)


def drafts_of(by: User, *, kind: DraftKind, now: datetime | None = None) -> list[Draft]:
    """What this person was writing, the newest first, each with `until` and `is_lost`.

    Lost is what was sealed to a key that was revoked since: nobody can open it.
    """
    return _newest_first(Q(author=by, kind=kind), now=now)


def drafts_in(
    dossiers: Collection[int],
    *,
    reports: Collection[int],
    by: User,
    now: datetime | None = None,
) -> list[Draft]:
    """What this person was writing in these dossiers or to the reporters of these reports; as
    `drafts_of`. The caller came through the door of the dossiers. One question."""
    here = Q(report__in=reports) | Q(report__isnull=True, dossier__in=dossiers)
    return _newest_first(here & Q(author=by), now=now)


def unfinished(by: User, *, now: datetime | None = None) -> list[Draft]:
    """Everything this person was writing, whatever and wherever; as `drafts_of`."""
    return _newest_first(Q(author=by), now=now)


def was_sent(place: Place, *, by: User, since: datetime) -> bool:
    """Whether this person put something there since: a save that comes after it is too late."""
    if place.report:
        return Message.objects.filter(report=place.report, by=by, at__gt=since).exists()
    notes = Note.objects.filter(dossier=place.dossier)
    if place.note:
        return notes.filter(pk=place.note, edited_by=by, edited_at__gt=since).exists()
    return notes.filter(by=by, at__gt=since).exists()


@transaction.atomic
def open_draft(
    number: int, *, by: User, opened: Opened, now: datetime | None = None
) -> tuple[Draft, str]:
    """A draft of one's own call and what it says, and the line that it was opened.

    Missing, too old and of somebody else give the same 404. Raises Unreadable.
    """
    draft = _own(number, by=by, now=now)
    return draft, text_of(draft, by=by, opened=opened)


@transaction.atomic
def text_of(draft: Draft, *, by: User, opened: Opened) -> str:
    """What a draft of one's own says, and the line that it was opened. Raises Unreadable."""
    text = open_own(bytes(draft.sealed), opened=opened, record=draft.record, saved=draft.saved)
    write_line(by=by, action="open_draft", kind="draft", object=str(draft.pk))
    return text


@transaction.atomic
def throw_away(number: int, *, by: User, now: datetime | None = None) -> None:
    """Delete a draft of one's own call. Missing and of somebody else give the same 404."""
    overwrite_what_goes()
    _throw_away(_own(number, by=by, now=now), by=by)


@transaction.atomic
def throw_away_text(record: str, *, by: User) -> None:
    """Delete the draft of a note or message of one's own; what is not there is gone already."""
    overwrite_what_goes()
    draft = Draft.objects.filter(record=record, author=by).exclude(kind=DraftKind.CALL).first()
    if draft is not None:
        _throw_away(draft, by=by)


def handed_in(record: str, *, by: User) -> None:
    """What was written became what it was for; the transaction of that act takes the draft.

    Without a record nothing was kept.
    """
    if record:
        Draft.objects.filter(record=record, author=by).delete()


@transaction.atomic
def forget_old_drafts(*, now: datetime) -> int:
    """Delete what nobody saved for DAYS_KEPT days; returns how many."""
    overwrite_what_goes()
    return Draft.objects.filter(saved_at__lte=now - timedelta(days=DAYS_KEPT)).delete()[0]


def _throw_away(draft: Draft, *, by: User) -> None:
    write_line(by=by, action="throw_away_draft", kind="draft", object=str(draft.pk))
    draft.delete()


def _save(
    text: str,
    record: str,
    saved: int,
    window: str,
    kind: DraftKind,
    by: User,
    place: Place,
    at: datetime,
) -> Draft:
    holder = holder_of(by)
    if holder is None:
        raise NotVouchedFor
    draft = Draft.objects.select_for_update().filter(record=record).first()
    if draft is None and saved:
        raise Gone
    if draft is None:
        draft = Draft(record=record, author=by, kind=kind, begun_at=at, saved=0)
        draft.dossier_id, draft.note_id = place.dossier, place.note
        draft.report_id = place.report
    elif draft.author_id != by.pk or draft.kind != kind:
        raise Gone
    elif draft.saved != saved and draft.window != window:
        raise NewerWindow
    is_new = draft.pk is None
    draft.saved += 1
    draft.holder, draft.window, draft.saved_at = holder, window, at
    draft.sealed = seal_own(text, holder=holder, record=record, saved=draft.saved)
    draft.save()
    if is_new:
        write_line(by=by, action="begin_draft", kind="draft", object=str(draft.pk))
    return draft


def _newest_first(found: Q, *, now: datetime | None) -> list[Draft]:
    oldest = (now or timezone.now()) - timedelta(days=DAYS_KEPT)
    rows = Draft.objects.filter(found, saved_at__gt=oldest).select_related(
        "holder", "report", "note"
    )
    drafts = list(rows.defer("sealed").order_by("-saved_at", "-pk"))
    for draft in drafts:
        draft.until = draft.saved_at + timedelta(days=DAYS_KEPT)  # type: ignore[attr-defined]
        draft.is_lost = draft.holder.revoked_at is not None  # type: ignore[attr-defined]
    return drafts


def _own(number: int, *, by: User, now: datetime | None) -> Draft:
    oldest = (now or timezone.now()) - timedelta(days=DAYS_KEPT)
    calls = Draft.objects.filter(author=by, kind=DraftKind.CALL)
    found = calls.filter(pk=number, saved_at__gt=oldest).first()
    if found is None:
        known = str(number) if number < LARGEST_NUMBER else ""  # an address may hold any digits
        refuse(by=by, action="open_draft", kind="draft", object=known)
        raise Http404
    return found
