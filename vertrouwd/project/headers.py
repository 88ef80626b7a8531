"""Headers on every answer of both processes, errors too (docs/contracts/public-site.md)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vertrouwd.project.onion import is_onion

# What a browser can offer a page, and ours do not want (the names browsers know today).
NOT_WANTED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "clipboard-read",
    "compute-pressure", "display-capture", "encrypted-media", "fullscreen", "gamepad",
    "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "interest-cohort", "keyboard-map", "local-fonts", "magnetometer", "microphone", "midi",
    "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial",
    "storage-access", "usb", "web-share", "window-management", "xr-spatial-tracking",
)  # fmt: skip
PASSKEYS = ("publickey-credentials-get", "publickey-credentials-create")
CLIPBOARD = "clipboard-write"


def permissions_policy(*, passkeys: str) -> str:
    """Nothing is allowed but passkeys to `passkeys`: `()` nobody, `(self)` our own pages."""
    refused = [f"{name}=()" for name in (*NOT_WANTED, CLIPBOARD)]
    return ", ".join([*refused, *(f"{name}={passkeys}" for name in PASSKEYS)])


HEADERS = {
    "Server": "web",  # says nothing
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissions_policy(passkeys="()"),
}
ONLY_BY_TLS = {"Strict-Transport-Security": "max-age=31536000"}  # a year


class PublicHeaders:
    """Of the public process; a page that shows something of one reporter adds `no-store` itself."""

    headers = HEADERS
    overruling: frozenset[str] = frozenset()

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            if name in self.overruling and not self._is_file(request, response):
                response.headers[name] = value
            response.headers.setdefault(name, value)
        if settings.TLS and not is_onion(request):
            for name, value in ONLY_BY_TLS.items():
                response.headers[name] = value
        return response

    @staticmethod
    def _is_file(request: HttpRequest, response: HttpResponse) -> bool:
        """Whether it is one of the files that belong to every page, the same for everybody."""
        return request.path_info.startswith(settings.STATIC_URL) and response.status_code < 400


class CaseworkHeaders(PublicHeaders):
    """The same for the casework; no page of it is kept by a browser or anything in between."""

    headers = HEADERS | {
        "Referrer-Policy": "same-origin",  # without it a login has no origin to check
        "Permissions-Policy": permissions_policy(passkeys="(self)"),
        "Cache-Control": "no-store",
    }
    overruling = frozenset({"Cache-Control"})
