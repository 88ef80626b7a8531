"""What the page of a dossier shows of advice; nine questions, however much was done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from vertrouwd.accounts.models import User
from vertrouwd.advice.models import Advice, Choice, Referral, Result
from vertrouwd.advice.reading import between_staff, reporters_of, reports_of, standing
from vertrouwd.desk.advice.wording import CONDITIONS
from vertrouwd.desk.case.panels import Panel
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.models import Dossier
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


def gather(dossier: Dossier, *, by: User, opened: Opened, now: datetime) -> AdviceOnDossier:
    """For the panel."""
    reports = reports_of(dossier)
    advice, chosen = standing(Advice, reports), standing(Choice, reports)
    results = standing(Result, reports)
    return AdviceOnDossier(
        reference=dossier.reference,
        is_between_staff=between_staff(reports),
        conditions=[
            ConditionOnDossier(
                each.report.reference,
                str(CONDITIONS[each.condition]),
                each.condition == Condition.IF_ANOTHER_REPORTS and each.another_reported,
            )
            for each in reporters_of(reports)
            if each.condition != Condition.NONE
        ],
        advice=advice[-1] if advice else None,
        choice=chosen[-1] if chosen else None,
        referrals=len(standing(Referral, reports)),
        result=results[-1] if results else None,
    )


PANEL = Panel("advies", gettext_lazy("Advies"), "desk/advice/_on_dossier.html", gather)
