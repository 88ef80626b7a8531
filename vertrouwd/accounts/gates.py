"""The gate on every page: who may come in. A page without a gate does not pass the tests.

Somebody who has not logged in is led to the login. Somebody who may not come in gets the answer
that a page that does not exist gives, and the log gets a line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import refuse
from vertrouwd.audit.refusals import written_after

READS = ("GET", "HEAD")
LOGIN, SECOND_STEP, UNLOCK = "/inloggen", "/twee-stappen", "/ontgrendelen"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Gate:
    """What a page asks of who opens it; no permission: everybody may come in."""

    permission: Permission | None
    unlocked: bool = False

    @property
    def is_public(self) -> bool:
        return self.permission is None


def public(view: View) -> View:
    """Everybody may see this page."""
    return _stated(view, Gate(None))


def requires(permission: Permission, *, unlocked: bool = False) -> Callable[[View], View]:
    """Only who logged in with two steps and has the permission; `unlocked`: and has unlocked."""

    def decorate(view: View) -> View:
        gate = Gate(permission, unlocked)

        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            with written_after():  # what was refused inside is written, whatever is rolled back
                turned_away = turn_away(request, gate)
                return turned_away or view(request, *args, **kwargs)

        return _stated(guarded, gate)

    return decorate


def turn_away(request: HttpRequest, gate: Gate) -> HttpResponseBase | None:
    """Where this person must go first, None: the gate is open. Raises Http404 when forbidden."""
    user = request.user
    if not user.is_authenticated:
        return _lead_to(LOGIN, request)
    if not getattr(request, "has_second_step", False):
        return _lead_to(SECOND_STEP, request)
    if request.method in READS:
        user.begin_reading()
    if gate.permission is not None and not user.may(gate.permission):
        refuse(by=user, action="open_page", kind="page", object=_name_of(request))
        raise Http404
    if gate.unlocked and getattr(request, "opened", None) is None:
        return _lead_to(UNLOCK, request)
    return None


def gate_of(view: object) -> Gate | None:
    """The gate a view states, None when it states none."""
    return getattr(view, "gate", None)


def _stated(view: View, gate: Gate) -> View:
    view.gate = gate  # type: ignore[attr-defined]
    return view


def _lead_to(address: str, request: HttpRequest) -> HttpResponseBase:
    """To that page, and from there back to this one when it was only looked at."""
    back = "?" + urlencode({"next": request.path}) if request.method in READS else ""
    return HttpResponseRedirect(address + back)


def _name_of(request: HttpRequest) -> str:
    """The name of the page in the URL configuration: no reference, nothing that was typed."""
    match = request.resolver_match
    return match.view_name if match else ""
