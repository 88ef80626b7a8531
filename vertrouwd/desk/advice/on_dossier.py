"""What the page of a dossier shows of advice.

A question for each of four kinds of which there is something, however much was done, and two more
where a reporter waits for another.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.advice.models import Advice, Choice, Referral, Result
from vertrouwd.advice.reading import (
    are_of_several,
    between_staff,
    condition_of,
    standing_in_short,
)
from vertrouwd.desk.advice.wording import CONDITIONS
from vertrouwd.desk.case.panels import Panel
from vertrouwd.desk.case.rows import Rows
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.models import Report
from vertrouwd.sealing.opening import Opened

Kind = TypeVar("Kind", Advice, Choice, Referral, Result)


@dataclass(frozen=True)
class ConditionOnDossier:
    """The condition of one reporter, while it holds or once it is fulfilled."""

    reference: str
    words: str
    is_fulfilled: bool


@dataclass(frozen=True)
class AdviceOnDossier:
    """In short: what reporters ask of us, and how far the advice is."""

    reference: str
    is_between_staff: bool
    conditions: list[ConditionOnDossier]
    advice: Advice | None  # the last
    choice: Choice | None
    referrals: int
    result: Result | None


def gather(rows: Rows, *, by: User, opened: Opened, now: datetime) -> AdviceOnDossier:
    """For the panel."""
    return AdviceOnDossier(
        reference=rows.dossier.reference,
        is_between_staff=between_staff(rows.reports),
        conditions=_conditions(rows.reports),
        advice=_last(Advice, rows),
        choice=_last(Choice, rows),
        referrals=len(_standing(Referral, rows)),
        result=_last(Result, rows),
    )


def _last(kind: type[Kind], rows: Rows) -> Kind | None:
    return next(reversed(_standing(kind, rows)), None)


def _standing(kind: type[Kind], rows: Rows) -> list[Kind]:
    return standing_in_short(kind, rows.reports) if kind in rows.there else []


def _conditions(reports: list[Report]) -> list[ConditionOnDossier]:
    found = [(report.reference, condition_of(report)) for report in reports]
    awaited = any(condition == Condition.IF_ANOTHER_REPORTS for _, condition in found)
    is_there = awaited and are_of_several(reports)
    return [
        ConditionOnDossier(
            reference,
            str(CONDITIONS[condition]),
            is_there and condition == Condition.IF_ANOTHER_REPORTS,
        )
        for reference, condition in found
        if condition != Condition.NONE
    ]


PANEL = Panel("advies", gettext_lazy("Advies"), "desk/advice/_on_dossier.html", gather)
