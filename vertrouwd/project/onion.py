"""The public site as an onion service too: who comes by the open internet is told its name."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def is_onion(request: HttpRequest) -> bool:
    """Whether it came by Tor, where the network itself keeps what is said: there is no TLS."""
    return request.META.get("HTTP_HOST", "").endswith(".onion")


class OnionLocation:
    """`Onion-Location` on every page of ours; Tor Browser heeds it on a page that came by TLS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        onion: str = settings.VERTROUWD_ONION  # type: ignore[misc]
        if onion and not is_onion(request) and _is_page(request, response):
            taal = "?taal=en" if request.GET.get("taal") == "en" else ""
            response.headers["Onion-Location"] = f"http://{onion}{request.path}{taal}"
        return response


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    """A page with an address of our own: nothing that somebody typed is repeated."""
    found = request.resolver_match
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return bool(found and not found.kwargs) and is_page and "Location" not in response.headers
