"""The sheet a call is written on: drawn when the page is opened, signed for who opened it.

What comes back with a sheet came from that page and that person, whatever became of the session in
between: it may be kept as a draft of that person (nobody can read it but they), so that a session
that ends in the middle of a call loses nothing, with or without scripts. A sheet stores no report
and opens nothing: that asks a session.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.calls import draft_record_of

SALT = "vertrouwd.desk.intake"
HOURS = 12  # a working day, and more than a session lasts
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Sheet:
    """One form that is being filled in."""

    author: int  # number of the person it was given to
    token: bytes
    began_at: datetime

    @property
    def record(self) -> str:
        """What its draft is bound to."""
        return draft_record_of(self.token)

    @property
    def signed(self) -> str:
        """How it travels with the page."""
        parts = [self.author, self.token.hex(), self.began_at.isoformat()]
        return signing.dumps(parts, salt=SALT)


def new_sheet(by: User) -> Sheet:
    """A fresh one."""
    return Sheet(by.pk, secrets.token_bytes(TOKEN_BYTES), timezone.now())


def read_sheet(signed: str) -> Sheet | None:
    """The sheet that came back; None when it is too old, or not ours."""
    try:
        author, token, began_at = signing.loads(signed, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    return Sheet(author, bytes.fromhex(token), datetime.fromisoformat(began_at))
