"""Weigh one document: give it, give a part, refuse it, or say that it is not about the asker.

Two people may weigh one document at the same moment: the second sees what changed and nothing is
lost. Every weighing stays; the last one stands.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, readable_words, seal_words
from vertrouwd.dossiers.terms import Category
from vertrouwd.privacy_requests.documents import Document, documents_of
from vertrouwd.privacy_requests.four_eyes import take_part
from vertrouwd.privacy_requests.grounds import (
    NEED_A_GROUND,
    NEED_WORDS,
    OUTCOMES,
    grounds_for,
)
from vertrouwd.privacy_requests.held import held_open, write_line
from vertrouwd.privacy_requests.models import PrivacyRequest, Weighing
from vertrouwd.privacy_requests.terms import IdentityCheck, Outcome, Part, RequestKind
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

LONGEST_WORDS = 10_000  # characters
TO_DOSSIER = frozenset({Outcome.CORRECT, Outcome.STATEMENT})


class Changed(Exception):
    """Somebody weighed this document, or it changed, since the form was begun: nothing is stored.

    `standing` is the weighing that stands now; None when the document itself changed.
    """

    def __init__(self, standing: Weighing | None) -> None:
        self.standing = standing
        super().__init__("The document was weighed or changed meanwhile.")


@transaction.atomic
def weigh_document(
    request: PrivacyRequest,
    key: str,
    *,
    outcome: str,
    by: User,
    opened: Opened,
    ground: str = "",
    why: str = "",
    hidden: str = "",
    statement: str = "",
    seen: int = 0,
    version: int = 1,
    now: datetime | None = None,
) -> Weighing:
    """Decide what happens with one document; all words are sealed.

    `seen` is the number of the weighing that the form showed (0: none), `version` that of the
    document it showed. `hidden` says what is blacked out of what is given in part, `statement`
    what comes into the dossier when it is corrected. Raises Changed, Refused.
    """
    held = held_open(request)
    at = now or timezone.now()
    document = _document(held, key)
    words = {"why": why, "hidden": hidden, "statement": statement}
    words = {name: fitting(text, longest=LONGEST_WORDS) for name, text in words.items()}
    chosen = _outcome(held, outcome)
    _check_ground(held, chosen, ground, document.dossier)
    _check_words(chosen, words)
    standing = held.weighings.filter(document=key).select_related("by").order_by("pk").last()
    if document.version != version:
        raise Changed(None)
    if standing is not None and standing.pk != seen:
        if _same(standing, chosen, ground, words, opened=opened) and standing.by_id == by.pk:
            return standing  # the same form, sent twice
        raise Changed(standing)
    take_part(held, Part.WEIGHS, by=by, at=at)
    made = Weighing.objects.create(
        request=held, document=key, version=version, outcome=chosen, ground=ground, at=at, by=by
    )
    if texts := {field: words[name] for name, field in made.fields.items() if words[name]}:
        seal_words(held.record, Purpose.DOSSIER, texts, by=by, opened=opened, now=at)
    detail = {
        "document": _for_the_log(key),
        "outcome": chosen.name.lower(),
        "ground": ground or None,
        "again": standing is not None,
    }
    write_line(held, action="weigh_document", by=by, detail=detail)
    return made


def words_of(weighing: Weighing, *, opened: Opened) -> dict[str, str]:
    """What was written with it: why, hidden, statement; empty where nothing was, or it cannot be
    opened."""
    record = weighing.request.record
    return {
        name: readable_words(record, Purpose.DOSSIER, field, opened=opened)
        for name, field in weighing.fields.items()
    }


def _document(request: PrivacyRequest, key: str) -> Document:
    if request.identity in ("", IdentityCheck.NOT_ESTABLISHED):
        raise Refused(gettext("Ga eerst na wie vraagt."))
    found = next((each for each in documents_of(request) if each.key == key), None)
    if found is None:
        raise Refused(gettext("Dit stuk is er niet meer."))
    return found


def _outcome(request: PrivacyRequest, outcome: str) -> Outcome:
    if outcome not in OUTCOMES[RequestKind(request.kind)]:
        raise Refused(gettext("Kies wat u besluit."))
    return Outcome(outcome)


def _check_ground(request: PrivacyRequest, outcome: Outcome, ground: str, dossier: Dossier) -> None:
    if outcome not in NEED_A_GROUND:
        if ground:
            raise Refused(gettext("Bij dit besluit hoort geen grond."))
        return
    possible = grounds_for(RequestKind(request.kind), outcome, Category(dossier.category))
    if ground not in {each.code for each in possible}:
        raise Refused(gettext("Kies een grond die bij dit besluit hoort."))


def _check_words(outcome: Outcome, words: dict[str, str]) -> None:
    if outcome in NEED_WORDS and not words["why"]:
        raise Refused(gettext("Leg uit waarom."))
    if (outcome is Outcome.PARTLY) != bool(words["hidden"]):
        raise Refused(
            gettext("Beschrijf wat u zwart maakt.")
            if outcome is Outcome.PARTLY
            else gettext("Alleen van wat u deels geeft maakt u iets zwart.")
        )
    if (outcome in TO_DOSSIER) != bool(words["statement"]):
        raise Refused(
            gettext("Schrijf op wat er in het dossier komt.")
            if outcome in TO_DOSSIER
            else gettext("Bij dit besluit komt er niets in het dossier.")
        )


def _same(
    standing: Weighing, outcome: Outcome, ground: str, words: dict[str, str], *, opened: Opened
) -> bool:
    is_same = (standing.outcome, standing.ground) == (outcome, ground)
    return is_same and words_of(standing, opened=opened) == words


def _for_the_log(key: str) -> dict[str, str]:
    """Reference and name apart: each is a code of its own kind."""
    reference, _, name = key.partition(".")
    return {"of": reference, "name": name}
