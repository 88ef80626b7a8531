"""Unlocking and locking: `/ontgrendelen` and `/vergrendelen`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.terms import SlotKind
from vertrouwd.accounts.unlock.attempts import Failed, with_phrase, with_secret
from vertrouwd.accounts.unlock.keys import holder_of, open_with_passkey, open_with_phrase, slots_of
from vertrouwd.accounts.unlock.pages import (
    from_base64url,
    local_path,
    passkey_options,
    show,
    unlocked,
)
from vertrouwd.accounts.unlock.session_key import (
    is_unlocked_elsewhere,
    lock,
    person,
    session_key_of,
    take_cookie,
)
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.unreadable import Unreadable


@requires(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def unlock_page(request: HttpRequest) -> HttpResponse:
    """Unlock with the passphrase or a passkey, and go on to where one was going."""
    back = local_path(request.POST.get("next") or request.GET.get("next"))
    holder = holder_of(person(request))
    if holder is None:
        return HttpResponseRedirect("/sleutel")
    if request.method != "POST":
        return HttpResponseRedirect(back) if request.opened else _page(request, back)  # type: ignore[attr-defined]
    way = "passkey" if request.POST.get("prf") else "passphrase"
    try:
        secret = _tried(request, way)
    except Failed as failed:
        return _page(request, back, failed)
    return unlocked(HttpResponseRedirect(back), request, secret=secret, holder=holder, way=way)


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_POST
def lock_now(request: HttpRequest) -> HttpResponse:
    """Lock this session at once."""
    lock(session_key=session_key_of(request), by=person(request))
    messages.success(request, gettext("Vergrendeld. In deze sessie is nu niets te lezen."))
    response = HttpResponseRedirect("/ontgrendelen" if holder_of(person(request)) else "/")
    take_cookie(response)
    return response


@sensitive_variables()
def _tried(request: HttpRequest, way: str) -> SecretKey:
    """The secret that was unlocked. Raises Failed."""
    by = person(request)
    if way == "passphrase":
        return with_phrase(
            request, "phrase", lambda phrase: open_with_phrase(phrase, by=by), action="unlock"
        )
    credential = from_base64url(request.POST.get("credential", ""))
    prf = from_base64url(request.POST["prf"])
    try:
        return with_secret(
            request, lambda: open_with_passkey(credential, prf, by=by), action="unlock", way=way
        )
    except Unreadable:
        raise Failed([gettext("Met deze passkey lukt het niet. Gebruik uw wachtzin.")]) from None


def _page(request: HttpRequest, back: str, failed: Failed | None = None) -> HttpResponse:
    slots = slots_of(person(request))
    return show(
        request,
        "unlock",
        failed,
        next=back,
        passkeys=passkey_options(slots, person(request)),
        has_phrase=any(slot.kind == SlotKind.PASSPHRASE for slot in slots),
        is_elsewhere=failed is None and is_unlocked_elsewhere(request),
    )
