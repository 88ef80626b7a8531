"""What somebody saw through broken glass and may not act on: word of it, for who handles it.

It becomes a task there. The number of the other dossier is shown to nobody but who may open that
one too, as everywhere: so nobody learns from a task that a dossier is there.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.dossiers.access import existing_for, one_of, refused_at_door, visible_dossiers
from vertrouwd.dossiers.casework_terms import WORD_LEFT
from vertrouwd.dossiers.may_move import not_without_glass
from vertrouwd.dossiers.membership import lock
from vertrouwd.dossiers.models import Dossier, GlassBreak, Task
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.tasks import add_task
from vertrouwd.sealing.opening import Opened

WORD_AFTER_GLASS = timedelta(hours=1)  # what was seen through it can still be told


def dossier_to_leave_word_in(reference: str, *, by: User, now: datetime | None = None) -> Dossier:
    """A dossier one may open, or could until its glass closed less than an hour ago.

    Only to leave word there, never to read. Missing and forbidden give the same 404.
    """
    now = now or timezone.now()
    lately = GlassBreak.objects.filter(user=by, opened_at__lte=now)
    behind = lately.filter(ends_at__gt=now - WORD_AFTER_GLASS).values("dossier")
    found = one_of(visible_dossiers(by, holding_reports=True, now=now), reference)
    if found is None and by.may(Permission.HANDLE_CASES):
        found = one_of(existing_for(by, now=now).filter(pk__in=behind), reference)
    if found is None:
        raise refused_at_door(reference, by=by, action="leave_word")
    return found


@transaction.atomic
def leave_word(
    dossier: Dossier,
    *,
    kind: str,
    due_on: date,
    by: User,
    opened: Opened,
    words: str = "",
    other: Dossier | None = None,
    after: int = 0,
    now: datetime | None = None,
) -> list[Task]:
    """A task in the dossier, for whoever can; in `other` as well when that is behind glass too.

    Both came through the door for leaving word (`dossier_to_leave_word_in`). Raises Refused.
    """
    if kind not in WORD_LEFT:
        raise Refused(gettext("Kies wat er moet gebeuren."))
    if other is not None and other.pk == dossier.pk:
        raise Refused(gettext("Dit is hetzelfde dossier."))
    behind = {dossier.pk: dossier}
    if other is not None:
        behind |= {each.pk: each for each in not_without_glass(by, [other.pk], now=now)}
    lock(behind)
    return [
        add_task(
            each,
            kind=kind,
            due_on=due_on,
            by=by,
            words=words,
            other=other if each.pk == dossier.pk else dossier,
            opened=opened,
            after=after,
            now=now,
        )
        for each in behind.values()
    ]
