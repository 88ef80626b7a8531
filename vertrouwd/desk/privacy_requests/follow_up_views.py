"""What follows: a dossier is left alone and may be used again, and receivers are told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.privacy_requests import follow_up
from vertrouwd.desk.privacy_requests.follow_up_forms import LiftForm, RestrictForm, TellForm
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.access import access_request
from vertrouwd.privacy_requests.restricting import (
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
    form = RestrictForm(request.POST or None, references=follow_up.references(found))
    if form.is_valid():
        dossier = access_dossier(form.cleaned_data["dossier"], by=request.user)
        ground = form.cleaned_data["ground"]
        try:
            restrict_for_now(found, dossier, ground=ground, by=request.user)
            return _done(request, found)
        except Refused as reason:
            form.add_error(None, str(reason))
    return _answer(request, "restrict.html", form, {"asked": found})


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def lift(request: OpenedRequest, reference: str) -> HttpResponse:
    """The restriction of a dossier (`?dossier=`) ends, after the asker was told."""
    found = access_request(reference, by=request.user)
    held = follow_up.restriction_of(found, request.GET.get("dossier", ""))
    if held is None:
        messages.error(request, gettext("Dit dossier is niet beperkt."))
        return HttpResponseRedirect(f"/verzoeken/{found.reference}")
    form = LiftForm(request.POST or None)
    if form.is_valid():
        try:
            lift_restriction(held, by=request.user, **form.cleaned_data)
            return _done(request, found)
        except Refused as reason:
            form.add_error(None, str(reason))
    return _answer(request, "lift.html", form, {"asked": found, "held": held})


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def tell(request: OpenedRequest, reference: str) -> HttpResponse:
    """To whom the data went before, and whether they heard of the decision."""
    found = access_request(reference, by=request.user)
    form = TellForm(request.POST or None, initial={"after": follow_up.last_told(found)})
    if form.is_valid():
        asked: dict[str, Any] = form.cleaned_data | {"after": form.cleaned_data["after"] or 0}
        try:
            tell_receiver(found, by=request.user, opened=request.opened, **asked)
            return _done(request, found)
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"asked": found, "passed_on": follow_up.passed_on(found)}
    return _answer(request, "tell.html", form, context)


def _done(request: OpenedRequest, found: Any) -> HttpResponseRedirect:
    messages.success(request, gettext("Dat is vastgelegd."))
    return HttpResponseRedirect(f"/verzoeken/{found.reference}")


def _answer(request: Any, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    status = 400 if form.errors else 200
    shown = {"form": form} | context
    return render(request, f"desk/privacy_requests/{template}", shown, status=status)
