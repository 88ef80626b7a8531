"""The second person looks after every weighing: agrees, or gives them back with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.sealed_words import fitting, seal_words
from vertrouwd.privacy_requests.four_eyes import take_part
from vertrouwd.privacy_requests.held import held_open, write_line
from vertrouwd.privacy_requests.models import PrivacyRequest, SecondLook
from vertrouwd.privacy_requests.reading import State, state_of
from vertrouwd.privacy_requests.terms import Part, Stage, Verdict
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.terms import Purpose

LONGEST_REASON = 5_000  # characters


class LookedAtOlder(Exception):
    """Something changed since the second person read it: nothing is stored. `state`: as it is."""

    def __init__(self, state: State) -> None:
        self.state = state
        super().__init__("The weighings changed meanwhile.")


@transaction.atomic
def look_after(
    request: PrivacyRequest,
    *,
    verdict: str,
    seen: str,
    by: User,
    opened: Opened,
    reason: str = "",
    now: datetime | None = None,
) -> SecondLook:
    """Agree with all weighings, or return them with a reason, which is sealed.

    `seen` is the digest of what was looked at (`State.contents`). Raises LookedAtOlder, Refused:
    before everything is weighed, and for whoever weighed.
    """
    held = held_open(request)
    at, reason = now or timezone.now(), fitting(reason, longest=LONGEST_REASON)
    if verdict not in list(Verdict):
        raise Refused(gettext("Kies wat u vindt."))
    if (verdict == Verdict.RETURNS) != bool(reason):
        raise Refused(
            gettext("Schrijf op waarom u het teruggeeft.")
            if verdict == Verdict.RETURNS
            else gettext("Bij akkoord hoort geen reden. Geeft u het terug?")
        )
    state = state_of(held)
    if state.contents != seen:
        raise LookedAtOlder(state)
    if state.stage is not Stage.SECOND_LOOK:
        raise Refused(_words(state.stage))
    if moved := state.moved:
        raise Refused(
            gettext("De meldingen van %(dossier)s staan nu in een ander dossier.")
            % {"dossier": moved[0][0].reference}
        )
    take_part(held, Part.LOOKS_AFTER, by=by, at=at)
    made = SecondLook.objects.create(
        request=held,
        at=at,
        by=by,
        verdict=verdict,
        contents=seen,
        last=max((each.pk for each in state.weighings.values()), default=0),
    )
    if reason:
        texts = {made.field: reason}
        seal_words(held.record, Purpose.DOSSIER, texts, by=by, opened=opened, now=at)
    detail = {"agrees": verdict == Verdict.AGREES, "documents": len(state.documents)}
    write_line(held, action="look_after_request", by=by, detail=detail)
    return made


def _words(stage: Stage) -> str:
    if stage in (Stage.LETTER, Stage.RETURNED):
        return gettext("Dit is al nagekeken, en sindsdien is er niets veranderd.")
    return gettext("Nog niet alles is gewogen.")
