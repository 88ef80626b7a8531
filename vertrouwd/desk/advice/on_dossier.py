"""What the page of a dossier shows of advice.

Four questions, however much was done, and two more where a reporter waits for another.
"""

from dataclasses import dataclass
from datetime import datetime

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
    reports = rows.reports
    advice, chosen = standing_in_short(Advice, reports), standing_in_short(Choice, reports)
    results = standing_in_short(Result, reports)
    return AdviceOnDossier(
        reference=rows.dossier.reference,
        is_between_staff=between_staff(reports),
        conditions=_conditions(reports),
        advice=advice[-1] if advice else None,
        choice=chosen[-1] if chosen else None,
        referrals=len(standing_in_short(Referral, reports)),
        result=results[-1] if results else None,
    )


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
