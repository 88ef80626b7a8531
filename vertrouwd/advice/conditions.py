"""Whether something may go further than the reporter. No Django.

What a reporter answered when asked decides; without an answer the condition of the conversation
does. A duty that is owed goes before both: then it is done all the same, and the page says so.
"""

from dataclasses import dataclass
from enum import StrEnum

from vertrouwd.advice.terms import Outward
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.terms import Answer


@dataclass(frozen=True)
class Demand:
    """The law asks for it: by this article, whose wording was read or not."""

    article: str
    verified: bool


@dataclass(frozen=True)
class Allowed:
    """What one reporter allows as it stands now."""

    condition: Condition = Condition.NONE
    another_reported: bool = False  # a report of somebody else is in the dossier
    answered: Answer | None = None  # when asked whether we may do this
    consent: Answer | None = None  # for passing on what is known about them

    @property
    def is_fulfilled(self) -> bool:
        """The condition asked for another report, and it has come."""
        return self.condition == Condition.IF_ANOTHER_REPORTS and self.another_reported


class Objection(StrEnum):
    """Why it may not be done."""

    SAID_NO = "the reporter was asked and said no"
    NO_CONSENT = "nothing is passed on without consent"
    ASK_FIRST = "the reporter wants to be asked first"
    NO_OTHER_REPORT = "no other report has come"
    RECORD_ONLY = "the reporter wants it recorded only"


def objection(
    outward: Outward, allowed: Allowed, *, demand: Demand | None = None
) -> Objection | None:
    """Why this may not be done; None when it may."""
    if demand is not None or allowed.answered == Answer.YES:
        return None
    if allowed.answered == Answer.NO:
        return Objection.SAID_NO
    if outward is Outward.SHARE and allowed.consent != Answer.YES:
        return Objection.NO_CONSENT
    return _of_condition(allowed)


def goes_against(outward: Outward, allowed: Allowed, *, demand: Demand | None) -> bool:
    """Whether it may be done only because the law asks it."""
    return demand is not None and objection(outward, allowed) is not None


def _of_condition(allowed: Allowed) -> Objection | None:
    if allowed.is_fulfilled:
        return None
    return {
        Condition.ASK_FIRST: Objection.ASK_FIRST,
        Condition.IF_ANOTHER_REPORTS: Objection.NO_OTHER_REPORT,
        Condition.RECORD_ONLY: Objection.RECORD_ONLY,
    }.get(allowed.condition)
