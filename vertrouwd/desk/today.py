"""The day of who handles cases: what is due, whom to call back and when, what came in."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.desk.call_backs import hours_on, said_in
from vertrouwd.desk.worklist.lists import how_many_behind_glass
from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.models import Dossier
from vertrouwd.notices.waiting import DueCounts, InHand, due, in_hand


@dataclass(frozen=True)
class Call:
    """A reporter to call back today: in which dossier, and the safe hours in words, if known."""

    dossier: str
    hours: str


@dataclass(frozen=True)
class Today:
    """Numbers of dossiers and of things to do; all that is counted this person may open."""

    dossiers: int  # assigned, or open after breaking the glass; not closed
    due: DueCounts
    calls: tuple[Call, ...]  # in the order of their hours
    with_messages: int
    with_files: int


def today_of(person: User, *, now: datetime) -> Today:
    """What this person begins the day with."""
    having = in_hand(person, now=now)
    return Today(
        dossiers=having.dossiers + how_many_behind_glass(person, now=now),
        due=due(person, now=now, having=having),
        calls=_calls(having, now=now),
        with_messages=having.with_messages,
        with_files=having.with_files,
    )


def _calls(having: InHand, *, now: datetime) -> tuple[Call, ...]:
    """One for each dossier with a task to call back today."""
    today = timezone.localdate(now)
    numbers = {
        task.dossier for task in having.tasks if (task.kind, task.on) == (TaskKind.CALL_BACK, today)
    }
    said = said_in(numbers)
    calls = [
        Call(Dossier(pk=number).reference, hours_on(today, said.get(number, [])))
        for number in numbers
    ]
    # The words begin alike, so they stand in the order of the hours they name.
    return tuple(sorted(calls, key=lambda call: (not call.hours, call.hours, call.dossier)))
