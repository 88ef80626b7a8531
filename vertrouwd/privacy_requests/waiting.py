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
    return _seen(STILL_OPEN, by, now=now)


def requests_due(
    by: User, *, own: QuerySet[Dossier], until: date, now: datetime
) -> QuerySet[PrivacyRequest]:
    """Those to be answered up to and including a day: about dossiers one handles (`own`), and
    those without a dossier that one wrote down."""
    about = RequestedDossier.objects.filter(request=OuterRef("pk"), taken_out_at__isnull=True)
    handled = about.filter(Exists(own.filter(pk=OuterRef("dossier"))))
    waiting = _seen(STILL_OPEN & Q(due_on__lte=until), by, now=now)
    mine = waiting.filter(Exists(handled) | ~Exists(about) & Q(recorded_by=by))
    return mine.order_by("due_on", "pk")


def _seen(which: Q, by: User, *, now: datetime | None) -> QuerySet[PrivacyRequest]:
    """Of these requests those that this person may open: a long question, asked when there are
    any."""
    if not PrivacyRequest.objects.filter(which).exists():
        return PrivacyRequest.objects.none()
    return visible_requests(by, now=now).filter(which)
