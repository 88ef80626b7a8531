"""One's own account: password, second steps, sessions, language."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.login import attempts
from vertrouwd.accounts.login import steps as login_steps
from vertrouwd.accounts.own_account import sessions as session_acts
from vertrouwd.accounts.own_account.forms import (
    ChangePasswordForm,
    PasskeyNameForm,
    PasswordOnlyForm,
)
from vertrouwd.accounts.own_account.pages import account_page, say
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.second_step import factors
from vertrouwd.accounts.second_step.actions import (
    LastFactor,
    change_password,
    new_recovery_codes,
    remove_app,
    remove_passkey,
    rename_passkey,
)
from vertrouwd.accounts.second_step.pages import codes_page
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.audit.record import refuse

ACCOUNT, CONFIRM, SESSIONS = "/mijn-account", "/mijn-account/bevestigen", "/sessies"
own_account = requires(Permission.KEEP_OWN_ACCOUNT)


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only who logged in shortly ago: a page that was left open changes no means to log in."""

    @wraps(view)
    def asked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if login_steps.is_fresh(request):
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(f"{CONFIRM}?next={ACCOUNT}")

    return asked


@own_account
@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    """What one logs in with."""
    return account_page(request)


@own_account
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def confirm(request: SignedInRequest) -> HttpResponse:
    """Give the password again, before something is changed."""
    go_to = login_steps.inside(request, request.GET.get("next", ACCOUNT))
    form = PasswordOnlyForm(request.POST or None)
    if form.is_valid() and attempts.own_password_is(request, form):
        login_steps.shown_again(request)
        return HttpResponseRedirect(go_to)
    return render(request, "accounts/confirm.html", {"form": form}, status=_status(form))


@own_account
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def password(request: SignedInRequest) -> HttpResponse:
    """Another password."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if form.is_valid() and attempts.own_password_is(request, form, field="old"):
        here = request.session.digest
        change_password(password=form.cleaned_data["new"], by=request.user, except_digest=here)
        update_session_auth_hash(request, request.user)
        say(request, gettext("Uw wachtwoord is veranderd. Andere sessies zijn beëindigd."))
        return HttpResponseRedirect(ACCOUNT)
    return render(request, "accounts/password.html", {"form": form}, status=_status(form))


@own_account
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def passkey(request: SignedInRequest, number: int) -> HttpResponse:
    """Name one passkey, or remove it."""
    found = next((key for key in factors.passkeys(request.user) if key.pk == number), None)
    if found is None:
        raise _not_ones_own(request, action="rename_factor")
    form = PasskeyNameForm(request.POST or {"name": found.name})
    if request.method == "POST" and form.is_valid():
        rename_passkey(passkey=number, name=form.cleaned_data["name"], by=request.user)
        return HttpResponseRedirect(ACCOUNT)
    page = {"form": form, "passkey": found}
    return render(request, "accounts/passkey.html", page, status=_status(form))


@own_account
@require_POST
@fresh
def passkey_removed(request: SignedInRequest, number: int) -> HttpResponse:
    """Remove one passkey, unless it is the last second step."""
    return _removed(request, lambda: remove_passkey(passkey=number, by=request.user))


@own_account
@require_POST
@fresh
def app_removed(request: SignedInRequest) -> HttpResponse:
    """Remove the codes of the app, unless they are the last second step."""
    return _removed(request, lambda: remove_app(by=request.user))


@own_account
@require_POST
@fresh
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    return codes_page(request, new_recovery_codes(by=request.user), go_to=ACCOUNT)


@own_account
@require_POST
def language(request: SignedInRequest) -> HttpResponse:
    """The language of the pages, in this browser."""
    code = request.POST.get("language", "")
    response = HttpResponseRedirect(ACCOUNT)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, httponly=True,
            samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


@own_account
@require_safe
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where one is logged in."""
    found = session_acts.list_sessions(request)
    return render(request, "accounts/sessions.html", {"sessions": found})


@own_account
@require_POST
def sessions_ended(request: SignedInRequest) -> HttpResponse:
    """End one other session, or all others."""
    ended = session_acts.end_other_sessions(request, only=request.POST.get("session", ""))
    say(request, gettext("Beëindigde sessies: %(count)s.") % {"count": ended})
    return HttpResponseRedirect(SESSIONS)


def _removed(request: SignedInRequest, remove: Callable[[], bool]) -> HttpResponse:
    try:
        is_gone = remove()
    except LastFactor:
        text = gettext("Dit is uw laatste tweede stap. Maak eerst een andere.")
        return account_page(request, problem=text)
    if not is_gone:
        raise _not_ones_own(request, action="remove_factor")
    return HttpResponseRedirect(ACCOUNT)


def _not_ones_own(request: SignedInRequest, *, action: str) -> Http404:
    """It is not there, or it is somebody else's: one answer, one line."""
    refuse(by=request.user, action=action, kind="account")
    return Http404()


def _status(form: Any) -> int:
    return 400 if form.errors else 200
