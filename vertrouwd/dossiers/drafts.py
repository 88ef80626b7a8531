"""Drafts: what somebody is writing, kept every few seconds, sealed to the writer alone.

Saving asks neither an unlock nor a look at what was saved before; a save is no act of its own in
the log, beginning, opening and throwing away are. What was stored as a report leaves no draft.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.unlock.keys import holder_of
from vertrouwd.audit.record import record as write_line
from vertrouwd.audit.record import refuse
from vertrouwd.dossiers.access import LARGEST_NUMBER
from vertrouwd.dossiers.casework_terms import DraftKind
from vertrouwd.dossiers.models import Dossier, Draft
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.overwriting import overwrite_what_goes
from vertrouwd.sealing.own_texts import NotVouchedFor, open_own, seal_own

DAYS_KEPT = 14  # after the last save


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
    dossier: Dossier | None = None,
    now: datetime | None = None,
) -> Draft:
    """Keep the text; `saved` is the number of the save that this window has seen, 0 for none.

    `window` names the page that saves: it may go on when the answer to its last save was lost.
    Raises NewerWindow, Gone, and NotVouchedFor or NotPinned when nothing can be sealed to `by`.
    """
    at = now or timezone.now()
    try:
        with transaction.atomic():
            return _save(text, record, saved, window, kind, by, dossier, at)
    except IntegrityError:  # another request began this draft at the same moment
        with transaction.atomic():
            return _save(text, record, saved, window, kind, by, dossier, at)


def drafts_of(by: User, *, kind: DraftKind, now: datetime | None = None) -> list[Draft]:
    """What this person was writing, the newest first, each with `until` and `is_lost`.

    Lost is what was sealed to a key that was revoked since: nobody can open it.
    """
    oldest = (now or timezone.now()) - timedelta(days=DAYS_KEPT)
    found = Draft.objects.filter(author=by, kind=kind, saved_at__gt=oldest)
    drafts = list(found.select_related("holder").defer("sealed").order_by("-saved_at", "-pk"))
    for draft in drafts:
        draft.until = draft.saved_at + timedelta(days=DAYS_KEPT)  # type: ignore[attr-defined]
        draft.is_lost = draft.holder.revoked_at is not None  # type: ignore[attr-defined]
    return drafts


@transaction.atomic
def open_draft(
    number: int, *, by: User, opened: Opened, now: datetime | None = None
) -> tuple[Draft, str]:
    """A draft of one's own and what it says, and the line that it was opened.

    Missing, too old and of somebody else give the same 404. Raises Unreadable.
    """
    draft = _own(number, by=by, now=now)
    text = open_own(bytes(draft.sealed), opened=opened, record=draft.record, saved=draft.saved)
    write_line(by=by, action="open_draft", kind="draft", object=str(draft.pk))
    return draft, text


@transaction.atomic
def throw_away(number: int, *, by: User, now: datetime | None = None) -> None:
    """Delete a draft of one's own. Missing and of somebody else give the same 404."""
    overwrite_what_goes()
    draft = _own(number, by=by, now=now)
    write_line(by=by, action="throw_away_draft", kind="draft", object=str(draft.pk))
    draft.delete()


def handed_in(record: str, *, by: User) -> None:
    """What was written became what it was for; the transaction of that act takes the draft."""
    Draft.objects.filter(record=record, author=by).delete()


@transaction.atomic
def forget_old_drafts(*, now: datetime) -> int:
    """Delete what nobody saved for DAYS_KEPT days; returns how many."""
    overwrite_what_goes()
    return Draft.objects.filter(saved_at__lte=now - timedelta(days=DAYS_KEPT)).delete()[0]


def _save(
    text: str,
    record: str,
    saved: int,
    window: str,
    kind: DraftKind,
    by: User,
    dossier: Dossier | None,
    at: datetime,
) -> Draft:
    holder = holder_of(by)
    if holder is None:
        raise NotVouchedFor
    draft = Draft.objects.select_for_update().filter(record=record).first()
    if draft is None and saved:
        raise Gone
    if draft is None:
        draft = Draft(record=record, author=by, kind=kind, dossier=dossier, begun_at=at, saved=0)
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


def _own(number: int, *, by: User, now: datetime | None) -> Draft:
    oldest = (now or timezone.now()) - timedelta(days=DAYS_KEPT)
    found = Draft.objects.filter(pk=number, author=by, saved_at__gt=oldest).first()
    if found is None:
        known = str(number) if number < LARGEST_NUMBER else ""  # an address may hold any digits
        refuse(by=by, action="open_draft", kind="draft", object=known)
        raise Http404
    return found
