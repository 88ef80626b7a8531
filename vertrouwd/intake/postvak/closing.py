"""The mailbox shuts: the cookie goes, and nothing of it stays on this device by our doing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vertrouwd.intake.postvak.cookie import take_away
from vertrouwd.intake.surroundings import MAILBOX, around


def closed(request: HttpRequest, *, done: str = "gesloten") -> HttpResponse:
    """It is shut. `done`: why, when it can never be opened again."""
    answer = render(request, "intake/postvak/closed.html", around(MAILBOX) | {"done": done})
    return take_away(answer, request)
