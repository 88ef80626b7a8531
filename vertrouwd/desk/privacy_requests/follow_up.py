"""What the pages of restricting and telling need to know of a request."""

from vertrouwd.advice.bodies import bodies
from vertrouwd.advice.models import Referral
from vertrouwd.advice.terms import Way
from vertrouwd.privacy_requests.access import dossiers_of
from vertrouwd.privacy_requests.models import PrivacyRequest, Restriction
from vertrouwd.privacy_requests.restricting import CAN_RESTRICT


def to_restrict(request: PrivacyRequest) -> list[str]:
    """The dossiers (by number) that can be left alone at once, and are not yet."""
    if request.kind not in CAN_RESTRICT or not request.is_open:
        return []
    standing = request.restrictions.filter(lifted_at__isnull=True)
    held = set(standing.values_list("dossier", flat=True))
    return [each.reference for each in dossiers_of(request) if each.pk not in held]


def restriction_of(request: PrivacyRequest, reference: str) -> Restriction | None:
    """The one that stands for this dossier by this request."""
    standing = request.restrictions.filter(lifted_at__isnull=True).select_related("dossier")
    return next((each for each in standing if each.dossier.reference == reference), None)


def last_told(request: PrivacyRequest) -> int:
    """The number of the last receiver, for the form of a next one."""
    last = request.told.order_by("pk").last()
    return last.pk if last else 0


def passed_on(request: PrivacyRequest) -> list[str]:
    """The bodies to which data of these dossiers were passed on, as far as that was recorded."""
    rows = Referral.objects.filter(
        report__dossier__in=dossiers_of(request), way=Way.PASSED_ON, corrected_by__isnull=True,
        is_taken_back=False,
    )  # fmt: skip
    codes = dict.fromkeys(rows.order_by("pk").values_list("body", flat=True))
    return [bodies()[code].name if code in bodies() else code for code in codes]
