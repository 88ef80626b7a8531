"""Conflicts of interest: which institutions somebody supervises, and the acts that keep it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.audit.record import record
from vertrouwd.schools.models import Board, Institution, Supervision


class Refused(Exception):
    """The act is not possible; the message says why, in words for the person who tried."""


def current(*, on: date) -> QuerySet[Supervision]:
    """The supervisions that hold on a day."""
    return Supervision.objects.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))


def supervised_by(person: User, *, on: date) -> QuerySet[Institution]:
    """The institutions this person supervises that day, directly or through their board."""
    own = current(on=on).filter(user=person)
    return Institution.objects.filter(
        Q(pk__in=own.filter(institution__isnull=False).values("institution_id"))
        | Q(board_id__in=own.filter(board__isnull=False).values("board_id"))
    )


@transaction.atomic
def record_supervision(
    person: User,
    *,
    institution: Institution | None = None,
    board: Board | None = None,
    since: date,
    by: User,
    now: datetime | None = None,
) -> Supervision:
    """From that day on, the dossiers of the institution or board do not exist for this person.

    Raises Refused when it is recorded already, ValueError unless exactly one of both is given.
    """
    if (institution is None) == (board is None):
        raise ValueError("a supervision is of an institution or of a board")
    same = current(on=since).filter(user=person, institution=institution, board=board)
    if same.exists():
        raise Refused("Dit belang staat er al.")
    found = Supervision.objects.create(
        user=person,
        institution=institution,
        board=board,
        since=since,
        recorded_at=now or timezone.now(),
        recorded_by=by,
    )
    record(by=by, action="record_supervision", kind="supervision", object=str(found.pk))
    return found


@transaction.atomic
def end_supervision(number: int, *, until: date, by: User) -> Supervision:
    """From that day on it no longer holds; never for the person it is about.

    Raises Refused when it is not there, has ended, or is one's own.
    """
    found = Supervision.objects.select_for_update().filter(pk=number, until__isnull=True).first()
    if found is None:
        raise Refused("Dit belang is er niet, of is al beëindigd.")
    if found.user_id == by.pk:
        raise Refused("Uw eigen belang beëindigt een collega.")
    if until < found.since:
        raise Refused("De einddatum ligt voor de begindatum.")
    found.until, found.ended_by = until, by
    found.save(update_fields=["until", "ended_by"])
    record(by=by, action="end_supervision", kind="supervision", object=str(found.pk))
    return found
