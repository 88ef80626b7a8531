"""What a page says of a reporter: the condition in plain words, and what may be done now."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from vertrouwd.advice.allowing import words_for
from vertrouwd.advice.conditions import Demand, goes_against, objection
from vertrouwd.advice.reading import Reporter
from vertrouwd.advice.terms import Outward
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.terms import Answer

_ = gettext_lazy
CONDITIONS: dict[Condition, Any] = {
    Condition.NONE: _("Deze melder stelt geen voorwaarde."),
    Condition.ASK_FIRST: _("Deze melder wil dat u niets doet zonder het eerst te vragen."),
    Condition.IF_ANOTHER_REPORTS: _(
        "Deze melder wil dat er pas iets gebeurt als iemand anders dit ook meldt."
    ),
    Condition.RECORD_ONLY: _("Deze melder wil dat u dit alleen vastlegt."),
}


@dataclass(frozen=True)
class MayBeDone:
    """One thing that would go further than the reporter, and whether it may be done now."""

    what: str
    is_allowed: bool
    why: str
    is_against: bool  # the law asks it, and the reporter does not want it


@dataclass(frozen=True)
class ReporterInWords:
    """One reporter as the top of the page tells."""

    reference: str
    role: str
    condition: str
    has_condition: bool
    fulfilled: str  # how it stands with the condition; empty when there is nothing to say
    is_fulfilled: bool
    may: tuple[MayBeDone, ...]


def in_words(reporter: Reporter, demand: Demand | None) -> ReporterInWords:
    """For the page; `demand` is the duty that asks contact with the institution now."""
    known = getattr(reporter.report, "conversation", None) is not None
    allowed = reporter.allows(Outward.CONTACT_INSTITUTION)
    waits = reporter.condition == Condition.IF_ANOTHER_REPORTS
    fulfilled = ""
    if waits:
        fulfilled = (
            gettext("Dat is gebeurd: in dit dossier staat nu ook een melding van iemand anders.")
            if allowed.is_fulfilled
            else gettext("Die andere melding is er nog niet.")
        )
    return ReporterInWords(
        reference=reporter.report.reference,
        role=gettext(reporter.report.reporter_role),
        condition=str(CONDITIONS[reporter.condition])
        if known
        else gettext("Van deze melder is geen voorwaarde bekend."),
        has_condition=reporter.condition != Condition.NONE,
        fulfilled=fulfilled,
        is_fulfilled=allowed.is_fulfilled,
        may=(
            _may(reporter, Outward.CONTACT_INSTITUTION, demand),
            _may(reporter, Outward.SHARE, None),
        ),
    )


def _may(reporter: Reporter, outward: Outward, demand: Demand | None) -> MayBeDone:
    allowed = reporter.allows(outward)
    what = gettext(outward.value)
    if demand and goes_against(outward, allowed, demand=demand):
        return MayBeDone(what, True, _law(demand), True)
    why = objection(outward, allowed)
    if why is not None:
        return MayBeDone(what, False, words_for(why), False)
    if allowed.answered == Answer.YES:
        return MayBeDone(what, True, gettext("De melder zei ja toen u het vroeg."), False)
    return MayBeDone(what, True, "", False)


def _law(demand: Demand) -> str:
    article = demand.article.partition(" (")[0]
    if not demand.verified:
        article += f", {gettext('te controleren')}"
    words = gettext(
        "De wet vraagt het (%(article)s), ook nu de melder dit niet wil. Vertel het eerst aan "
        "de melder."
    )
    return words % {"article": article}
