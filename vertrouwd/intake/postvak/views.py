"""The mailbox: one address; reference and code open it, a cookie keeps it open, nothing is stored.

What is done there is a button of a form; a page that was sent leads back by a redirect, so that
loading it again, or going back to it, does nothing.
"""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import public
from vertrouwd.attachments.uploading import takes_files
from vertrouwd.intake.mailbox import OpenedMailbox, WrongCode, open_again
from vertrouwd.intake.postvak import opening
from vertrouwd.intake.postvak.acts import inside
from vertrouwd.intake.postvak.carried import begun
from vertrouwd.intake.postvak.closing import closed
from vertrouwd.intake.postvak.cookie import Held, held_by, take_away
from vertrouwd.intake.postvak.visit import Visit, thread

OUTSIDE = {
    "": opening.open_with_code,
    "open": opening.open_with_code,
    "begin": opening.ask_again,
    "klopt": opening.confirm,
    "ontvangst": opening.receipt_again,
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@takes_files
def mailbox(request: HttpRequest) -> HttpResponse:
    """Read what an inspector wrote, and answer."""
    now = timezone.now()
    try:
        return _pressed(request, now) if request.method == "POST" else _looked_at(request, now)
    except WrongCode:  # it was thrown away a moment ago, in another window
        return take_away(opening.ask(request, now=now, why=opening.SHUT), request)


def _looked_at(request: HttpRequest, now: datetime) -> HttpResponse:
    """The open mailbox, or the form that opens it."""
    held = held_by(request, now=now)
    found = _opened(held)
    if held is None or found is None:
        return take_away(opening.ask(request, now=now), request)
    return thread(Visit(request, found, begun(found.reference), now), done=held.done)


def _pressed(request: HttpRequest, now: datetime) -> HttpResponse:
    asked = request.POST.get("ga", "")
    if asked in OUTSIDE:
        return OUTSIDE[asked](request, now=now)
    return closed(request) if asked == "sluiten" else _acted(request, asked, now)


def _acted(request: HttpRequest, asked: str, now: datetime) -> HttpResponse:
    """A button of a page of the open mailbox; only of a page of that same mailbox."""
    carried = opening.carried_by(request, now=now)
    if carried is not None and "bericht" in request.POST:
        carried = replace(carried, words=request.POST["bericht"])
    found = _opened(held_by(request, now=now))
    if found is None:
        waiting = carried and replace(carried, at_once=asked == "schrijf")
        return take_away(opening.ask(request, now=now, why=opening.SHUT, carried=waiting), request)
    if carried is None or carried.reference != found.reference:
        return opening.ask(request, now=now, why=opening.OTHER, carried=carried)
    return inside(Visit(request, found, carried, now), asked)


def _opened(held: Held | None) -> OpenedMailbox | None:
    if held is None:
        return None
    try:
        return open_again(held.reference, held.key)
    except WrongCode:
        return None
