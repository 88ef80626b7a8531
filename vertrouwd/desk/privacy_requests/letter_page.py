"""The letter on its page: composed from the decisions, or as it was sent."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.desk.privacy_requests.pages import RequestPage
from vertrouwd.privacy_requests.documents import PERSON
from vertrouwd.privacy_requests.letters import (
    Decided,
    LetterFacts,
    compose,
    may_be_neutral,
)
from vertrouwd.privacy_requests.terms import IdentityCheck, Outcome, RequestKind
from vertrouwd.sealing.many_texts import open_many
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

BLANK = re.compile(r"\[[^\[\]\n]+\]")  # what who sends it fills in
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class LetterPage:
    """`text` is what was sent, or what is proposed. `may_be_neutral`: it can leave open whether
    there is anything. `named`: words of it that are names in the dossier, but not of the asker."""

    text: str
    is_sent: bool
    may_be_neutral: bool
    is_neutral: bool
    hands_over: bool  # something is given, on the page of the dossier
    named: list[str]
    blanks: list[str]  # still to be filled in

    @property
    def warning(self) -> str:
        """What who sends it was warned of, as a digest: sent along, so that it is said once."""
        return sha256("\n".join(self.named).encode()).hexdigest() if self.named else ""


def letter_page(
    page: RequestPage, *, is_neutral: bool, typed: str | None, by: User, opened: Opened
) -> LetterPage:
    """For a request that was read; `typed` is what somebody made of the letter."""
    decided = _decided(page)
    is_sent = page.request.sent_on is not None
    facts = _facts(page, decided, is_neutral=is_neutral, today=timezone.localdate())
    possible = page.is_by_document and may_be_neutral(decided)
    proposed = compose(facts)
    text = page.letter if is_sent else proposed if typed is None else typed
    return LetterPage(
        text=text,
        is_sent=is_sent,
        may_be_neutral=possible and not is_sent,
        is_neutral=is_neutral and possible,
        hands_over=any(each.outcome in (Outcome.GIVE, Outcome.PARTLY) for each in decided),
        named=sorted(_names_in(text, page, by=by, opened=opened) - _words(proposed))
        if typed is not None and not is_sent
        else [],
        blanks=[] if is_sent else _left(text, of=proposed),
    )


def _left(text: str, *, of: str) -> list[str]:
    """The blanks of the letter that was proposed that are still in this one, each once."""
    proposed = set(BLANK.findall(of))
    return [blank for blank in dict.fromkeys(BLANK.findall(text)) if blank in proposed]


def _names_in(text: str, page: RequestPage, *, by: User, opened: Opened) -> set[str]:
    """Names and functions of the dossier that stand in the letter, but for those of the asker."""
    records = [each.record for each in page.state.documents if each.name == PERSON]
    if not records:
        return set()
    texts = open_many(records, purposes=[Purpose.IDENTITY], opener=opened)
    told = [text.words for each in texts.values() for text in each.texts]
    record(
        by=by, action="open_texts", kind="request", object=page.request.reference,
        detail={"texts": len(told), "names": True},
    )  # fmt: skip
    own = _words(" ".join(page.asker))
    return _words(text) & _words(" ".join(told)) - own


def _words(text: str) -> set[str]:
    """Those that begin with a capital: a name without its «van der»."""
    return {word for word in WORD.findall(text) if word[0].isupper()}


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
