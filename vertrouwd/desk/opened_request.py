"""The request as a page of the desk gets it, for the types: the gate has let somebody in."""

from django.http import HttpRequest

from vertrouwd.accounts.models import User
from vertrouwd.sealing.opening import Opened


class DeskRequest(HttpRequest):
    """A request of a person who logged in with both steps; `opened` is None while locked."""

    user: User
    opened: Opened | None


class OpenedRequest(DeskRequest):
    """The same behind a gate that asks to unlock."""

    opened: Opened
