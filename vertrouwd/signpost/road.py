"""Answers folded into a road: what was asked so far, and what comes next. No Django.

An answer that is not asked for any more, or cannot be chosen any more after an earlier one was
changed, is left out. What still fits stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vertrouwd.signpost.conditions import Told
from vertrouwd.signpost.questions import Option, Question, questions
from vertrouwd.signpost.situation import told_by
from vertrouwd.signpost.terms import Subject


@dataclass(frozen=True)
class Turn:
    """A question with the answer that was given."""

    question: Question
    option: Option


@dataclass(frozen=True)
class Road:
    """The turns that were taken; `next` is what to ask now, None: the signs can be read."""

    turns: tuple[Turn, ...]
    next: Question | None

    @property
    def answers(self) -> dict[str, str]:
        return {turn.question.subject.value: turn.option.value for turn in self.turns}

    @property
    def told(self) -> Told:
        return told_by(self.answers)

    def before(self, subject: Subject) -> "Road":
        """As it was when this was asked; the whole road when it was not."""
        kept: list[Turn] = []
        for turn in self.turns:
            if turn.question.subject is subject:
                return Road(tuple(kept), turn.question)
            kept.append(turn)
        return self


def road(answers: Mapping[str, str]) -> Road:
    """Follow the answers as far as they go."""
    given: dict[str, str] = {}
    turns: list[Turn] = []
    for question in questions():
        told = told_by(given)
        if not question.when.fits(told):
            continue
        option = question.option(answers.get(question.subject), told)
        if option is None:
            return Road(tuple(turns), question)
        given[question.subject.value] = option.value
        turns.append(Turn(question, option))
    return Road(tuple(turns), None)
