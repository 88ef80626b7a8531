"""The one way to write a line of the log: an act, a look or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils import timezone

from vertrouwd.audit import refusals
from vertrouwd.audit.detail import NotForTheLog, checked, is_code, is_reference
from vertrouwd.audit.models import Line

DONE = "done"
REFUSED = "refused"
LOOK, LIST, SEARCH = "look", "list", "search"
ORIGINS = ("command", "public", "casework")


class Actor(Protocol):
    """Whoever acts: a person, the system, or somebody unknown."""

    @property
    def username(self) -> str:
        """As the log names it."""


@dataclass(frozen=True)
class Unknown:
    """Somebody of whom nothing is known, and nothing is to be known."""

    username: str


PUBLIC = Unknown("public")  # whoever uses the public pages
ANONYMOUS = Unknown("anonymous")  # whoever has not logged in on the pages of the casework


def record(
    *,
    by: Actor | None,
    action: str,
    kind: str = "",
    object: str = "",
    result: str = DONE,
    origin: str = "",
    detail: Mapping[str, object] | None = None,
) -> Line:
    """Write one line; it joins the transaction of the act it records.

    `action`, `kind` and `result` are codes, `object` is a reference of at most 100 characters,
    `detail` holds counts, codes, references and digests: no name, no narrative, no address.
    `origin` is the process that acted (command, public, casework), by itself that of the settings.
    `by` is None when nobody is logged in. Raises NotForTheLog when a value may be free text; its
    message does not repeat it.
    """
    line = _line(by, action, kind, object, result, origin, detail)
    refusals.write([line])
    return line


def refuse(
    *,
    by: Actor | None,
    action: str,
    kind: str = "",
    object: str = "",
    reason: str = "",
    origin: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write that something was refused; the line stands also when the transaction is rolled back.

    `reason` is a code (`no_permission`, `not_assigned`); it stands in the detail. Outside a
    transaction the line is written at once. Inside one, it waits until `written_after()` ends,
    which the gates and the command line have around all they do. Where nothing of the kind is
    around it, the line joins the transaction and shares its fate.
    """
    told = {**(detail or {}), **({"reason": reason} if reason else {})}
    refusals.keep(_line(by, action, kind, object, REFUSED, origin, told))


def look(
    *,
    by: Actor | None,
    kind: str,
    object: str = "",
    action: str = LOOK,
    count: int | None = None,
    origin: str = "",
    detail: Mapping[str, object] | None = None,
) -> Line:
    """Write that somebody looked. A list or a search (`action=LIST`, `SEARCH`) is one look.

    Of those the line names the kind and the number of rows shown, never the rows or the words.
    """
    told = {**(detail or {}), **({} if count is None else {"count": count})}
    return record(by=by, action=action, kind=kind, object=object, origin=origin, detail=told)


def restored(*, by: Actor, number: int, digest: str) -> Line:
    """Write that a backup was put back; `number` and `digest` are the head that was given up.

    Anchors of the lines between are then explained by this line, not a break of the chain.
    """
    abandoned = {"abandoned_number": number, "abandoned_digest": digest}
    return record(by=by, action="restored", kind="log", detail=abandoned)


def _line(
    by: Actor | None,
    action: str,
    kind: str,
    reference: str,
    result: str,
    origin: str,
    detail: Mapping[str, object] | None,
) -> Line:
    origin = origin or getattr(settings, "VERTROUWD_PROCESS", "command")
    for name, code in (("action", action), ("result", result), ("kind", kind or "none")):
        if not is_code(code):
            raise NotForTheLog(f"The {name} of a line is a code, such as 'look'.")
    if origin not in ORIGINS:
        raise NotForTheLog(f"The origin of a line is one of {', '.join(ORIGINS)}.")
    if not is_reference(reference):
        raise NotForTheLog("The object of a line is a reference, such as 'D-0000012'.")
    nobody = PUBLIC if origin == "public" else ANONYMOUS
    return Line(
        at=timezone.now(),
        actor=(by.username if by else "") or nobody.username,
        action=action,
        kind=kind,
        object=reference,
        result=result,
        origin=origin,
        detail=checked(detail or {}),
    )
