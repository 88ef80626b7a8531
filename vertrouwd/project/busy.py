"""The page for who comes when there is too much to do: the same form goes again later.

What was filled in stands in the page, in hidden fields; files do not, and are chosen again.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

from vertrouwd.attachments.uploading import ReadsPast
from vertrouwd.project.capacity import BUSY, UNREAD

AGAIN_AFTER = 10  # seconds


class WaitingPage:
    """Answers in place of the page what `Capacity` could not give a place to; asks no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        how = request.META.get(BUSY)
        if not how:
            return self.get_response(request)
        context = _kept(request) if request.method == "POST" and how != UNREAD else {}
        context["is_unread"] = request.method == "POST" and how == UNREAD
        response = render(request, "publication/busy.html", context, status=503)
        response["Retry-After"] = str(AGAIN_AFTER)
        response["Cache-Control"] = "no-store"
        response._has_been_logged = True  # type: ignore[attr-defined]  # each one; told by the minute
        return response


def _kept(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form as pairs, and the names of those that held files."""
    passing = ReadsPast(request)
    request.upload_handlers = [passing]
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except UnreadablePostError:
        raise BadRequest from None
    return {"is_form": True, "fields": fields, "file_fields": passing.names}
