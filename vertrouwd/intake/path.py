"""Answers folded into a road: which pages were answered, and which comes next; knows no Django.

There is no other order and no way round: what is not asked any more is left out, and the first
page that is not answered, or not rightly any more, is the next one.
"""

from dataclasses import dataclass
from datetime import date

from vertrouwd.intake.checking import wrong
from vertrouwd.intake.duty_asked import duty_asked
from vertrouwd.intake.questions import FIELDS, YES, Answers, Step, options_for
from vertrouwd.schools.terms import Sector


@dataclass(frozen=True)
class Road:
    """The pages that were answered, in order; `next` comes now, None: all is told."""

    steps: tuple[Step, ...]
    next: Step | None
    answers: Answers  # of these pages alone

    def before(self, step: Step) -> tuple[Step, ...]:
        """The pages that come before this one."""
        return self.steps[: self.steps.index(step)] if step in self.steps else self.steps

    def after(self, step: Step | None) -> Step | None:
        """The page that comes after this one, answered before or not."""
        if step not in self.steps:
            return self.next
        return (*self.steps, self.next)[self.steps.index(step) + 1]

    def leads_to(self, step: Step | None) -> bool:
        """Whether this page can be shown now; None: the one on which all is checked."""
        return step == self.next or step in self.steps


def road(answers: Answers, *, today: date) -> Road:
    """Follow the answers as far as they go."""
    given: dict[str, str] = {}
    steps: list[Step] = []
    for step in Step:
        if not is_asked(step, given, today=today):
            continue
        names = [field.name for field in FIELDS[step]]
        here = {**given, **{name: answers[name] for name in names if name in answers}}
        if wrong(step, here, today=today):
            return Road(tuple(steps), step, given)
        given = here
        steps.append(step)
    return Road(tuple(steps), None, given)


def is_asked(step: Step, answers: Answers, *, today: date) -> bool:
    """Whether this page comes, given what was told before it."""
    match step:
        case Step.HELP_FIRST:
            return answers["gevaar"] == YES
        case Step.SETTING:
            return answers["sector"] == Sector.CHILDCARE
        case Step.DETAIL:
            return bool(options_for(FIELDS[step][0], answers))
        case Step.DUTY:
            return duty_asked(answers, today=today) is not None
    return True
