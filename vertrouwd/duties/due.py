"""What is still to be done about the duties of a case, by whom, and by when. No Django.

The law says *onverwijld*, without hours. What the house asks of itself stands in
`data/house-norm.toml` and is called a house norm wherever it is shown; the days of the ladder are
house practice as well.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from vertrouwd.duties import ladder
from vertrouwd.duties.rules import INSPECTOR
from vertrouwd.duties.terms import RUNGS, Duty, Step, Weighing
from vertrouwd.duties.working_days import working_day_after

HOUSE_NORM = Path(__file__).parent / "data" / "house-norm.toml"
DONE_BY: dict[Duty, frozenset[Step]] = {
    Duty.INFORM_BOARD: frozenset({Step.BOARD_INFORMED, Step.CONSULTED}),  # who consults knows
    Duty.CONSULT_INSPECTOR: frozenset({Step.CONSULTED}),
    Duty.REPORT_TO_POLICE: frozenset({Step.FILED, Step.REFUSED}),  # then the ladder begins
}
TAKEN_BY: dict[Duty, Step] = {
    Duty.INFORM_BOARD: Step.BOARD_INFORMED,
    Duty.CONSULT_INSPECTOR: Step.CONSULTED,
    Duty.REPORT_TO_POLICE: Step.FILED,
}


@dataclass(frozen=True)
class Due:
    """One thing that is still to be done. `on`: the last day by a norm of the house; None: no day
    was agreed."""

    step: Step
    by: str
    on: date | None = None
    duty: Duty | None = None
    rung: int | None = None

    def is_late(self, today: date) -> bool:
        """Whether the last day is past."""
        return self.on is not None and self.on < today


@cache
def norm_in_working_days() -> int:
    """How many working days the house gives for what the law wants at once."""
    return int(tomllib.loads(HOUSE_NORM.read_text(encoding="utf-8"))["working_days"])


def dues(
    owed: Mapping[Duty, tuple[str, date]],
    *,
    done: Mapping[Step, date],
    weighing: Weighing | None,
    rungs: Iterable[ladder.LadderDay],
) -> tuple[Due, ...]:
    """What comes next, the first day first. `owed`: by whom and since when."""
    found = [
        Due(TAKEN_BY[duty], by, working_day_after(_begins(duty, since, done), _norm()), duty)
        for duty, (by, since) in owed.items()
        if not DONE_BY[duty] & done.keys()
    ]
    if Duty.CONSULT_INSPECTOR in owed and Step.CONSULTED in done and weighing is None:
        found.append(Due(Step.WEIGHED, INSPECTOR))
    found += [
        Due(RUNGS[each.step], each.by, each.due, rung=each.step)
        for each in rungs
        if RUNGS[each.step] not in done
    ]
    if Step.FILED in done and Duty.REPORT_TO_POLICE in owed:
        by, _ = owed[Duty.REPORT_TO_POLICE]
        found += [] if Step.REPORTED_BACK in done else [Due(Step.REPORTED_BACK, by)]
        found += [] if Step.CHECKED in done else [Due(Step.CHECKED, INSPECTOR)]
    return tuple(sorted(found, key=lambda due: due.on or date.max))


def _begins(duty: Duty, since: date, done: Mapping[Step, date]) -> date:
    """Filing is asked once the suspicion was found reasonable, consulting once the board knew."""
    after = {Duty.REPORT_TO_POLICE: Step.WEIGHED, Duty.CONSULT_INSPECTOR: Step.BOARD_INFORMED}
    return max(since, done.get(after[duty], since)) if duty in after else since


def _norm() -> int:
    return norm_in_working_days()
