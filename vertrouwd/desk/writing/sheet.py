"""The sheet a note or a message is written on: signed for who opened the form, and for its place.

Like the sheet of a call it shows that a form came from our own page and from that person, whatever
became of the session in between: what comes back with it may be kept as a draft of that person. It
puts nothing in a dossier and opens nothing: that asks an unlocked session and the door.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.casework_terms import DraftKind
from vertrouwd.dossiers.drafts import Place
from vertrouwd.dossiers.models import Dossier, Draft, Note, Report
from vertrouwd.sealing.binding import new_record

SALT = "vertrouwd.desk.writing"
HOURS = 12  # a working day, and more than a session lasts


@dataclass(frozen=True)
class Sheet:
    """One text that is being written."""

    author: int  # number of the person it was given to
    place: Place
    record: str  # what its draft is bound to
    began_at: datetime

    @property
    def kind(self) -> DraftKind:
        """What it becomes."""
        return DraftKind.MESSAGE if self.place.report else DraftKind.NOTE

    @property
    def dossier(self) -> str:
        """The reference of the dossier it is written in."""
        return Dossier(pk=self.place.dossier).reference

    @property
    def signed(self) -> str:
        """How it travels with the page."""
        place = self.place
        parts = [self.author, place.dossier, place.note, place.report, self.record]
        return signing.dumps([*parts, self.began_at.isoformat()], salt=SALT)


def of_note(dossier: Dossier, note: Note | None = None) -> Place:
    """A note in this dossier, or what becomes of one that is there."""
    return Place(dossier.pk, note.pk if note else None)


def of_message(dossier: Dossier, report: Report) -> Place:
    """A message to the reporter of this report."""
    return Place(dossier.pk, report=report.pk)


def new_sheet(by: User, place: Place) -> Sheet:
    """A fresh one."""
    return Sheet(by.pk, place, new_record(), timezone.now())


def sheet_of_draft(draft: Draft, place: Place) -> Sheet:
    """To go on with a draft: what is saved from here on is still that draft."""
    return Sheet(draft.author_id, place, draft.record, timezone.now())


def sheet_of(request: HttpRequest) -> Sheet | None:
    """The sheet that came back; None when there is none, it is too old, or not ours."""
    signed = request.POST.get("sheet", "")
    try:
        author, dossier, note, report, record, began_at = signing.loads(
            signed, salt=SALT, max_age=HOURS * 3600
        )
    except signing.BadSignature:
        return None
    place = Place(dossier, note, report)
    return Sheet(author, place, record, datetime.fromisoformat(began_at))
