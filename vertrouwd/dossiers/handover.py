"""Somebody leaves: all their dossiers go to colleagues in one act, seen before and taken back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from vertrouwd.accounts.models import User
from vertrouwd.accounts.policy import Permission
from vertrouwd.audit.record import record
from vertrouwd.dossiers.access import dossiers_to_divide, existing_for
from vertrouwd.dossiers.following import begun, ended, take_back
from vertrouwd.dossiers.membership import one_at_a_time
from vertrouwd.dossiers.models import (
    Assignment,
    AssignmentChange,
    Dossier,
    Handover,
    Task,
)
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.whereabouts import merged_into


@dataclass(frozen=True)
class Move:
    """One dossier of the leaver and who would handle it; nobody when all have a conflict."""

    assignment: Assignment
    to: User | None
    has_it_already: bool  # a colleague of the choice handles it as well

    @property
    def dossier(self) -> Dossier:
        return self.assignment.dossier


@dataclass(frozen=True)
class Plan:
    """What a handover would do. Dossiers that do not exist for who divides are not in it."""

    leaver: User
    moves: list[Move]

    @property
    def left(self) -> list[Move]:
        """What nobody of the choice may take."""
        return [move for move in self.moves if move.to is None]

    @property
    def numbers(self) -> list[tuple[User, int]]:
        """Each colleague and how many dossiers they would get."""
        people = {m.to.pk: m.to for m in self.moves if m.to is not None}
        counted = [(p, sum(m.to == p for m in self.moves)) for p in people.values()]
        return sorted(counted, key=lambda pair: pair[0].username)

    @property
    def digest(self) -> str:
        """A word for this plan; another when anything in it is otherwise."""
        rows = ",".join(f"{m.assignment.pk}:{m.to.pk if m.to else 0}" for m in self.moves)
        return hashlib.sha256(rows.encode()).hexdigest()[:16]


def plan_handover(
    leaver: User, *, to: Sequence[User], by: User, now: datetime | None = None
) -> Plan:
    """Divide the leaver's dossiers evenly over these colleagues, past conflicts of interest.

    Closed dossiers go along: somebody must be there when the reporter returns. Raises Refused for
    colleagues who handle no cases.
    """
    now = now or timezone.now()
    colleagues = [person for person in to if person.pk != leaver.pk]
    if not colleagues:
        raise Refused(gettext("Kies aan wie de dossiers gaan."))
    if not all(person.may(Permission.HANDLE_CASES) for person in colleagues):
        raise Refused(gettext("Deze collega behandelt geen dossiers."))
    held = list(_held_by(leaver, by=by, now=now))
    existing = {
        person.pk: set(
            existing_for(person, now=now)
            .filter(pk__in=[assignment.dossier_id for assignment in held])
            .values_list("pk", flat=True)
        )
        for person in colleagues
    }
    handled = _handled_by(colleagues, [assignment.dossier_id for assignment in held], now)
    load = {person.pk: 0 for person in colleagues}
    moves = []
    for assignment in held:
        number = assignment.dossier_id
        able = [person for person in colleagues if number in existing[person.pk]]
        already = [person for person in able if (number, person.pk) in handled]
        chosen = min(already or able, key=lambda person: load[person.pk], default=None)
        if chosen is not None:
            load[chosen.pk] += 1
        moves.append(Move(assignment, chosen, bool(already)))
    return Plan(leaver, moves)


@transaction.atomic
def hand_over(
    leaver: User,
    *,
    to: Sequence[User],
    by: User,
    seen: str = "",
    now: datetime | None = None,
) -> Handover:
    """Do what the plan says, with the open tasks of the leaver in those dossiers and their parts.

    What nobody of the choice may take stays where it is. `seen` is the digest of the plan that was
    looked at. Raises Refused when it would be another one now, or when there is nothing to do.
    """
    one_at_a_time()  # an act that moves reports changes assignments as well
    at = now or timezone.now()
    list(Assignment.objects.select_for_update().filter(user=leaver, until__isnull=True))
    plan = plan_handover(leaver, to=to, by=by, now=at)
    if seen and seen != plan.digest:
        raise Refused(gettext("Er is intussen iets veranderd. Bekijk het opnieuw."))
    moves = [move for move in plan.moves if move.to is not None]
    if not moves:
        raise Refused(gettext("Er is niets om over te dragen."))
    handover = Handover.objects.create(at=at, by=by, leaver=leaver)
    changes: list[AssignmentChange] = []
    for move in moves:
        assert move.to is not None
        parts = list(merged_into(move.dossier))
        of_parts = Assignment.objects.filter(dossier__in=parts, user=leaver, until__isnull=True)
        for held in [move.assignment, *of_parts.select_related("dossier")]:
            if made := begun(held.dossier, move.to, by=by, at=at):
                changes.append(AssignmentChange(assignment=made, began=True, handover=handover))
            gone = ended(held, by=by, at=at)
            changes.append(AssignmentChange(assignment=gone, began=False, handover=handover))
        left = Task.objects.filter(dossier__in=[move.dossier, *parts], owner=leaver)
        left.filter(done_at__isnull=True).update(owner=move.to)
    AssignmentChange.objects.bulk_create(changes)
    record(
        by=by,
        action="hand_over",
        kind="account",
        object=leaver.username,
        detail={"handover": handover.pk, "dossiers": len(moves), "people": len(plan.numbers)},
    )
    return handover


@transaction.atomic
def undo_handover(handover: Handover, *, by: User, now: datetime | None = None) -> Handover:
    """The dossiers go back, but to who may no longer handle them. Tasks stay with who took them.

    Raises Refused when it was undone before.
    """
    one_at_a_time()
    at = now or timezone.now()
    held = Handover.objects.select_for_update().get(pk=handover.pk)
    if held.undone_at is not None:
        raise Refused(gettext("Dit is al ongedaan gemaakt."))
    changes = held.changes.select_related("assignment__user", "assignment__dossier")
    changed = take_back(changes.order_by("-began", "pk"), by=by, at=at)
    held.undone_at, held.undone_by = at, by
    held.save(update_fields=["undone_at", "undone_by"])
    record(
        by=by,
        action="undo_handover",
        kind="account",
        object=held.leaver.username,
        detail={"handover": held.pk, "assignments": len(changed)},
    )
    return held


def last_handovers(by: User) -> list[Handover]:
    """The last five that somebody who divides the work did, the newest first."""
    done = Handover.objects.filter(by=by).select_related("leaver", "by")
    return list(done.order_by("-pk")[:5])


def handover_of(number: int, *, by: User) -> Handover | None:
    """One that this person did; None for any other number."""
    return Handover.objects.filter(pk=number, by=by).select_related("leaver").first()


def _held_by(leaver: User, *, by: User, now: datetime) -> list[Assignment]:
    existing = dossiers_to_divide(by, now=now).filter(pk=OuterRef("dossier"))
    held = Assignment.objects.filter(Exists(existing), user=leaver, until__isnull=True)
    return list(held.select_related("dossier", "user").order_by("dossier"))


def _handled_by(
    people: Sequence[User], dossiers: Sequence[int], now: datetime
) -> set[tuple[int, int]]:
    held = Assignment.objects.filter(
        user__in=people, dossier__in=dossiers, until__isnull=True, since__lte=now
    )
    return set(held.values_list("dossier", "user"))
