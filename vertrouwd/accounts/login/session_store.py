"""Where sessions are kept: in `OpenSession`, found by a digest of the key (SESSION_ENGINE)."""

from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from vertrouwd.accounts.login.models import OpenSession, digest_of
from vertrouwd.accounts.login.sessions import end_sessions, has_ended, sweep

USER = "_auth_user_id"  # where django.contrib.auth keeps who logged in


class SessionStore(SessionBase):
    """Django's sessions on our table. Saving a session that was ended does not bring it back."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._row: OpenSession | None = None

    @property
    def row(self) -> OpenSession | None:
        """The stored session, None when there is none."""
        self._get_session()  # type: ignore[attr-defined]
        return self._row

    @property
    def digest(self) -> str:
        """The name of this session in the database; empty when it has none."""
        return digest_of(self.session_key) if self.session_key else ""

    @property
    def key_salt(self) -> str:
        """What is signed belongs to this session alone: who writes in the database cannot give
        their own session what was stored for a colleague's."""
        return f"vertrouwd session {self.digest}"

    def load(self) -> dict[str, Any]:
        row = OpenSession.objects.filter(digest=self.digest).first()
        if row is not None and has_ended(row, now=timezone.now()):
            end_sessions([row])
            row = None
        if row is None:
            self._session_key = None
            return {}
        self._row = row
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        return OpenSession.objects.filter(digest=digest_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        stored = {"data": self.encode(data), "user_id": data.get(USER)}
        if must_create:
            self._insert(stored)
        elif not OpenSession.objects.filter(digest=self.digest).update(**stored):
            raise UpdateError

    def _insert(self, stored: dict[str, Any]) -> None:
        now = timezone.now()
        self._row = OpenSession(digest=self.digest, started_at=now, last_seen_at=now, **stored)
        try:
            with transaction.atomic():
                self._row.save(force_insert=True)
        except IntegrityError:
            raise CreateError from None

    def cycle_key(self) -> None:
        """A new key for the same session: it is no younger for it."""
        before = self.row
        super().cycle_key()
        if before is not None and self._row is not None:
            self._row.started_at, self._row.seconds = before.started_at, before.seconds
            self._row.save(update_fields=["started_at", "seconds"])

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            end_sessions(OpenSession.objects.filter(digest=digest_of(key)))

    @classmethod
    def clear_expired(cls) -> None:
        sweep(now=timezone.now())
