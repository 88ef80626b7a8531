"""How the pages of a request answer: an act that was done, or its form with what is wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.held import check_open
from vertrouwd.privacy_requests.models import PrivacyRequest


def carry_out(
    request: OpenedRequest,
    found: PrivacyRequest,
    form: Any,
    template: str,
    act: Callable[..., object],
    **more: Any,
) -> HttpResponse:
    """Do it when the form is valid, and go back to the request; else show the form."""
    if form.is_valid():
        try:
            act(found, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Dat is vastgelegd."))
            return back_to(found)
        except Refused as reason:
            form.add_error(None, str(reason))
    return show(request, template, form, {"asked": found} | more)


def too_late(request: OpenedRequest, found: PrivacyRequest) -> HttpResponse | None:
    """Back to a request that was answered or withdrawn, for who opens the form of an act on it."""
    if request.method == "POST":
        return None  # what is sent is refused by the act
    try:
        check_open(found)
    except Refused as reason:
        messages.error(request, str(reason))
        return back_to(found)
    return None


def back_to(found: PrivacyRequest) -> HttpResponseRedirect:
    """To the page of the request."""
    return HttpResponseRedirect(f"/verzoeken/{found.reference}")


def show(request: OpenedRequest, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    """The form, also with what is wrong in it: 400."""
    status = 400 if form.errors else 200
    shown = {"form": form} | context
    return render(request, f"desk/privacy_requests/{template}", shown, status=status)
