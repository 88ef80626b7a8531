"""The duties as the page of a call says them: what follows, why, and what is still missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from vertrouwd.dossiers.models import Dossier
from vertrouwd.duties.assessment import Assessment
from vertrouwd.duties.models import DutyAssessment
from vertrouwd.duties.terms import Duty

_ = gettext_lazy
WHY: dict[Duty, Any] = {
    Duty.INFORM_BOARD: _(
        "Personeel weet ervan en vertelt het direct aan het bestuur of de houder. "
        "Geheimhouding is geen reden om te zwijgen."
    ),
    Duty.CONSULT_INSPECTOR: _(
        "Het bestuur of de houder weet ervan en overlegt direct met de vertrouwensinspecteur, "
        "altijd."
    ),
    Duty.REPORT_TO_POLICE: _("Er is een redelijk vermoeden: dan volgt direct aangifte."),
}
ASKED: dict[str, Any] = {
    "sector": _("de sector"),
    "category": _("de categorie"),
    "possible_offence": _("of het strafbaar kan zijn"),
    "accused_role": _("de rol van de beklaagde"),
    "affected_role": _("de rol van de betrokkene"),
    "affected_age": _("de leeftijd van de betrokkene"),
    "affected_incapacitated": _("of de betrokkene wilsonbekwaam is"),
    "dependency_relation": _("of de betrokkene afhankelijk is van de beklaagde"),
    "known_by": _("wie van de instelling ervan weet"),
}


@dataclass(frozen=True)
class DutyInWords:
    """One duty that is owed."""

    duty: str
    by: str
    to: str
    why: str
    article: str
    verified: bool


@dataclass(frozen=True)
class DutiesInWords:
    """What the law asks on what is known so far."""

    owed: list[DutyInWords]
    undecided: list[str]  # duties that are owed or not, depending on what is missing
    missing: list[str]
    advice_only: bool

    @property
    def nothing(self) -> bool:
        """Decided, and nothing is owed."""
        return not (self.owed or self.missing)


def in_words(found: Assessment) -> DutiesInWords:
    """For the page."""
    return DutiesInWords(
        owed=[_in_words(o.duty, o.on, o.to, o.source, o.verified) for o in found.duties],
        undecided=[gettext(duty.value) for duty in found.undecided],
        missing=[str(ASKED[key]) for key in found.missing],
        advice_only=found.advice_only,
    )


def stored_duties(dossier: Dossier) -> DutiesInWords:
    """The same of what was assessed last for a dossier."""
    found = DutyAssessment.objects.filter(dossier=dossier).last()
    if found is None:
        return DutiesInWords([], [], [], advice_only=False)
    rows = found.duties.all()
    return DutiesInWords(
        owed=[_in_words(Duty(r.duty), r.owed_by, r.owed_to, r.source, r.verified) for r in rows],
        undecided=[],
        missing=[str(ASKED[key]) for key in found.missing],
        advice_only=found.advice_only,
    )


def _in_words(duty: Duty, by: str, to: str, article: str, verified: bool) -> DutyInWords:
    return DutyInWords(
        duty=gettext(duty.value),
        by=gettext(by),
        to=gettext(to),
        why=str(WHY[duty]),
        article=article,
        verified=verified,
    )
