"""What the form carries: the answers, which question was shown, which words. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from vertrouwd.advice.wording import is_for_children
from vertrouwd.sealing.form_state import open_state, seal_state
from vertrouwd.signpost.questions import Question, questions
from vertrouwd.signpost.road import Road, road
from vertrouwd.signpost.terms import Role, Subject

FORM = "wegwijzer"
GOOD_FOR = timedelta(hours=24)
SHOWN, WORDS = "_getoond", "_woorden"  # no subject is called so


@dataclass(frozen=True)
class Carried:
    """Answers by subject; `shown` is the question on the page, None: the result."""

    answers: Mapping[str, str] = field(default_factory=dict)
    shown: Subject | None = Subject.DANGER
    words: str = ""  # chosen by who reads; empty: what fits the answers

    @cached_property
    def road(self) -> Road:
        return road(self.answers)

    @property
    def so_far(self) -> Road:
        """The road up to the question on the page."""
        return self.road.before(self.shown) if self.shown else self.road

    @property
    def question(self) -> Question | None:
        """The one on the page; None: the result."""
        return next((each for each in questions() if each.subject is self.shown), None)

    @property
    def for_children(self) -> bool:
        """In words for a child: chosen, or because a pupil who is mostly a child asks."""
        given = self.road.answers
        sector = given.get(Subject.KIND, given.get(Subject.SECTOR))
        is_learner = given.get(Subject.ROLE) == Role.LEARNER
        return is_for_children(self.words, is_learner=is_learner, sector=sector)

    def answered(self, value: str) -> "Carried":
        """With an answer to the question on the page, on to what comes next."""
        if self.shown is None:
            return self
        answers = {**self.answers, self.shown.value: value}
        after = road(answers).next
        return replace(self, answers=answers, shown=after.subject if after else None)

    def back(self) -> "Carried":
        """One question back; the first one stays."""
        turns = self.so_far.turns
        return replace(self, shown=turns[-1].question.subject) if turns else self

    def changing(self, subject: str) -> "Carried":
        """To a question that was answered; anything else changes nothing."""
        asked = {turn.question.subject for turn in self.road.turns}
        return replace(self, shown=Subject(subject)) if subject in asked else self


def sealed(carried: Carried, *, key: bytes, now: datetime) -> str:
    """As one text for a hidden field."""
    values = {**carried.answers, SHOWN: carried.shown or "", WORDS: carried.words}
    return seal_state(values, key=key, form=FORM, now=now)


def opened(text: str, *, key: bytes, now: datetime) -> Carried:
    """What a form carried. Raises Forged and Expired."""
    values = open_state(text, key=key, form=FORM, now=now, max_age=GOOD_FOR)
    shown, words = values.pop(SHOWN, ""), values.pop(WORDS, "")
    found = Carried(values, Subject(shown) if shown else None, words)
    return found if _leads_there(found) else replace(found, shown=_next(found))


def _leads_there(found: Carried) -> bool:
    """A version with other questions may have made it: then the road goes on where it can."""
    on_road = {turn.question.subject for turn in found.road.turns}
    return found.shown in on_road or found.shown == _next(found)


def _next(found: Carried) -> Subject | None:
    after = found.road.next
    return after.subject if after else None
