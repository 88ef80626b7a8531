"""What the page of a dossier shows of requests: those that wait, and that it is left alone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.panels import Panel
from vertrouwd.desk.case.rows import Rows
from vertrouwd.desk.privacy_requests.lists import Row, clock_of
from vertrouwd.privacy_requests.access import visible_requests
from vertrouwd.privacy_requests.models import PrivacyRequest, Restriction
from vertrouwd.sealing.opening import Opened


@dataclass(frozen=True)
class RequestsOnDossier:
    """In short."""

    reference: str
    requests: list[Row]
    restrictions: list[Restriction]


def gather(rows: Rows, *, by: User, opened: Opened, now: datetime) -> RequestsOnDossier:
    """For the panel, and for the mark on top. One question where somebody asked, else none."""
    today = timezone.localdate(now)
    standing = [each for each in rows.restrictions if each.lifted_at is None]
    return RequestsOnDossier(
        reference=rows.dossier.reference,
        requests=[Row(each, clock_of(each, today=today), "") for each in _seen(rows, by, now=now)],
        restrictions=sorted(standing, key=lambda each: (each.since, each.pk)),
    )


def _seen(rows: Rows, by: User, *, now: datetime) -> list[PrivacyRequest]:
    """Of the requests about this dossier those that who reads may open."""
    if not rows.asked:  # as in most dossiers
        return []
    asked = {each.request_id for each in rows.asked}
    return list(visible_requests(by, now=now).filter(pk__in=asked))


PANEL = Panel(
    "verzoeken",
    gettext_lazy("Verzoeken"),
    "desk/privacy_requests/_on_dossier.html",
    gather,
    mark="desk/privacy_requests/_mark.html",
)
