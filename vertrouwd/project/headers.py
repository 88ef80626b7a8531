"""Headers on every answer of the public process, errors too (docs/contracts/public-site.md)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADERS = {
    "Server": "web",  # says nothing
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class PublicHeaders:
    headers = HEADERS

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class CaseworkHeaders(PublicHeaders):
    """The same for the casework; nothing of it is kept by a browser or anything in between."""

    headers = HEADERS | {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
