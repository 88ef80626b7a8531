"""One's own sessions as one sees them, and ending them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vertrouwd.accounts.login import sessions
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.audit.record import record


@dataclass(frozen=True)
class Shown:
    """A session: since when, when last used, and whether it is the one looked from."""

    number: int
    started_at: datetime
    last_seen_at: datetime
    is_this: bool


def list_sessions(request: SignedInRequest) -> list[Shown]:
    """The open sessions of this person; this one first."""
    here = request.session.digest
    found = [
        Shown(row.pk, row.started_at, row.last_seen_at, row.digest == here)
        for row in sessions.sessions_of(request.user)
    ]
    return sorted(found, key=lambda shown: not shown.is_this)


@transaction.atomic
def end_other_sessions(request: SignedInRequest, *, only: str = "") -> int:
    """End all other sessions of this person, or the one with that number; returns how many."""
    rows = sessions.sessions_of(request.user, except_digest=request.session.digest)
    if only:
        rows = [row for row in rows if str(row.pk) == only]
    ended = sessions.end_sessions(rows)
    if ended:
        record(by=request.user, action="end_sessions", kind="session", detail={"count": ended})
    return ended
