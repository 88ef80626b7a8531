"""One try with a passphrase or passkey, and what the page says when it fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_variables

from vertrouwd.accounts.unlock.pepper import PepperMissing
from vertrouwd.accounts.unlock.session_key import person
from vertrouwd.accounts.unlock.throttle import after_failure, seconds_left
from vertrouwd.audit.record import refuse
from vertrouwd.sealing.passphrases import WORDS_IN_A_PHRASE, Busy, normalise, unknown_words
from vertrouwd.sealing.unreadable import Unreadable

TRIED = "unlock_tried"  # in the session: how many wrong tries in a row, and when
MOMENT = 5  # seconds after which a busy machine is asked again
LONGEST_PHRASE = 400  # characters that are looked at
ORDINALS = [
    gettext_lazy("eerste"), gettext_lazy("tweede"), gettext_lazy("derde"), gettext_lazy("vierde"),
    gettext_lazy("vijfde"), gettext_lazy("zesde"),
]  # fmt: skip
NO_PEPPER = gettext_lazy(
    "De server mist een bestand dat bij uw sleutel hoort. Vraag de beheerder om hulp. "
    "Er is niets verloren."
)
T = TypeVar("T")


@dataclass(eq=False)
class Failed(Exception):
    """A try that did not succeed: the sentences for the page, and how it is answered."""

    sentences: list[str]
    status: int = 400
    retry_after: int = 0  # seconds


@sensitive_variables()
def with_phrase(request: HttpRequest, field: str, opened: Callable[[str], T], *, action: str) -> T:
    """What `opened` gives for the phrase in that field of the form. Raises Failed."""
    phrase = request.POST.get(field, "")[:LONGEST_PHRASE]
    if mistakes := typing_errors(phrase):
        raise Failed(mistakes)
    try:
        return with_secret(request, lambda: opened(phrase), action=action, way="passphrase")
    except Unreadable:
        raise Failed(_wrong(phrase)) from None


def with_secret(request: HttpRequest, opened: Callable[[], T], *, action: str, way: str) -> T:
    """What `opened` gives; a wrong try makes the next ones of this session wait.

    Raises Unreadable for a wrong secret, and Failed when it may not or cannot be tried now.
    """
    now = timezone.now().timestamp()
    if left := seconds_left(request.session.get(TRIED), now=now):
        raise Failed([_wait(left)], 429, left)
    try:
        found = opened()
    except Busy:
        raise Failed(
            [gettext("Er is het nu druk. Probeer het zo nog eens.")], 503, MOMENT
        ) from None
    except PepperMissing:
        refuse(by=person(request), action=action, kind="holder_key", reason="no_pepper")
        raise Failed([str(NO_PEPPER)], 503, MOMENT) from None
    except Unreadable:
        request.session[TRIED] = after_failure(request.session.get(TRIED), now=now)
        refuse(by=person(request), action=action, kind="holder_key", reason=f"wrong_{way}")
        raise
    request.session.pop(TRIED, None)
    return found


def typing_errors(phrase: str) -> list[str]:
    """What is certainly a typing error, by position only; what was typed is not repeated."""
    typed = normalise(phrase).split()
    if not typed:
        return [gettext("Typ uw wachtzin.")]
    unknown = set(unknown_words(phrase))
    return [_not_in_the_list(at) for at, word in enumerate(typed) if word in unknown][:6]


def _not_in_the_list(at: int) -> str:
    if at < len(ORDINALS):
        return gettext("Het %(ordinal)s woord staat niet in de lijst.") % {"ordinal": ORDINALS[at]}
    return gettext("Woord %(number)s staat niet in de lijst.") % {"number": at + 1}


def _wrong(phrase: str) -> list[str]:
    said = [gettext("Dit is niet uw wachtzin. Kijk de woorden en hun volgorde na.")]
    count = len(normalise(phrase).split())
    if count != WORDS_IN_A_PHRASE:
        said.append(
            ngettext(
                "U typte %(count)s woord; een wachtzin heeft er zes.",
                "U typte %(count)s woorden; een wachtzin heeft er zes.",
                count,
            )
            % {"count": count}
        )
    return said


def _wait(seconds: int) -> str:
    return ngettext(
        "Wacht nog %(seconds)s seconde en probeer het dan opnieuw.",
        "Wacht nog %(seconds)s seconden en probeer het dan opnieuw.",
        seconds,
    ) % {"seconds": seconds}
