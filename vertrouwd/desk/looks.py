"""Lines of the log for a page, without those of dossiers that do not exist for who reads."""

from vertrouwd.accounts.models import User
from vertrouwd.audit import reading
from vertrouwd.audit.models import Line
from vertrouwd.audit.record import DONE
from vertrouwd.dossiers.assigning import reason_of
from vertrouwd.dossiers.left_out import not_existing_for
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


def looks_for(reader: User, *, of: User, before: int | None = None) -> reading.Page:
    """What somebody looked at, but for dossiers that do not exist for the reader.

    Those lines take no place on a page either: a page that is not full would tell that they are
    there. What was refused stays: it says the same of a dossier that is not there.
    """
    names = [Dossier(pk=number).reference for number in not_existing_for(reader)]
    lines = Line.objects.filter(kind="dossier", result=DONE, object__in=names)
    return reading.looks_of(of.username, before=before, without=lines)


def glass_page(broken: GlassBreak, *, opened: Opened) -> dict[str, object]:
    """What the judge of a broken glass sees; `reason` is None when it cannot be opened."""
    try:
        reason: str | None = reason_of(broken, opened=opened)
    except Unreadable:
        reason = None
    return {"broken": broken, "reason": reason, "lines": looks_during(broken)}
