"""How keeping a draft went, for the page and for the script that keeps it."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from django.http import JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.desk.numbers import number_of as number_of
from vertrouwd.dossiers.casework_terms import DraftKind
from vertrouwd.dossiers.drafts import NOWHERE, Gone, NewerWindow, Place, save_draft
from vertrouwd.dossiers.models import Draft
from vertrouwd.sealing.own_texts import NotVouchedFor
from vertrouwd.sealing.team import NotPinned


class State(StrEnum):
    """How keeping it went; the page has words for each."""

    KEPT = "kept"
    BLANK = "blank"  # nothing was typed yet
    NEWER = "newer"  # another window wrote on: nothing was overwritten
    GONE = "gone"  # handed in or thrown away in another window
    NO_KEY = "no-key"  # no colleague granted the key of this person yet
    NO_SHEET = "no-sheet"  # the page is too old, or of somebody else


@dataclass(frozen=True)
class Kept:
    """What became of it."""

    state: State
    draft: Draft | None = None


def saved_as_draft(
    text: str,
    data: QueryDict,
    *,
    record: str,
    kind: DraftKind,
    by: User,
    place: Place = NOWHERE,
    saved: int | None = None,
) -> Kept:
    """Save the text of a form that was sent as the draft of that record.

    `saved` is the save it knew of, when the page (`data`) does not say.
    """
    try:
        draft = save_draft(
            text,
            record=record,
            saved=number_of(data.get("saved")) if saved is None else saved,
            window=data.get("window", "")[:32],
            kind=kind,
            place=place,
            by=by,
        )
    except NewerWindow:
        return Kept(State.NEWER)
    except Gone:
        return Kept(State.GONE)
    except (NotVouchedFor, NotPinned):
        return Kept(State.NO_KEY)
    return Kept(State.KEPT, draft)


def in_words(state: State, *, gone: str, no_key: str, no_sheet: str) -> str:
    """What to do when it was not kept; empty when there is nothing to say.

    Where it became gone, and what can be done without a key or a sheet, each form says itself.
    """
    return {
        State.KEPT: "",
        State.BLANK: gettext("Er staat nog niets om te bewaren."),
        State.NEWER: gettext(
            "Dit klad is in een ander venster verder geschreven. Daar is niets overschreven. "
            "Wat u hier typte staat nog op uw scherm: bewaar het als nieuw klad, of ga verder in "
            "het andere venster."
        ),
        State.GONE: gone,
        State.NO_KEY: no_key,
        State.NO_SHEET: no_sheet,
    }[state]


def new_window() -> str:
    """A name for one shown page: it tells a page from the one before it in the same window."""
    return secrets.token_hex(16)


def told(kept: Kept, *, words: str, ended: bool, csrf: str = "") -> JsonResponse:
    """What the script is told, nothing of what was typed; `csrf` is the token for the forms of the
    page from now on."""
    at = timezone.localtime(kept.draft.saved_at) if kept.draft else None
    answer = {
        "state": kept.state.value,
        "words": words,
        "saved": kept.draft.saved if kept.draft else None,
        "at": f"{at:%H:%M}" if at else "",
        "ended": ended,
        "csrf": csrf,
    }
    return JsonResponse(answer)
