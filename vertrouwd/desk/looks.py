"""Lines of the log for a page, without those of dossiers that do not exist for who reads."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from vertrouwd.accounts.models import User
from vertrouwd.audit import reading
from vertrouwd.audit.models import Line
from vertrouwd.audit.record import DONE
from vertrouwd.dossiers.access import existing_for
from vertrouwd.dossiers.assigning import reason_of
from vertrouwd.dossiers.models import Dossier, GlassBreak
from vertrouwd.sealing.opening import Opened
from vertrouwd.sealing.unreadable import Unreadable


def looks_during(broken: GlassBreak) -> list[Line]:
    """What was looked at in that dossier while its glass was broken, the oldest first."""
    page = reading.lines(
        actor=broken.user.username,
        object=broken.dossier.reference,
        since=broken.opened_at,
        until=broken.ends_at,
        size=reading.LARGEST_PAGE,
    )
    return [line for line in reversed(page.lines) if line.action != "break_glass"]


def without_conflicts(
    lines: Sequence[Line], *, by: User, now: datetime | None = None
) -> list[Line]:
    """These lines but those about a dossier at an institution that `by` supervises.

    What was refused stays: it says the same of a dossier that is not there.
    """
    done = [line for line in lines if line.result == DONE and line.kind == "dossier"]
    named = {line.object for line in done if line.object}
    existing = _references(existing_for(by, now=now).filter(pk__in=_numbers(named)))
    hidden = {line.pk for line in done if line.object in named - existing}
    return [line for line in lines if line.pk not in hidden]


def _numbers(references: Iterable[str]) -> list[int]:
    return [int(r.removeprefix("D-")) for r in references if r.removeprefix("D-").isdigit()]


def _references(dossiers: Iterable[Dossier]) -> set[str]:
    return {dossier.reference for dossier in dossiers}


def glass_page(broken: GlassBreak, *, opened: Opened) -> dict[str, object]:
    """What the judge of a broken glass sees; `reason` is None when it cannot be opened."""
    try:
        reason: str | None = reason_of(broken, opened=opened)
    except Unreadable:
        reason = None
    return {"broken": broken, "reason": reason, "lines": looks_during(broken)}
