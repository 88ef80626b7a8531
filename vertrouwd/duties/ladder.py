"""The ladder after a refusal to file: who acts by which working day. House practice. No Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vertrouwd.duties.working_days import working_day_after


@dataclass(frozen=True)
class Rung:
    """A step of the ladder as a rule set states it."""

    step: int
    working_day: int  # counted from the refusal, whose own day does not count
    by: str  # who acts or is informed
    verified: bool


@dataclass(frozen=True)
class LadderDay:
    """A step of the ladder with the last day on which it is to be taken."""

    step: int
    by: str
    due: date
    verified: bool


def steps(refused_on: date, rungs: Iterable[Rung]) -> tuple[LadderDay, ...]:
    """The ladder that starts with a refusal on that day."""
    return tuple(
        LadderDay(
            rung.step, rung.by, working_day_after(refused_on, rung.working_day), rung.verified
        )
        for rung in rungs
    )
