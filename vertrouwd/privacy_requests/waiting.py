"""The last days of requests that wait, for the work list and the morning's e-mail: days only."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.models import Dossier
from vertrouwd.privacy_requests.access import visible_requests
from vertrouwd.privacy_requests.models import PrivacyRequest, RequestedDossier

STILL_OPEN = Q(sent_on__isnull=True, withdrawn_on__isnull=True)


def open_requests(by: User, *, now: datetime | None = None) -> QuerySet[PrivacyRequest]:
    """Those that this person may open and that are not answered yet."""
    if not PrivacyRequest.objects.filter(STILL_OPEN).exists():
        return PrivacyRequest.objects.none()  # who may open which is a long question
    return visible_requests(by, now=now).filter(STILL_OPEN)


def is_any_due(*, until: date) -> bool:
    """Whether there is a request to be answered up to and including a day, of whomever."""
    return PrivacyRequest.objects.filter(STILL_OPEN, due_on__lte=until).exists()


def requests_due(
    by: User, *, own: QuerySet[Dossier], until: date, now: datetime
) -> QuerySet[PrivacyRequest]:
    """Those to be answered up to and including a day: about dossiers one handles (`own`), and
    those without a dossier that one wrote down."""
    about = RequestedDossier.objects.filter(request=OuterRef("pk"), taken_out_at__isnull=True)
    handled = about.filter(Exists(own.filter(pk=OuterRef("dossier"))))
    waiting = visible_requests(by, now=now).filter(STILL_OPEN, due_on__lte=until)
    mine = waiting.filter(Exists(handled) | ~Exists(about) & Q(recorded_by=by))
    return mine.order_by("due_on", "pk")
