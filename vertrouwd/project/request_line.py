"""One line of the log for each request: which page, how it ended, how long; never by whom."""

from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vertrouwd.project import logs


class RequestLine:
    """Says the name of the page in the URL configuration: no path, no query, no address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = monotonic()
        response = self.get_response(request)
        logs.say(
            "request",
            method=logs.method_of(request.method),
            route=route_of(request),
            status=response.status_code,
            milliseconds=round((monotonic() - begin) * 1000),
            process=settings.VERTROUWD_PROCESS,
        )
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the page; `static` for a file that belongs to one, `none` for no page of ours."""
    if request.resolver_match:
        return request.resolver_match.view_name
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
