"""Who may move reports from one dossier to another: never who is there only through broken glass.

Whoever handles a dossier goes on handling its reports where they go (`following`). With glass that
is broken for three hours somebody could so keep a dossier for good. So joining, separating and
undoing ask for another way to every dossier that reports leave or come into: handling it, or being
on duty. Saying that two are not the same case moves nothing, and asks only to open both.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.access import WAYS, visible_dossiers
from vertrouwd.dossiers.membership import dossiers_of_undo
from vertrouwd.dossiers.models import Dossier, LedgerEvent
from vertrouwd.dossiers.refused import Refused

WITHOUT_GLASS = tuple(way for way in WAYS if way != "glass")


class MayNotMove(Refused):
    """Somebody else can do this: who handles these dossiers, or is on duty."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "U behandelt niet elk dossier waar dit over gaat, en u hebt vandaag geen dienst. "
                "Gebroken glas is hiervoor niet genoeg. Vraag het wie vandaag dienst heeft, of "
                "vraag wie het werk verdeelt om een collega deze dossiers te geven."
            )
        )


def check_may_move(by: User, dossiers: Iterable[int], *, now: datetime | None = None) -> None:
    """Raises MayNotMove unless this person may open all of these without glass.

    Ask while the dossiers are held: what the page knew may have ended since.
    """
    if not_without_glass(by, dossiers, now=now):
        raise MayNotMove


def not_without_glass(
    by: User, dossiers: Iterable[int], *, now: datetime | None = None
) -> list[Dossier]:
    """Of these, by their numbers, those that this person may not open, or only through glass."""
    asked = set(dossiers)
    seen = visible_dossiers(by, through=WITHOUT_GLASS, with_way=False, now=now)
    theirs = set(seen.filter(pk__in=asked).values_list("pk", flat=True))
    return list(Dossier.objects.filter(pk__in=asked - theirs).order_by("pk"))


def check_may_undo(by: User, event: LedgerEvent, *, now: datetime | None = None) -> None:
    """The same, for the dossiers that reports would leave or come into."""
    check_may_move(by, dossiers_of_undo(event), now=now)
