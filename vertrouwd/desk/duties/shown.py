"""Duties as pages say them: on a dossier, beside a call, and side by side. One way of saying."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from vertrouwd.desk.duties.reasons import notes_in_words, reason_in_words
from vertrouwd.dossiers.models import Dossier
from vertrouwd.duties.assessment import Assessment
from vertrouwd.duties.clocks import Clocks, clocks
from vertrouwd.duties.models import OwedDuty
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.rules import Owed
from vertrouwd.duties.terms import Duty

_ = gettext_lazy
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
# In which part of an address a fact is asked.
SLUGS = {
    "possible_offence": "strafbaar",
    "accused_role": "beklaagde",
    "affected_role": "betrokkene",
    "affected_age": "leeftijd",
    "affected_incapacitated": "wilsonbekwaam",
    "dependency_relation": "afhankelijk",
    "known_by": "wie-weet",
    "known_on": "bekend-op",
}
TEXT_DATES: dict[str, Any] = {"autumn 2015": _("najaar 2015")}  # of the data
IN_ARTICLES: dict[str, Any] = {
    "bill 36 777": _("wetsvoorstel 36 777"),
    "number not known": _("nummer niet bekend"),
    "before:": _("eerder:"),
}


@dataclass(frozen=True)
class Missing:
    """A fact that holds up an answer; in a text it is its words."""

    key: str

    def __str__(self) -> str:
        return str(ASKED[self.key])

    @property
    def slug(self) -> str:
        """Where it is asked; empty: it is a code of the dossier."""
        return SLUGS.get(self.key, "")


@dataclass(frozen=True)
class DutyInWords:
    """One duty that is owed. `dossier`: the number of what was joined, when it came with that."""

    duty: str
    by: str
    to: str
    why: str
    article: str
    verified: bool
    text_date: str = ""
    since: date | None = None
    dossier: str = ""


@dataclass(frozen=True)
class DutiesInWords:
    """What the law asks on what is known so far."""

    owed: list[DutyInWords]
    undecided: list[str]  # duties that are owed or not, depending on what is missing
    missing: list[Missing]
    advice_only: bool
    notes: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Decided, and nothing is owed."""
        return not (self.owed or self.missing)


def in_words(found: Assessment) -> DutiesInWords:
    """What was decided just now, of facts that are not stored."""
    return DutiesInWords(
        owed=[_decided(each, found.rule_set) for each in found.duties],
        undecided=[gettext(duty.value) for duty in found.undecided],
        missing=[Missing(key) for key in found.missing],
        advice_only=found.advice_only,
        notes=notes_in_words(found.notes),
    )


def stored_in_words(found: Clocks, *, of: int) -> DutiesInWords:
    """What stands for a dossier and what was joined into it."""
    return DutiesInWords(
        owed=[_stored(each, of=of) for each in found.duties],
        undecided=[],
        missing=[Missing(key) for key in found.missing],
        advice_only=found.advice_only,
        notes=notes_in_words(found.own.notes) if found.own else [],
    )


def stored_duties(dossier: Dossier) -> DutiesInWords:
    """The same, for a page that shows nothing else of the clocks."""
    return stored_in_words(clocks(dossier), of=dossier.pk)


def article_in_words(article: str) -> str:
    """Where a duty stands; the data has a few words of English in it."""
    for english, words in IN_ARTICLES.items():
        article = article.replace(english, str(words))
    return article


def text_date_of(rule_set: str | None, duty: Duty, article: str) -> str:
    """Of when the text is in which that wording was read; empty when it was not."""
    found = rule_sets().get(rule_set or "")
    acts = [a for a in found.acts if article in (a.article_of(duty), a.article)] if found else []
    if found and found.provider_accused and found.provider_accused.article == article:
        acts = acts or list(found.acts)
    words = next((act.text_date for act in acts if act.text_date), "")
    return str(TEXT_DATES.get(words, words))


def _decided(owed: Owed, rule_set: str | None) -> DutyInWords:
    return DutyInWords(
        duty=gettext(owed.duty.value),
        by=gettext(owed.on),
        to=gettext(owed.to),
        why=reason_in_words(owed.because),
        article=article_in_words(owed.source),
        verified=owed.verified,
        text_date=text_date_of(rule_set, owed.duty, owed.source),
    )


def _stored(owed: OwedDuty, *, of: int) -> DutyInWords:
    other = owed.assessment.dossier_id != of
    return DutyInWords(
        duty=gettext(owed.duty),
        by=gettext(owed.owed_by),
        to=gettext(owed.owed_to),
        why=reason_in_words(owed.because),
        article=article_in_words(owed.source),
        verified=owed.verified,
        text_date=text_date_of(owed.assessment.rule_set, Duty(owed.duty), owed.source),
        since=owed.since,
        dossier=Dossier(pk=owed.assessment.dossier_id).reference if other else "",
    )
