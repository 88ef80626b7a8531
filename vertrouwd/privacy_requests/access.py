"""The only door to a request: who may open it, and for whom it does not exist.

A request is about dossiers: who may open all of them may open it, and nobody else. A request for
which no dossier was found yet is for who divides the work, for the duty officer of the day, and
for who wrote it down. Neither is for who supervises the institution of a dossier that was taken out
of it again: its words stay. Missing and forbidden give the same answer, as for a dossier.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import look, refuse
from vertrouwd.dossiers.access import existing_for, is_on_duty, visible_dossiers
from vertrouwd.dossiers.models import Dossier
from vertrouwd.privacy_requests.models import PrivacyRequest, RequestedDossier

REFERENCE = re.compile(r"AV-([0-9]{7,15})")
P = Permission


def access_request(reference: str, *, by: User, now: datetime | None = None) -> PrivacyRequest:
    """Return the request and record the look. Missing and forbidden give the same 404."""
    match = REFERENCE.fullmatch(reference)
    found = visible_requests(by, now=now).filter(pk=int(match[1]) if match else 0).first()
    if found is None or found.reference != reference:
        known_form = reference if match else ""
        refuse(by=by, action="look", kind="request", object=known_form)
        raise Http404
    look(by=by, kind="request", object=found.reference)
    return found


def visible_requests(by: User, *, now: datetime | None = None) -> QuerySet[PrivacyRequest]:
    """The requests this person may open now."""
    if not by.may(P.HANDLE_CASES):
        return PrivacyRequest.objects.none()
    now = now or timezone.now()
    about = RequestedDossier.objects.filter(request=OuterRef("pk"), taken_out_at__isnull=True)
    seen = visible_dossiers(by, with_way=False, now=now)
    hidden = about.exclude(Exists(seen.filter(pk=OuterRef("dossier"))))
    without = Q(~Exists(about))
    if not _may_look_up(by, now=now):
        without &= Q(recorded_by=by)
    rows = PrivacyRequest.objects.filter(Q(Exists(about)) & ~Q(Exists(hidden)) | without)
    rows = rows.exclude(Exists(_supervised(by, now)))
    return rows.select_related("recorded_by", "identity_by", "sent_by")


def all_requests(by: User) -> QuerySet[PrivacyRequest]:
    """Every request without its content, for who watches over the rights of those concerned."""
    if not by.may(P.OVERSEE_REQUESTS):
        return PrivacyRequest.objects.none()
    return PrivacyRequest.objects.all()


def dossiers_of(request: PrivacyRequest) -> list[Dossier]:
    """What the request is about now, in the order in which it was added."""
    return dossiers_of_each([request])[request.pk]


def dossiers_of_each(requests: Iterable[PrivacyRequest]) -> dict[int, list[Dossier]]:
    """The same of many, by number; one query."""
    found: dict[int, list[Dossier]] = {each.pk: [] for each in requests}
    about = RequestedDossier.objects.filter(request__in=found, taken_out_at__isnull=True)
    for row in about.select_related("dossier__institution").order_by("pk"):
        found[row.request_id].append(row.dossier)
    return found


def may_register_without_dossier(by: User, *, now: datetime | None = None) -> bool:
    """Who may write down a request before it is known which dossier it is about."""
    return by.may(P.HANDLE_CASES) and _may_look_up(by, now=now or timezone.now())


def _supervised(by: User, now: datetime) -> QuerySet[RequestedDossier]:
    """The dossiers taken out of a request that do not exist for this person."""
    taken_out = RequestedDossier.objects.filter(request=OuterRef("pk"), taken_out_at__isnull=False)
    return taken_out.exclude(Exists(existing_for(by, now=now).filter(pk=OuterRef("dossier"))))


def _may_look_up(by: User, *, now: datetime) -> bool:
    return by.may(P.DIVIDE_WORK) or is_on_duty(by, now=now)
