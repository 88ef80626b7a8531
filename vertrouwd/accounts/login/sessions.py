"""How long somebody stays logged in: 15 minutes without a look, ten hours in all.

A clock that is set back or forward never lengthens a session: what is counted only grows, and a
session that lies in the future has ended.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from vertrouwd.accounts.login.models import OpenSession
from vertrouwd.accounts.unlock.session_key import lock

IDLE, ABSOLUTE = timedelta(minutes=15), timedelta(hours=10)
CLOCK_MAY_STEP_BACK = timedelta(seconds=60)  # what keeping time over the network corrects
WRITE_EVERY = timedelta(seconds=20)  # a look sooner than this after the one before is not written
View = Callable[..., HttpResponse]


def has_ended(session: OpenSession, *, now: datetime) -> bool:
    """Whether it was left alone too long, lasted too long, or comes from the future."""
    unseen = now - session.last_seen_at
    return (
        unseen >= IDLE
        or unseen < -CLOCK_MAY_STEP_BACK
        or now - session.started_at >= ABSOLUTE
        or timedelta(seconds=session.seconds) + max(unseen, timedelta()) >= ABSOLUTE
    )


def does_not_extend(view: View) -> View:
    """A page that the browser asks for by itself (saving a draft): it is no sign of life."""

    @wraps(view)
    def quiet(*args: Any, **kwargs: Any) -> HttpResponse:
        return view(*args, **kwargs)

    quiet.does_not_extend = True  # type: ignore[attr-defined]
    return quiet


def touch(session: OpenSession, *, now: datetime) -> None:
    """Write that somebody looked. After a small step back of the clock, counting goes on there."""
    unseen = int((now - session.last_seen_at).total_seconds())
    if unseen >= WRITE_EVERY.total_seconds() or unseen < 0:
        OpenSession.objects.filter(pk=session.pk).update(
            last_seen_at=now, seconds=F("seconds") + max(unseen, 0)
        )


def end_sessions(sessions: Iterable[OpenSession]) -> int:
    """Delete these sessions and lock what was unlocked in them; returns how many."""
    found = list(sessions)
    for session in found:
        if session.user_id:
            lock(session_digest=session.digest)
    OpenSession.objects.filter(pk__in=[session.pk for session in found]).delete()
    return len(found)


def sessions_of(user: Any, *, except_digest: str = "") -> list[OpenSession]:
    """The open sessions of a person, the one used last first."""
    now = timezone.now()
    rows = OpenSession.objects.filter(user=user).exclude(digest=except_digest)
    return [row for row in rows if not has_ended(row, now=now)]


def end_sessions_of(user: Any, *, except_digest: str = "") -> int:
    """End all sessions of a person, but the one named; returns how many."""
    return end_sessions(OpenSession.objects.filter(user=user).exclude(digest=except_digest))


def sweep(*, now: datetime) -> int:
    """Delete the sessions that ended by themselves."""
    old = OpenSession.objects.filter(last_seen_at__lt=now - IDLE)
    return end_sessions(old | OpenSession.objects.filter(started_at__lt=now - ABSOLUTE))


class KeepSession:
    """Writes each look, unless the page says that it is none."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        row = getattr(request.session, "row", None)
        if row is not None and not getattr(view, "does_not_extend", False):
            touch(row, now=timezone.now())
