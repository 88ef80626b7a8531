"""What the casework answers when a page is not there, not understood, or failed: no detail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer for what is not there and for what is not for you: nothing in it depends on
    the address."""
    return render(request, "desk/missing.html", {"is_missing": True}, status=404)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing of what was sent is shown again."""
    return render(request, "desk/not_understood.html", status=400)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that did not come from our own page."""
    return not_understood(request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Said by the framework alone; our gates answer as if the page were not there."""
    return render(request, "desk/not_understood.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: one of them may be what failed."""
    return render(None, "desk/failed.html", status=500)
