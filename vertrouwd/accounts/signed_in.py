"""The request as a view gets it behind its gate, for the types: somebody has been let in."""

from django.http import HttpRequest

from vertrouwd.accounts.login.session_store import SessionStore
from vertrouwd.accounts.models import User
from vertrouwd.sealing.opening import Opened


class SignedInRequest(HttpRequest):
    """A request of a person who logged in with both steps; `opened` is None while locked."""

    user: User
    session: SessionStore
    opened: Opened | None


class OpenedRequest(SignedInRequest):
    """The same behind a gate that asks to unlock."""

    opened: Opened
