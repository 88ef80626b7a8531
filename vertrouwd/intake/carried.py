"""What the form carries from page to page, sealed; knows no Django.

The last page carries a token as well, under a name of its own: whoever sends it twice sends one
report (receiving.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from vertrouwd.advice.wording import is_for_children
from vertrouwd.dossiers.terms import ReporterRole
from vertrouwd.intake.path import Road, road
from vertrouwd.intake.questions import NO, YES, Step, asker
from vertrouwd.schools.terms import Sector
from vertrouwd.sealing.form_state import open_state, seal_state

FORM, LAST_PAGE = "melden", "melden-versturen"
GOOD_FOR = timedelta(hours=24)
# No field is called so.
SHOWN, WORDS, TOKEN, RETURNS = "_getoond", "_woorden", "_bewijs", "_terug"


@dataclass(frozen=True, kw_only=True)
class Carried:
    """Answers by field; `shown` is the page, None: the last one, on which all is checked."""

    today: date
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    shown: Step | None = Step.WELCOME
    words: str = ""  # chosen by who reads; empty: what fits the answers
    returns: bool = False  # an answer is changed: after it comes the last page again
    token: bytes = field(default=b"", repr=False)  # of the last page

    @cached_property
    def road(self) -> Road:
        return road(self.answers, today=self.today)

    @property
    def for_children(self) -> bool:
        """In words for a child: chosen, or because a pupil who is mostly a child tells."""
        who = asker(self.answers)
        is_learner = who is not None and who.role is ReporterRole.LEARNER
        sector = self.answers.get("sector", Sector.PRIMARY)
        return is_for_children(self.words, is_learner=is_learner, sector=sector)

    def answered(self, values: Mapping[str, str]) -> "Carried":
        """With the answers to the page that is shown, on to what comes after it."""
        after = self.with_values(values)
        ahead = after.road.next if self.returns else after.road.after(self.shown)
        return replace(after, shown=ahead, returns=self.returns and ahead is not None)

    def with_values(self, values: Mapping[str, str]) -> "Carried":
        """With these answers, on the same page."""
        return replace(self, answers={**self.answers, **values}, token=b"")

    def back(self) -> "Carried":
        """One page back; the first one stays. Who was changing an answer is back where all is
        checked, unless something is missing now."""
        if self.returns and self.road.next is None:
            return replace(self, shown=None, returns=False, token=b"")
        before = self.road.before(self.shown) if self.shown else self.road.steps
        return replace(self, shown=before[-1], token=b"") if before else self

    def changing(self, step: str) -> "Carried":
        """To a page that was answered; anything else changes nothing."""
        on_road = step in set(self.road.steps)
        if not on_road:
            return self
        return replace(self, shown=Step(step), returns=True, token=b"")

    def where_it_can_be(self) -> "Carried":
        """On the page that is shown, or on the first that is missing before it."""
        return self if self.road.leads_to(self.shown) else replace(self, shown=self.road.next)


def sealed(carried: Carried, *, key: bytes, now: datetime) -> str:
    """As one text for a hidden field. Raises TooLarge.

    The page of the story has the story in a field of its own, so its state goes without: with both
    a long one would be more than a form may carry.
    """
    values = {**carried.answers, SHOWN: carried.shown or "", WORDS: carried.words}
    values[RETURNS] = YES if carried.returns else NO
    if carried.shown is None:
        values[TOKEN] = carried.token.hex()
        return seal_state(values, key=key, form=LAST_PAGE, now=now)
    if carried.shown is Step.STORY:
        values.pop("verhaal", None)
    return seal_state(values, key=key, form=FORM, now=now)


def opened(text: str, *, key: bytes, now: datetime, today: date) -> Carried:
    """What a page carried that is not the last. Raises Forged and Expired."""
    values = open_state(text, key=key, form=FORM, now=now, max_age=GOOD_FOR)
    return _carried(values, today)


def opened_last(
    text: str, *, key: bytes, now: datetime, today: date, max_age: timedelta
) -> Carried:
    """What the last page carried. Raises Forged and Expired."""
    values = open_state(text, key=key, form=LAST_PAGE, now=now, max_age=max_age)
    return _carried(values, today)


def _carried(values: dict[str, str], today: date) -> Carried:
    """A version with other questions may have made it: then it goes on where it can."""
    shown, words = values.pop(SHOWN, ""), values.pop(WORDS, "")
    returns, token = values.pop(RETURNS, NO) == YES, bytes.fromhex(values.pop(TOKEN, ""))
    step = Step(shown) if shown in set(Step) else None
    return Carried(
        today=today, answers=values, shown=step, words=words, returns=returns, token=token
    )
