"""The one way to write a line of the log."""

from typing import Any, Protocol

from django.utils import timezone

from vertrouwd.audit.models import Line

DONE = "done"
REFUSED = "refused"


class Actor(Protocol):
    """Whoever acts: a person or the system."""

    username: str


def record(
    *,
    by: Actor,
    action: str,
    kind: str = "",
    object: str = "",
    result: str = DONE,
    origin: str = "command",
    detail: dict[str, Any] | None = None,
) -> Line:
    """Write one line; it joins the transaction of the act it records.

    `object` is a reference, `detail` holds counts and codes: no name, no narrative, no address.
    `origin` is the process that acted (command, public, casework).
    """
    return Line.objects.create(
        at=timezone.now(),
        actor=by.username,
        action=action,
        kind=kind,
        object=object,
        result=result,
        origin=origin,
        detail=detail or {},
    )
