"""The short lock after wrong passwords and codes, on the tables of axes.

Stored is a count beside two digests: of the name, and of where it came from. Their key changes
every day; no address, browser, path or typed word is kept. A device that somebody logged in with
before counts for itself, so that a stranger elsewhere cannot shut it out; passkeys never lock.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from vertrouwd.accounts.login.known_devices import device_of
from vertrouwd.accounts.login.lock_times import (
    FREE,
    FREE_FROM_EVERYWHERE,
    LONGEST,
    WINDOW,
    is_forgotten,
    lock_time,
)

EVERYWHERE = str(IPv6Address(0))  # the place of what is counted from all unknown places together


def name_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The digest of the name that was typed, for axes."""
    typed = (credentials or {}).get("username") or request.POST.get("username") or ""
    return _digest(f"name {typed}").hex()


def origin_of(request: HttpRequest) -> str:
    """The digest of the known device, else of the address, written as axes wants it: as IPv6."""
    device = device_of(request, request.POST.get("username") or "")
    place = f"device {device}" if device else f"address {request.META.get('REMOTE_ADDR', '')}"
    return str(IPv6Address(_digest(place)[:16]))


def nobody(*args: Any) -> str:
    """What axes may write in a log about who it was."""
    return "somebody"


class ShortLock(AxesDatabaseHandler):
    """What axes asks when somebody tries, fails or succeeds to log in with a password."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return bool(locked_for(request, (credentials or {}).get("username") or ""))

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        if request is None or getattr(request, "axes_locked_out", False):
            return
        name = name_of(request, credentials)
        _count(name, request.axes_ip_address)
        if not device_of(request, credentials.get("username") or ""):
            _count(name, EVERYWHERE, free=FREE_FROM_EVERYWHERE)

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        name = name_of(request, {"username": user.username})
        AccessAttempt.objects.filter(username=name, ip_address=request.axes_ip_address).delete()

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Nothing is kept of it."""


def locked_for(request: HttpRequest, username: str) -> timedelta:
    """How long the password of that name is not looked at from here; nothing when it is."""
    name = name_of(request, {"username": username})
    here = _locked_for(name, origin_of(request))
    if device_of(request, username):
        return here
    return max(here, _locked_for(name, EVERYWHERE, free=FREE_FROM_EVERYWHERE))


def count_wrong_code(request: HttpRequest, username: str) -> None:
    """A wrong code after a right password: counted for the person, wherever it came from."""
    _count(*_code_place(request, username))


def code_locked_for(request: HttpRequest, username: str) -> timedelta:
    """How long no code of that person is looked at."""
    return _locked_for(*_code_place(request, username))


def forget_wrong_codes(request: HttpRequest, username: str) -> None:
    """The code was right."""
    name, place = _code_place(request, username)
    AccessAttempt.objects.filter(username=name, ip_address=place).delete()


def _code_place(request: HttpRequest, username: str) -> tuple[str, str]:
    device = device_of(request, username)
    place = str(IPv6Address(_digest(f"device {device}")[:16])) if device else EVERYWHERE
    return _digest(f"code {username}").hex(), place


def _locked_for(name: str, place: str, *, free: int = FREE) -> timedelta:
    row = AccessAttempt.objects.filter(username=name, ip_address=place).first()
    if row is None:
        return timedelta()
    since = timezone.now() - row.attempt_time
    if is_forgotten(row.failures_since_start, since=since, free=free):
        return timedelta()
    return max(lock_time(row.failures_since_start, free=free) - since, timedelta())


def _count(name: str, place: str, *, free: int = FREE) -> None:
    now = timezone.now()
    _forget_old(now)
    mine = AccessAttempt.objects.filter(username=name, ip_address=place, user_agent="")
    row = mine.first()
    if row and is_forgotten(row.failures_since_start, since=now - row.attempt_time, free=free):
        mine.delete()
    counted = {"failures_since_start": F("failures_since_start") + 1, "attempt_time": now}
    if mine.update(**counted):
        return
    try:
        with transaction.atomic():
            AccessAttempt.objects.create(
                username=name, ip_address=place, user_agent="", failures_since_start=1
            )
    except IntegrityError:  # two at once: the other one made the row
        mine.update(**counted)


def _forget_old(now: datetime) -> None:
    AccessAttempt.objects.filter(attempt_time__lt=now - LONGEST - WINDOW).delete()


def _digest(text: str) -> bytes:
    """32 bytes under the key of the day."""
    day = timezone.now().date().isoformat()
    key = hmac.digest(settings.SECRET_KEY.encode(), f"lockout {day}".encode(), sha256)
    return hmac.digest(key, text.encode(), sha256)
