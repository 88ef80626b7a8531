"""Four eyes: who weighs in a request never looks after it, and the other way round."""

from datetime import datetime

from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.models import Eyes, PrivacyRequest
from vertrouwd.privacy_requests.terms import Part


def take_part(request: PrivacyRequest, part: Part, *, by: User, at: datetime) -> None:
    """From now on this is what `by` does in the request, which is held. Raises Refused."""
    eyes, _ = Eyes.objects.get_or_create(
        request=request, user=by, defaults={"part": part, "since": at}
    )
    if eyes.part != part:
        raise Refused(words_for(part))


def part_of(request: PrivacyRequest, person: User) -> Part | None:
    """What this person does in it; None: nothing yet."""
    found = Eyes.objects.filter(request=request, user=person).values_list("part", flat=True).first()
    return Part(found) if found else None


def words_for(refused: Part) -> str:
    """Why somebody cannot do this as well."""
    if refused is Part.LOOKS_AFTER:
        return gettext("U hebt zelf in dit verzoek gewogen. Een collega kijkt het na.")
    return gettext("U hebt dit verzoek nagekeken. Wegen doet een collega.")
