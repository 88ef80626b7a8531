"""The steps of a login: what somebody has shown so far, and what that opens.

A password alone opens only the page where a second step is set up. A passkey checks the person by
itself (user verification), so it is both steps; so is the organisation's login when it says that
more than a password was asked.
"""

import time
from collections.abc import Callable

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from vertrouwd.accounts.gates import SECOND_STEP
from vertrouwd.accounts.login import known_devices, sessions
from vertrouwd.accounts.models import User
from vertrouwd.accounts.second_step.factors import has_factor
from vertrouwd.audit.record import record

BACKEND = "django.contrib.auth.backends.ModelBackend"
CODE = "/inloggen/code"
# Keys in the session: who did the first step; with what the second was done; when it was shown
# last that it is still the same person.
PENDING, SECOND, SHOWN_AT = "login.pending", "login.second_step", "login.shown_at"
PENDING_SECONDS = 300  # to find the telephone with the codes
FRESH_SECONDS = 600  # for changing one's own means to log in


class SecondStep:
    """Sets `request.has_second_step`: whether the gates may open for who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_in = request.user.is_authenticated
        request.has_second_step = is_in and bool(request.session.get(SECOND))  # type: ignore[attr-defined]
        return self.get_response(request)


def first_step_done(
    request: HttpRequest, user: User, *, method: str, go_to: str = ""
) -> HttpResponse:
    """The password was right, or the organisation vouches: ask the second step, or let it be made.

    Nobody is logged in yet when there is a second step to ask.
    """
    if not has_factor(user):
        return _log_in(request, user, methods=[method], go_to=go_to)
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "method": method,
        "at": time.time(),
        "next": inside(request, go_to),
    }
    return HttpResponseRedirect(CODE)


def pending_user(request: HttpRequest) -> User | None:
    """Who has done the first step here, at most five minutes ago, and must do the second."""
    pending = request.session.get(PENDING)
    if not pending:
        return None
    age = time.time() - pending["at"]
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    if user is None or not 0 <= age < PENDING_SECONDS:
        del request.session[PENDING]
        return None
    return user


def second_step_done(request: HttpRequest, user: User, *, method: str) -> HttpResponse:
    """The code was right: log in with both steps."""
    pending = request.session.pop(PENDING)
    go_to, first = pending["next"], pending["method"]
    return both_steps_done(request, user, methods=[first, method], go_to=go_to)


def both_steps_done(
    request: HttpRequest, user: User, *, methods: list[str], go_to: str = ""
) -> HttpResponse:
    """Log in with both steps, from a browser that is known from now on."""
    response = _log_in(request, user, methods=methods, go_to=go_to, second=methods[-1])
    known_devices.remember(request, response, user.username)
    return response


def second_step_made(request: HttpRequest, *, method: str) -> None:
    """Who was logged in with one step has just made the second one, and shown it."""
    if not request.session.get(SECOND):
        request.session.cycle_key()
    request.session[SECOND] = method
    request.has_second_step = True  # type: ignore[attr-defined]


def is_fresh(request: HttpRequest) -> bool:
    """Whether this person logged in, or gave the password again, less than ten minutes ago."""
    return 0 <= time.time() - request.session.get(SHOWN_AT, 0) < FRESH_SECONDS


def shown_again(request: HttpRequest) -> None:
    """The password was given again: it is still the same person."""
    request.session[SHOWN_AT] = time.time()


def log_out(request: HttpRequest) -> None:
    """End this session, with a line in the log when somebody was logged in."""
    user = request.user
    if isinstance(user, User):
        record(by=user, action="log_out", kind="session")
    logout(request)


def inside(request: HttpRequest, address: str) -> str:
    """The address when it is a page of ours, else the first page."""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(
        address, hosts, require_https=request.is_secure()
    ) and address.startswith("/")
    return address if is_ours else "/"


def _log_in(
    request: HttpRequest, user: User, *, methods: list[str], go_to: str, second: str = ""
) -> HttpResponse:
    with transaction.atomic():
        sessions.sweep(now=timezone.now())
        request.session.flush()  # nothing of before the login is in the session after it
        login(request, user, backend=BACKEND)
        request.session[SECOND] = second
        shown_again(request)
        action = "log_in" if second else "log_in_one_step"
        record(by=user, action=action, kind="session", detail={"methods": methods})
    request.has_second_step = bool(second)  # type: ignore[attr-defined]
    return HttpResponseRedirect(inside(request, go_to) if second else SECOND_STEP)
