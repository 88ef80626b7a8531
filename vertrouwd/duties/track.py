"""The road from a board that knows to a filing that was checked: which step comes after which.

A step stands once, on a day that is not before those it needs. No Django.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from vertrouwd.duties.terms import Step, Weighing

S = Step
NEEDS: dict[Step, frozenset[Step]] = {
    S.BOARD_INFORMED: frozenset(),
    S.CONSULTED: frozenset(),
    S.WEIGHED: frozenset({S.CONSULTED}),  # the weighing is made in the consultation
    S.PARENTS_INFORMED: frozenset(),
    S.ACCUSED_INFORMED: frozenset(),
    S.REFUSED: frozenset({S.WEIGHED}),
    S.FILED: frozenset(),  # a board may file before anybody asks
    S.REPORTED_BACK: frozenset({S.FILED}),
    S.CHECKED: frozenset({S.FILED}),
    S.RUNG_1: frozenset({S.REFUSED}),
    S.RUNG_2: frozenset({S.REFUSED}),  # each rung has its own day: an earlier one may be skipped
    S.RUNG_3: frozenset({S.REFUSED}),
    S.RUNG_4: frozenset({S.REFUSED}),
}
FOLLOWS: dict[Step, frozenset[Step]] = {  # where both stand, the day is not before
    S.CONSULTED: frozenset({S.BOARD_INFORMED}),
    S.RUNG_2: frozenset({S.RUNG_1}),
    S.RUNG_3: frozenset({S.RUNG_1, S.RUNG_2}),
    S.RUNG_4: frozenset({S.RUNG_1, S.RUNG_2, S.RUNG_3}),
}

BY_GRAVITY = (Weighing.REASONABLE, Weighing.DOUBT, Weighing.NOT_REASONABLE)


class Objection(StrEnum):
    """Why a step cannot be recorded."""

    IN_THE_FUTURE = "in the future"
    STANDS_ALREADY = "stands already"
    NEEDS_ANOTHER = "needs another step first"
    BEFORE_ANOTHER = "before a step it follows"
    NOT_REASONABLE = "only what is owed can be refused"
    NEEDS_WEIGHING = "a weighing says its outcome, and nothing else does"
    IS_NEEDED = "another step needs it"


def objection(
    step: Step,
    on: date,
    *,
    done: Mapping[Step, date],
    weighing: Weighing | None,
    outcome: Weighing | None,
    today: date,
    may_weigh_alone: bool = False,
) -> Objection | None:
    """Why a step cannot stand on a day; None when it can.

    `done` are the steps that stand, `weighing` is what is recorded with this step, `outcome` what
    was weighed before. `may_weigh_alone`: the provider is the accused, and consulting is allowed
    but not owed.
    """
    if on > today:
        return Objection.IN_THE_FUTURE
    if step in done:
        return Objection.STANDS_ALREADY
    if (step is S.WEIGHED) != (weighing is not None):
        return Objection.NEEDS_WEIGHING
    needs = NEEDS[step]
    if step is S.WEIGHED and may_weigh_alone:  # Wko 1.51c(2): «kan»
        needs = frozenset()
    if not needs <= done.keys():
        return Objection.NEEDS_ANOTHER
    earlier = [done[each] for each in NEEDS[step] | FOLLOWS.get(step, frozenset()) if each in done]
    later = [
        day for each, day in done.items() if step in NEEDS[each] | FOLLOWS.get(each, frozenset())
    ]
    if any(on < day for day in earlier) or any(on > day for day in later):
        return Objection.BEFORE_ANOTHER
    if step is S.REFUSED and outcome is not Weighing.REASONABLE:
        return Objection.NOT_REASONABLE
    return None


def is_needed(step: Step, *, done: Iterable[Step]) -> bool:
    """Whether another step that stands would lose what it needs."""
    return any(step in NEEDS[each] for each in done)


def gravest(weighings: Iterable[Weighing]) -> Weighing | None:
    """The weighing that asks most: joining dossiers takes no duty away."""
    found = set(weighings)
    return next((each for each in BY_GRAVITY if each in found), None)
