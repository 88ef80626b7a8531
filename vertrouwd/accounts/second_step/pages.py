"""Setting up a second step: after the first login, or one more from one's own account.

Before there is a second step, whoever knows the password may make it. After that, only who has
logged in with both, and not too long ago.
"""

import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from vertrouwd.accounts.login import steps as login_steps
from vertrouwd.accounts.models import User
from vertrouwd.accounts.second_step import factors, totp_secrets
from vertrouwd.accounts.second_step.forms import AppCodeForm
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.sealing.qr import qr_svg
from vertrouwd.sealing.unreadable import Unreadable

WAITING = "login.app_secret"  # where the secret waits in the session, sealed, until it is proved


def may_set_up(request: SignedInRequest) -> bool:
    """Whether this person may make a second step now."""
    user = request.user
    if not isinstance(user, User):
        return False
    if getattr(request, "has_second_step", False):
        return login_steps.is_fresh(request)
    return not factors.has_factor(user)


def set_up_page(
    request: SignedInRequest,
    form: AppCodeForm | None = None,
    *,
    problem: str = "",
    app: bool = True,
) -> HttpResponse:
    """The page with the picture of the secret, and the button that makes a passkey."""
    secret = app_secret(request)
    page: dict[str, Any] = {
        "form": form or AppCodeForm(),
        "problem": problem,
        "is_first": not getattr(request, "has_second_step", False),
        "has_app": factors.has_codes(request.user),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "picture": picture(get_adapter().build_totp_url(request.user, secret)),
        "name": f"Passkey {len(factors.passkeys(request.user)) + 1}",
        "with_app": app,
    }
    status = 400 if problem or (form and form.errors) else 200
    return render(request, "accounts/set_up.html", page, status=status)


def set_up_done(request: SignedInRequest, *, method: str, codes: list[str]) -> HttpResponse:
    """The second step is there: show the recovery codes once, when they are new."""
    request.session.pop(WAITING, None)
    was_first = not request.has_second_step  # type: ignore[attr-defined]
    login_steps.second_step_made(request, method=method)
    if not codes:
        return HttpResponseRedirect("/mijn-account")
    return codes_page(request, codes, go_to="/" if was_first else "/mijn-account")


def codes_page(request: SignedInRequest, codes: list[str], *, go_to: str) -> HttpResponse:
    """The recovery codes, shown this once."""
    readable = [f"{code[:5]} {code[5:]}" for code in codes]
    return render(request, "accounts/recovery_codes.html", {"codes": readable, "go_to": go_to})


def app_secret(request: SignedInRequest) -> str:
    """The secret that is being set up, in base32; the same until it is proved."""
    try:
        return totp_secrets.open_sealed(request.session.get(WAITING, ""))
    except Unreadable:
        made = generate_totp_secret()
        request.session[WAITING] = totp_secrets.seal(made)
        return made


def proved_counter(request: SignedInRequest, code: str) -> int | None:
    """The step of the code that was made with the new secret; None when it was not."""
    typed = "".join(code.split())
    if not typed.isascii():
        return None
    return factors.counter_of(app_secret(request), typed, after=-1, now=time.time())


def picture(address: str) -> SafeString:
    """The address as a QR code inside the page; it holds nothing that was typed, all is drawn."""
    return mark_safe("<svg" + qr_svg(address).partition("<svg")[2])  # noqa: S308
