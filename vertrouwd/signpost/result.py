"""What the end of a road shows: the steps, what the law asks, the first days. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vertrouwd.duties.outlook import Outlook
from vertrouwd.signpost.conditions import NOTHING, Told
from vertrouwd.signpost.duty_box import duty_box, with_duties
from vertrouwd.signpost.situation import told_by
from vertrouwd.signpost.steps import Sign, signs_for
from vertrouwd.signpost.terms import YES, Subject


@dataclass(frozen=True)
class Result:
    """The signs at the end of a road."""

    signs: tuple[Sign, ...]  # one to three
    duties: Outlook | None  # for staff and boards
    in_first_days: bool  # a sexual offence may be at most seven days ago
    on_islands: bool

    @property
    def checked_on(self) -> date:
        """The day of the oldest check of what is shown."""
        return min(sign.checked_on for sign in self.signs)


def result_of(answers: Mapping[str, str], *, today: date) -> Result:
    """The result of the answers of a road that has come to its end."""
    told: Told = told_by(answers)
    box = duty_box(told, today=today)
    return Result(
        signs=signs_for(with_duties(told, box, today=today)),
        duties=box,
        in_first_days=YES in told.get(Subject.RECENT, NOTHING),
        on_islands=YES in told.get(Subject.ISLANDS, NOTHING),
    )
