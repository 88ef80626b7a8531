"""A form counts when it came from a page of the casework itself, not of another site beside it."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware


class OwnForms(CsrfViewMiddleware):
    """Django's check, without trust in the other names of this installation.

    Both sites are called by names of one domain, so a page of the public site can set cookies that
    the casework gets, and a browser sends those of a login along. Who took the public process over
    must not act as the colleague who looks at it.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        asked_by = urlsplit(request.META["HTTP_ORIGIN"]).netloc if self._is_known(request) else ""
        return asked_by == request.get_host()

    def _is_known(self, request: HttpRequest) -> bool:
        """As Django has it: our own address, or one of the names with https in front."""
        return bool(super()._origin_verified(request))  # type: ignore[misc]
