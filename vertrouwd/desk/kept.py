"""How keeping a draft went, for the page and for the script that keeps it."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from django.http import JsonResponse
from django.utils import timezone

from vertrouwd.dossiers.models import Draft

LARGEST_SAVED = 10**9


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


def number_of(text: str | None) -> int:
    """The number of the last save that a page knew of; nonsense is 0."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) < 10
    return min(int(text or 0), LARGEST_SAVED) if is_number else 0
