"""A browser that somebody logged in with before: a signed cookie, nothing in the database.

It opens nothing. It only makes that wrong passwords from elsewhere do not lock this browser out.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "bekend"
SALT = "vertrouwd.accounts.login.known_devices"
DAYS = 180
MOST = 5  # people on one browser


def device_of(request: HttpRequest, username: str) -> str:
    """The number of this browser for that person, empty when they never logged in with it."""
    return _known(request).get(_tag(username), "")


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Give the browser its cookie, after both steps of a login."""
    known = _known(request)
    number = known.pop(_tag(username), "") or secrets.token_hex(16)
    kept = dict([*known.items()][-(MOST - 1) :])
    response.set_cookie(
        COOKIE,
        signing.dumps({**kept, _tag(username): number}, salt=SALT),
        max_age=DAYS * 86400,
        path="/inloggen",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 86400)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _tag(username: str) -> str:
    return salted_hmac(SALT, username, algorithm="sha256").hexdigest()[:24]
