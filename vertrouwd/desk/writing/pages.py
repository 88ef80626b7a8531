"""A form in which a note or a message is written: where it belongs, and the draft of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.kept import State, new_window
from vertrouwd.desk.numbers import number_of
from vertrouwd.desk.writing.keeping import from_text, keep, words_of
from vertrouwd.desk.writing.sheet import Sheet, new_sheet, sheet_of, sheet_of_draft
from vertrouwd.dossiers.drafts import Place, drafts_in, text_of
from vertrouwd.dossiers.models import Dossier, Draft, Report
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.unreadable import Unreadable

KEEP, KEEP_AS_NEW = "draft", "draft-new"


@dataclass(frozen=True)
class Writing:
    """One showing of such a form; `window` names it, `saved` is the last save it knows of."""

    sheet: Sheet
    saved: int = 0
    begun: dict[str, Any] = field(default_factory=dict)  # what the form begins with, of a draft
    draft: Draft | None = None  # that was found, or was kept just now
    found: bool = False  # the draft is from before
    problem: str = ""
    others: int = 0  # drafts for the same place, which come after this one
    window: str = field(default_factory=new_window)


@dataclass(frozen=True)
class Elsewhere:
    """A draft for another form of the dossier, and where to go on with it."""

    what: str
    address: str


def begin(place: Place, drafts: Collection[Draft], *, by: User, opened: Opened) -> Writing:
    """A form for that place, with the newest of these drafts that belongs there."""
    here = [draft for draft in drafts if _belongs(draft, place)]
    lost = sum(draft.is_lost for draft in here)  # type: ignore[attr-defined]
    for draft in here:
        try:
            begun = from_text(text_of(draft, by=by, opened=opened))
        except Unreadable:
            lost += not draft.is_lost  # type: ignore[attr-defined]
            continue
        return Writing(
            sheet_of_draft(draft, place), draft.saved, begun, draft, found=True,
            others=len(here) - 1 - lost,
        )  # fmt: skip
    words = gettext("Er is een klad dat niet meer te openen is: uw sleutel is vervangen.")
    return Writing(new_sheet(by, place), problem=words if lost else "")


def sent(request: OpenedRequest, place: Place) -> Writing:
    """The form as it came back; with «Bewaar als klad» it is kept here."""
    data, by, do = request.POST, request.user, request.POST.get("do")
    sheet = sheet_of(request)
    if sheet is None or sheet.author != by.pk or not _same(sheet.place, place):
        problem = words_of(State.NO_SHEET) if is_to_be_kept(request) else ""
        return Writing(new_sheet(by, place), problem=problem)
    if not is_to_be_kept(request):
        return Writing(sheet, number_of(data.get("saved")))
    if do == KEEP_AS_NEW:
        sheet = new_sheet(by, place)
    kept = keep(data, sheet, by=by, saved=0 if do == KEEP_AS_NEW else None)
    saved = kept.draft.saved if kept.draft else number_of(data.get("saved"))
    return Writing(sheet, saved, draft=kept.draft, problem=words_of(kept.state))


def is_to_be_kept(request: OpenedRequest) -> bool:
    """Whether the button said: only as a draft."""
    return request.POST.get("do") in (KEEP, KEEP_AS_NEW)


def drafts_here(
    parts: Collection[Dossier], reports: Collection[Report], *, by: User
) -> list[Draft]:
    """What this person was writing in a dossier, or in what became part of it."""
    return drafts_in([each.pk for each in parts], reports=[each.pk for each in reports], by=by)


def elsewhere(drafts: Collection[Draft], dossier: Dossier) -> list[Elsewhere]:
    """Of these drafts those that belong in another form than that of a new note, once each."""
    found = {}
    for draft in drafts:
        if draft.report:
            what = gettext("Bericht aan de melder van %(report)s")
            address = f"bericht?melding={draft.report.reference}"
            found[address] = what % {"report": draft.report.reference}
        elif draft.note:
            address = f"aantekening?nr={draft.note_id}"
            at = date_format(timezone.localtime(draft.note.at), "j F Y, H:i")
            found[address] = gettext("Aantekening van %(day)s, veranderd") % {"day": at}
    at_dossier = f"/dossiers/{dossier.reference}/"
    return [Elsewhere(what, at_dossier + address) for address, what in found.items()]


def _belongs(draft: Draft, place: Place) -> bool:
    return _same(Place(draft.dossier_id, draft.note_id, draft.report_id), place)


def _same(one: Place, other: Place) -> bool:
    """A dossier that was joined changed number; the note and the report did not."""
    return (one.note, one.report) == (other.note, other.report)
