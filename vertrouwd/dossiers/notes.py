"""What inspectors write down in a dossier: sealed, with every earlier text kept.

Two people may edit one note at the same moment: the second sees what changed and loses nothing.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.casework_terms import NoteKind
from vertrouwd.dossiers.drafts import handed_in
from vertrouwd.dossiers.models import Dossier, Note
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import open_words, seal_words, trimmed
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

LONGEST_NOTE = 100_000  # characters


class Changed(Exception):
    """The note was edited since this text was begun: nothing was stored.

    `note` is as it stands, `words` what it says now, to show beside one's own.
    """

    def __init__(self, note: Note, words: str) -> None:
        self.note, self.words = note, words
        super().__init__("The note was edited meanwhile.")


@transaction.atomic
def add_note(
    dossier: Dossier,
    *,
    kind: str,
    words: str,
    by: User,
    opened: Opened,
    after: int = 0,
    draft: str = "",
    now: datetime | None = None,
) -> Note:
    """Write something down. Sending the same form twice makes one note.

    `after` is the number of the last note that the form knew of, `draft` the record of the draft
    that becomes it. Raises Refused.
    """
    words = _checked(words)
    if kind not in list(NoteKind):
        raise Refused(gettext("Kies wat voor aantekening het is."))
    Dossier.objects.select_for_update().get(pk=dossier.pk)  # of two equal ones the second waits
    handed_in(draft, by=by)
    for earlier in Note.objects.filter(dossier=dossier, by=by, kind=kind, pk__gt=after):
        if words_of(earlier, opened=opened) == words:
            return earlier
    at = now or timezone.now()
    note = Note.objects.create(dossier=dossier, kind=kind, at=at, by=by)
    seal_words(
        dossier.record, Purpose.NOTES, {note.field: words}, by=by, opened=opened, revision=1, now=at
    )
    record(
        by=by, action="add_note", kind="dossier", object=dossier.reference, detail={"note": note.pk}
    )
    return note


@transaction.atomic
def edit_note(
    note: Note,
    *,
    words: str,
    expected: int,
    by: User,
    opened: Opened,
    draft: str = "",
    now: datetime | None = None,
) -> Note:
    """A further revision; `expected` is the one that was edited, `draft` as with `add_note`.

    Raises Changed, Refused.
    """
    words = _checked(words)
    held = Note.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=note.pk)
    said = words_of(held, opened=opened)
    if said == words:  # sent twice, or nothing changed
        handed_in(draft, by=by)
        return held
    if held.revision != expected:
        raise Changed(held, said)
    handed_in(draft, by=by)
    at = now or timezone.now()
    held.revision, held.edited_at, held.edited_by = expected + 1, at, by
    held.save(update_fields=["revision", "edited_at", "edited_by"])
    seal_words(
        held.dossier.record,
        Purpose.NOTES,
        {held.field: words},
        by=by,
        opened=opened,
        revision=held.revision,
        now=at,
    )
    record(
        by=by,
        action="edit_note",
        kind="dossier",
        object=held.dossier.reference,
        detail={"note": held.pk, "revision": held.revision},
    )
    return held


def words_of(note: Note, *, opened: Opened, revision: int | None = None) -> str:
    """What the note says, now or in an earlier revision. Raises Unreadable."""
    return open_words(
        note.dossier.record, Purpose.NOTES, note.field, opened=opened, revision=revision
    )


def _checked(words: str) -> str:
    words = trimmed(words)
    if not words:
        raise Refused(gettext("Schrijf eerst iets op."))
    if len(words) > LONGEST_NOTE:
        raise Refused(gettext("Deze tekst is te lang. Verdeel hem over twee aantekeningen."))
    return words
