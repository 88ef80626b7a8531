"""The one cookie of the public site: which mailbox is open here, for a quarter of an hour.

It holds the reference and the mailbox key, sealed under the form key with the time; the server
keeps nothing. Whoever has the cookie but not the form key has nothing.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vertrouwd.intake.form_key import form_key
from vertrouwd.sealing.form_state import Expired, Forged, open_state, seal_state

NAME = "postvak"
FORM = "postvak: koekje"
GOOD_FOR = timedelta(minutes=15)  # since the last page


@dataclass(frozen=True)
class Held:
    """What opens one mailbox again. `done`: what was done a moment ago, for the next page."""

    reference: str
    key: bytes = field(repr=False)
    done: str = ""


def held_by(request: HttpRequest, *, now: datetime) -> Held | None:
    """What this browser may open; None: nothing, or no longer."""
    try:
        values = open_state(
            request.COOKIES.get(NAME, ""),
            key=form_key(),
            form=FORM,
            now=now,
            max_age=GOOD_FOR,
        )
    except (Forged, Expired):
        return None
    return Held(values["reference"], b64decode(values["key"]), values["done"])


def give(response: HttpResponse, held: Held, *, now: datetime) -> HttpResponse:
    """With the cookie; each page gives it anew, so that a quarter of an hour begins again."""
    key = b64encode(held.key).decode()
    values = {"reference": held.reference, "key": key, "done": held.done}
    response.set_cookie(
        NAME,
        seal_state(values, key=form_key(), form=FORM, now=now),
        max_age=GOOD_FOR,
        httponly=True,
        samesite="Strict",
        secure=settings.TLS,
    )
    return response


def take_away(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Without the cookie; a browser that has none hears nothing of it."""
    if NAME in request.COOKIES:
        response.delete_cookie(NAME, samesite="Strict")
    return response
