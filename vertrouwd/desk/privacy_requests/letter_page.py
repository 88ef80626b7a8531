"""The letter on its page: composed from the decisions, or as it was sent."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from vertrouwd.desk.privacy_requests.pages import RequestPage
from vertrouwd.privacy_requests.letters import (
    Decided,
    LetterFacts,
    compose,
    may_be_neutral,
)
from vertrouwd.privacy_requests.terms import IdentityCheck, Outcome, RequestKind


@dataclass(frozen=True)
class LetterPage:
    """`text` is what was sent, or what is proposed. `may_be_neutral`: it can leave open whether
    there is anything."""

    text: str
    is_sent: bool
    may_be_neutral: bool
    is_neutral: bool
    hands_over: bool  # something is given, on the page of the dossier


def letter_page(page: RequestPage, *, is_neutral: bool) -> LetterPage:
    """For a request that was read."""
    decided = _decided(page)
    is_sent = page.request.sent_on is not None
    facts = _facts(page, decided, is_neutral=is_neutral, today=timezone.localdate())
    possible = page.is_access and may_be_neutral(decided)
    return LetterPage(
        text=page.letter if is_sent else compose(facts),
        is_sent=is_sent,
        may_be_neutral=possible and not is_sent,
        is_neutral=is_neutral and possible,
        hands_over=any(each.outcome in (Outcome.GIVE, Outcome.PARTLY) for each in decided),
    )


def _decided(page: RequestPage) -> tuple[Decided, ...]:
    return tuple(
        Decided(document.kind, document.on, Outcome(weighing.outcome), weighing.ground)
        for document, weighing in page.state.decided
    )


def _facts(
    page: RequestPage, decided: tuple[Decided, ...], *, is_neutral: bool, today: date
) -> LetterFacts:
    request = page.request
    return LetterFacts(
        reference=request.reference,
        kind=RequestKind(request.kind),
        received_on=request.received_on,
        made_on=today,
        decided=decided,
        is_established=request.identity != IdentityCheck.NOT_ESTABLISHED,
        extended_on=request.extended_on,
        is_late=today > request.due_on,
        is_neutral=is_neutral,
    )
