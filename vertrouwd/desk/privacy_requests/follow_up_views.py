"""What follows: a dossier is left alone and may be used again, and receivers are told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.privacy_requests import follow_up
from vertrouwd.desk.privacy_requests.answers import back_to, carry_out
from vertrouwd.desk.privacy_requests.follow_up_forms import LiftForm, RestrictForm, TellForm
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.access import access_request
from vertrouwd.privacy_requests.models import PrivacyRequest, Restriction, ToldReceiver
from vertrouwd.privacy_requests.restricting import (
    check_receivers_hear_of,
    lift_restriction,
    restrict_for_now,
    tell_receiver,
)

P = Permission
ANY = ["GET", "HEAD", "POST"]


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def restrict(request: OpenedRequest, reference: str) -> HttpResponse:
    """Leave a dossier alone at once, until the request is decided."""
    found = access_request(reference, by=request.user)
    references = follow_up.to_restrict(found)
    if not references:
        messages.error(request, gettext("Nu beperken kan niet, of is al gedaan."))
        return back_to(found)
    form = RestrictForm(request.POST or None, references=references)

    def act(found: PrivacyRequest, *, dossier: str, ground: str, by: User) -> Restriction:
        there = access_dossier(dossier, by=by)
        return restrict_for_now(found, there, ground=ground, by=by)

    return carry_out(request, found, form, "restrict.html", act)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def lift(request: OpenedRequest, reference: str) -> HttpResponse:
    """The restriction of a dossier (`?dossier=`) ends, after the asker was told."""
    found = access_request(reference, by=request.user)
    held = follow_up.restriction_of(found, request.GET.get("dossier", ""))
    if held is None:
        messages.error(request, gettext("Dit dossier is niet beperkt."))
        return back_to(found)
    form = LiftForm(request.POST or None)
    return carry_out(
        request, found, form, "lift.html", lambda _, **facts: lift_restriction(held, **facts),
        held=held,
    )  # fmt: skip


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def tell(request: OpenedRequest, reference: str) -> HttpResponse:
    """To whom the data went before, and whether they heard of the decision."""
    found = access_request(reference, by=request.user)
    try:
        check_receivers_hear_of(found)
    except Refused as reason:
        messages.error(request, str(reason))
        return back_to(found)
    form = TellForm(request.POST or None, initial={"after": follow_up.last_told(found)})

    def act(found: PrivacyRequest, *, after: int | None, **facts: Any) -> ToldReceiver:
        return tell_receiver(found, opened=request.opened, after=after or 0, **facts)

    passed_on = follow_up.passed_on(found)
    return carry_out(request, found, form, "tell.html", act, passed_on=passed_on)
