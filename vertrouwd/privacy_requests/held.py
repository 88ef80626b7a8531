"""A request held by an act until its transaction ends, and the line that the act writes."""

from collections.abc import Mapping

from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.models import PrivacyRequest


def held(request: PrivacyRequest) -> PrivacyRequest:
    """As it is now that nobody else can change it."""
    return PrivacyRequest.objects.select_for_update().get(pk=request.pk)


def held_open(request: PrivacyRequest) -> PrivacyRequest:
    """The same. Raises Refused when it was answered or withdrawn."""
    found = held(request)
    check_open(found)
    return found


def check_open(request: PrivacyRequest) -> None:
    """Raises Refused when it was answered or withdrawn."""
    if request.sent_on is not None:
        raise Refused(gettext("Dit verzoek is al beantwoord."))
    if request.withdrawn_on is not None:
        raise Refused(gettext("Dit verzoek is ingetrokken."))


def write_line(
    request: PrivacyRequest,
    *,
    action: str,
    by: User,
    detail: Mapping[str, object] | None = None,
) -> None:
    """One line of the log about this request."""
    record(by=by, action=action, kind="request", object=request.reference, detail=detail)
