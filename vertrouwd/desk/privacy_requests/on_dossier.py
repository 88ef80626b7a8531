"""What the page of a dossier shows of requests: those that wait, and that it is left alone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.desk.case.panels import Panel
from vertrouwd.desk.privacy_requests.pages import Row, clock_of
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.whereabouts import merged_into
from vertrouwd.privacy_requests.access import visible_requests
from vertrouwd.privacy_requests.models import Restriction
from vertrouwd.privacy_requests.restricting import standing_restrictions
from vertrouwd.sealing.opening import Opened


@dataclass(frozen=True)
class RequestsOnDossier:
    """In short."""

    reference: str
    requests: list[Row]
    restrictions: list[Restriction]


def gather(dossier: Dossier, *, by: User, opened: Opened, now: datetime) -> RequestsOnDossier:
    """For the panel, and for the mark on top."""
    parts = [dossier, *merged_into(dossier)]
    found = visible_requests(by, now=now).filter(
        about__dossier__in=parts, about__taken_out_at__isnull=True
    )
    today = timezone.localdate(now)
    return RequestsOnDossier(
        reference=dossier.reference,
        requests=[Row(each, clock_of(each, today=today), "") for each in found.distinct()],
        restrictions=standing_restrictions(parts),
    )


PANEL = Panel(
    "verzoeken",
    gettext_lazy("Verzoeken"),
    "desk/privacy_requests/_on_dossier.html",
    gather,
    mark="desk/privacy_requests/_mark.html",
)
