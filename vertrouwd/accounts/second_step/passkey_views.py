"""Logging in with a passkey, and making one."""

import json
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vertrouwd.accounts.gates import LOGIN, public
from vertrouwd.accounts.login import attempts
from vertrouwd.accounts.login import steps as login_steps
from vertrouwd.accounts.login.pages import login_page
from vertrouwd.accounts.second_step import passkeys
from vertrouwd.accounts.second_step.actions import add_passkey
from vertrouwd.accounts.second_step.pages import may_set_up, set_up_done, set_up_page
from vertrouwd.accounts.signed_in import SignedInRequest


@public
@require_POST
def login_options(request: SignedInRequest) -> HttpResponse:
    """What the browser is asked, as JSON."""
    return JsonResponse(passkeys.login_options())


@public
@require_POST
def log_in_passkey(request: SignedInRequest) -> HttpResponse:
    """The answer of the browser: both steps at once."""
    try:
        user = passkeys.user_of(credential_in(request))
    except passkeys.NotAccepted:
        attempts.passkey_was_wrong()
        return login_page(request, problem=gettext("Deze passkey past niet bij een account hier."))
    go_to = request.POST.get("next", "")
    return login_steps.both_steps_done(request, user, methods=["passkey"], go_to=go_to)


@public
@require_POST
def registration_options(request: SignedInRequest) -> HttpResponse:
    """What the browser is asked to make, as JSON; for who is logged in and may set it up."""
    if not may_set_up(request):
        return JsonResponse({}, status=403)
    return JsonResponse(passkeys.registration_options(request.user))


@public
@require_POST
def new_passkey(request: SignedInRequest) -> HttpResponse:
    """A passkey was made: as the second step, or as one more."""
    if not may_set_up(request):
        return HttpResponseRedirect(LOGIN)
    try:
        credential = passkeys.checked_registration(credential_in(request))
    except passkeys.NotAccepted:
        problem = gettext("De passkey is niet bewaard. Probeer het opnieuw.")
        return set_up_page(request, problem=problem)
    codes = add_passkey(name=request.POST.get("name", ""), credential=credential, by=request.user)
    return set_up_done(request, method="passkey", codes=codes)


def credential_in(request: SignedInRequest) -> Any:
    """What the script put in the form; None when it is no JSON or far too long."""
    text = request.POST.get("credential", "")
    try:
        return json.loads(text) if len(text) <= passkeys.LONGEST else None
    except (ValueError, RecursionError):  # brackets in brackets
        return None
