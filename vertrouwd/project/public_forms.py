"""A form counts when it came from a page of the public site itself; no cookie is needed for that.

A browser says where a form came from: `Sec-Fetch-Site`, or, when it is too old for that, `Origin`.
Under `Referrer-Policy: no-referrer` the origin of our own pages is `null`, or not sent at all
(docs/contracts/public-site.md).
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from vertrouwd.project.onion import is_onion

ONLY_LOOKS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SAME_ORIGIN, NOT_TOLD = "same-origin", "null"


class OnlyOwnForms:
    """What another site sends in the name of a visitor is refused: 400, before a page sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ONLY_LOOKS and not is_own(request):
            raise BadRequest
        return self.get_response(request)


def is_own(request: HttpRequest) -> bool:
    """Whether the form came from a page of this site, as far as the browser says."""
    if (told := request.headers.get("Sec-Fetch-Site")) is not None:
        return told == SAME_ORIGIN
    origin = request.headers.get("Origin")
    return origin is None or origin == NOT_TOLD or origin in _our_origins(request)


def _our_origins(request: HttpRequest) -> set[str]:
    """Behind TLS there is no page of ours without it, but for the onion service."""
    host = request.get_host()
    only_tls = settings.TLS and not is_onion(request)
    return {f"https://{host}"} if only_tls else {f"https://{host}", f"http://{host}"}
