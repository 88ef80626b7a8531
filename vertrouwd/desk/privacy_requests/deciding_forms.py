"""The forms of deciding: how a document is weighed, the second look, the letter."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from vertrouwd.desk.fields import Pick, in_words, number
from vertrouwd.desk.privacy_requests.forms import Today, Words
from vertrouwd.dossiers.terms import Category
from vertrouwd.privacy_requests.answering import LONGEST_LETTER
from vertrouwd.privacy_requests.grounds import NEED_A_GROUND, NEED_WORDS, OUTCOMES, Ground, grounds
from vertrouwd.privacy_requests.second_look import LONGEST_REASON
from vertrouwd.privacy_requests.terms import Outcome, RequestKind, Verdict
from vertrouwd.privacy_requests.weighing import LONGEST_WORDS as LONGEST_WEIGHING


class WeighForm(forms.Form):
    """What happens with one document. `seen`, `version`: what the page showed."""

    outcome = forms.ChoiceField(
        label=_("Uw besluit"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u besluit.")},
    )
    ground = forms.ChoiceField(label=_("Op welke grond?"), required=False)
    why = Words(
        label=_("Waarom?"),
        help_text=_("Voor de collega die nakijkt. Dit wordt verzegeld."),
        max_length=LONGEST_WEIGHING,
    )
    hidden = Words(
        label=_("Wat maakt u zwart?"),
        help_text=_("Alleen als u een deel geeft. Dit wordt verzegeld."),
        max_length=LONGEST_WEIGHING,
    )
    statement = Words(
        rows=6,
        label=_("Wat komt er in het dossier?"),
        help_text=_("De verbetering, of de verklaring van de vrager. Dit wordt verzegeld."),
        max_length=LONGEST_WEIGHING,
    )
    seen, version = number(), number()

    def __init__(self, *args: Any, kind: RequestKind, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["outcome"], in_words(OUTCOMES[kind]))
        offer(self.fields["ground"], [("", _("geen")), *_by_decision(kind, category)])
        hints = {
            RequestKind.ACCESS: _("Kies een grond als u iets niet geeft."),
            RequestKind.CORRECTION: _("Kies een grond als u niet verbetert."),
            RequestKind.ERASURE: _("Kies de grond voor wissen, of die om het niet te doen."),
        }
        self.fields["ground"].help_text = hints.get(kind, "")
        if kind is not RequestKind.ACCESS:
            del self.fields["hidden"]
        if kind is not RequestKind.CORRECTION:
            del self.fields["statement"]

    def clean(self) -> dict[str, Any]:
        """What belongs to the decision must be there; the act checks the rest."""
        found = super().clean() or {}
        outcome = found.get("outcome")
        if outcome in NEED_WORDS and not found.get("why", "").strip():
            self.add_error("why", _("Leg uit waarom."))
        if outcome == Outcome.PARTLY and not found.get("hidden", "").strip():
            self.add_error("hidden", _("Beschrijf wat u zwart maakt."))
        if outcome in NEED_A_GROUND and not found.get("ground"):
            self.add_error("ground", _("Kies een grond."))
        is_statement = outcome in (Outcome.CORRECT, Outcome.STATEMENT)
        if is_statement and not found.get("statement", "").strip():
            self.add_error("statement", _("Schrijf op wat er in het dossier komt."))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """What the act is told, once the form is valid."""
        asked = self.cleaned_data
        return asked | {"seen": asked["seen"] or 0, "version": asked["version"] or 0}


class LookForm(forms.Form):
    """What the second person says. `seen`: the digest of what the page showed."""

    verdict = Pick(
        label=_("Uw oordeel"),
        choices=in_words(Verdict),
        widget=forms.RadioSelect,
        wrong=_("Kies wat u vindt."),
    )
    reason = Words(
        label=_("Waarom geeft u het terug?"),
        help_text=_("Alleen als u het teruggeeft. Dit wordt verzegeld."),
        max_length=LONGEST_REASON,
    )
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A reason goes with giving it back, and only with that."""
        found = super().clean() or {}
        has_reason = bool(found.get("reason", "").strip())
        if found.get("verdict") == Verdict.RETURNS and not has_reason:
            self.add_error("reason", _("Schrijf op waarom u het teruggeeft."))
        if found.get("verdict") == Verdict.AGREES and has_reason:
            self.add_error("reason", _("Bij akkoord hoort geen reden. Geeft u het terug?"))
        return found


class LetterForm(forms.Form):
    """The letter as it was sent."""

    letter = Words(
        rows=28,
        required=True,
        label=_("De brief"),
        help_text=_(
            "Vul in wat tussen haken staat. Schrijf niets waaruit een ander te herkennen is."
        ),
        max_length=LONGEST_LETTER,
        error_messages={"required": _("Schrijf eerst de brief.")},
    )
    on = Today(label=_("Wanneer hebt u de brief verstuurd of gegeven?"))
    nobody_else = forms.BooleanField(
        label=_("Ik heb gelezen: in deze brief is geen ander te herkennen"),
        error_messages={"required": _("Lees de brief nog eens: is er een ander in te herkennen?")},
    )
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)
    warned = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


def in_page_words(ground: Ground) -> str:
    """The ground in the language of the page, with its article, and whether that was checked."""
    said = ground.title.said_in(get_language() or "nl")
    checked = "" if ground.verified else f", {gettext('te controleren')}"
    return f"{said} ({ground.article}{checked})"


def _by_decision(kind: RequestKind, category: Category) -> list[tuple[str, Any]]:
    """The grounds, below the decisions with which each can be chosen."""
    groups: dict[tuple[int, ...], list[tuple[str, str]]] = {}
    for ground in grounds().values():
        with_it = [n for n, o in enumerate(OUTCOMES[kind]) if ground.holds_for(kind, o, category)]
        if with_it:
            groups.setdefault(tuple(with_it), []).append((ground.code, in_page_words(ground)))
    return [
        (", ".join(gettext(OUTCOMES[kind][n].value) for n in with_it), groups[with_it])
        for with_it in sorted(groups)
    ]


def offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
