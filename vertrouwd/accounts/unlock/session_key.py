"""The key of a session: unlocked, used by one request after another, locked.

The seed of the holder lies in `Unlocked` under a key that only the cookie holds, bound to session,
person, holder key and end. Any worker opens it, when a view asks for `request.opened`; the row
without the cookie, or the cookie without the row, opens nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from vertrouwd.accounts.login.models import digest_of
from vertrouwd.accounts.models import User
from vertrouwd.accounts.unlock.models import Unlocked
from vertrouwd.accounts.unlock.seals import (
    SessionPlace,
    cookie_key,
    cookie_value,
    open_seed,
    seal_seed,
)
from vertrouwd.audit.record import record
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import HolderKey
from vertrouwd.sealing.suite import new_key
from vertrouwd.sealing.unreadable import Unreadable

if TYPE_CHECKING:
    from vertrouwd.sealing.opening import Opened

COOKIE = "unlock"
ABSOLUTE, IDLE = timedelta(hours=10), timedelta(minutes=15)
WRITE_EVERY = timedelta(minutes=1)  # a look sooner than this after the one before is not written
CLOCKS_DIFFER = timedelta(seconds=5)  # between the machines of one installation


@transaction.atomic
def begin(
    *,
    secret: SecretKey,
    holder: HolderKey,
    session_key: str,
    by: User,
    way: str,
    now: datetime | None = None,
) -> bytes:
    """Unlock this session; returns the 32 bytes for its cookie, which are kept nowhere else.

    `way` is the kind of slot that was opened; what was unlocked before in this session is gone.
    """
    now = now or timezone.now()
    forget_expired(now=now)
    digest, key = digest_of(session_key), new_key()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two clicks the last one counts
    Unlocked.objects.filter(session_digest=digest).delete()
    place = SessionPlace(digest, by.pk, holder.pk, now, now + ABSOLUTE)
    Unlocked.objects.create(
        session_digest=digest,
        user=by,
        holder=holder,
        sealed_seed=seal_seed(key, secret.seed, place=place),
        unlocked_at=now,
        expires_at=place.expires_at,
        last_seen_at=now,
    )
    detail = {"way": "passkey" if way == "passkey" else "passphrase"}
    record(by=by, action="unlock", kind="holder_key", object=holder.reference, detail=detail)
    return key


@transaction.atomic
def lock(
    *,
    session_key: str = "",
    session_digest: str = "",
    user: User | None = None,
    by: User | None = None,
    now: datetime | None = None,
) -> int:
    """Lock one session, named by its key or its digest, or every session of a person.

    `by` is who does it, the person itself when it is left out. Returns how many were unlocked.
    """
    if session_key:
        session_digest = digest_of(session_key)
    if bool(session_digest) == bool(user):
        raise ValueError("Lock one session, or all sessions of one person.")
    forget_expired(now=now or timezone.now())
    rows = Unlocked.objects.select_related("user", "holder").select_for_update(of=("self",))
    found = list(rows.filter(user=user) if user else rows.filter(session_digest=session_digest))
    for row in found:
        record(by=by or row.user, action="lock", kind="holder_key", object=row.holder.reference)
        row.delete()
    return len(found)


def forget_expired(*, now: datetime) -> int:
    """Delete what nobody can use any more: at each unlock and lock, and as a nightly job."""
    expired = Unlocked.objects.filter(expires_at__lte=now)
    idle = Unlocked.objects.filter(last_seen_at__lte=now - IDLE)
    return (expired | idle).delete()[0]


def is_unlocked_elsewhere(request: HttpRequest) -> bool:
    """Whether this session was unlocked while the request has no cookie that says so.

    So it is after a link from another site: a strict cookie comes along with the next click only.
    """
    key = request.session.session_key
    if COOKIE in request.COOKIES or not key or not request.user.is_authenticated:
        return False
    return _live(digest_of(key), person(request), timezone.now()) is not None


def opened_of(request: HttpRequest) -> "Opened | None":
    """What this request may open; None when anything at all is not as it was when unlocked."""
    found = secret_of(request)
    if found is None:
        return None
    from vertrouwd.sealing.opening import Opened

    return Opened(*found)


def secret_of(request: HttpRequest) -> tuple[SecretKey, HolderKey] | None:
    """The secret itself, for pages that keep the key: another passphrase, one more passkey."""
    key, session_key = cookie_key(request.COOKIES.get(COOKIE)), request.session.session_key
    if key is None or not session_key or not request.user.is_authenticated:
        return None
    now = timezone.now()
    row = _live(digest_of(session_key), person(request), now)
    if row is None:
        return None
    place = SessionPlace(
        row.session_digest, row.user_id, row.holder_id, row.unlocked_at, row.expires_at
    )
    try:
        seed = open_seed(key, bytes(row.sealed_seed), place=place)
    except Unreadable:
        return None
    if _extends(request) and now - row.last_seen_at >= WRITE_EVERY:
        Unlocked.objects.filter(pk=row.pk).update(last_seen_at=now)
    return SecretKey(seed), row.holder


class OpensTheKey:
    """Gives each request `opened`: worked out when a view first asks, and gone with the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.__class__ = _opening(type(request))  # type: ignore[arg-type]
        return self.get_response(request)


def give_cookie(response: HttpResponse, key: bytes, request: HttpRequest) -> None:
    """The half that the browser keeps until it closes; no script and no other site can use it."""
    response.set_cookie(
        COOKIE,
        cookie_value(key),
        path="/",
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_cookie(response: HttpResponse) -> None:
    """The browser forgets its half."""
    response.delete_cookie(COOKIE, path="/", samesite="Strict")


def person(request: HttpRequest) -> User:
    """Who is logged in; the gate has seen to that."""
    return cast(User, request.user)


def session_key_of(request: HttpRequest) -> str:
    """The key of the session of who is logged in."""
    return cast(str, request.session.session_key)


def _live(digest: str, user: User, now: datetime) -> Unlocked | None:
    """The row of this session and person, unless it ended, was revoked, or lies in the future."""
    latest = now + CLOCKS_DIFFER
    return (
        Unlocked.objects.select_related("holder")
        .filter(
            session_digest=digest,
            user=user,
            holder__holding__user=user,
            holder__revoked_at__isnull=True,
            unlocked_at__lte=latest,
            expires_at__gt=now,
            last_seen_at__gt=now - IDLE,
            last_seen_at__lte=latest,
        )
        .first()
    )


def _extends(request: HttpRequest) -> bool:
    """Whether this request is a sign of life: not what the browser asks for by itself."""
    match = request.resolver_match
    return not getattr(match.func if match else None, "does_not_extend", False)


@cache
def _opening(kind: type[HttpRequest]) -> type[HttpRequest]:
    """That kind of request, with `opened`: a property is worked out late, and can be None."""
    opened = cached_property(opened_of)
    opened.__set_name__(kind, "opened")
    return type(kind.__name__, (kind,), {"opened": opened, "__module__": kind.__module__})
