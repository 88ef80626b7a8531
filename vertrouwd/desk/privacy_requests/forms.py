"""The forms of requests: who asks what, how a document is weighed, the second look, the letter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from vertrouwd.desk.fields import Area, DayField, Particular, Pick, in_words, number
from vertrouwd.desk.forms import ReferenceForm
from vertrouwd.dossiers.terms import Category
from vertrouwd.privacy_requests.actions import LONGEST_WORDS
from vertrouwd.privacy_requests.answering import LONGEST_LETTER
from vertrouwd.privacy_requests.grounds import OUTCOMES, Ground, grounds
from vertrouwd.privacy_requests.second_look import LONGEST_REASON
from vertrouwd.privacy_requests.terms import (
    Asker,
    ExtensionReason,
    IdentityCheck,
    Outcome,
    Receiver,
    RequestKind,
    Telling,
    Verdict,
)
from vertrouwd.privacy_requests.weighing import LONGEST_WORDS as LONGEST_WEIGHING


class Words(Area):
    """A text of several lines that is sealed; a browser cuts nothing off in silence."""

    def __init__(self, *, rows: int = 4, required: bool = False, **kwargs: Any) -> None:
        super().__init__(rows=rows, required=required, **kwargs)
        self.widget.attrs.pop("maxlength", None)


class Today(DayField):
    """A day that was, mostly today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=timezone.localdate, **kwargs)


class RegisterForm(ReferenceForm):
    """Who asks what. Name, contact and words are sealed."""

    field_order = ("kind", "asker", "received_on", "reference", "name", "contact", "words")
    kind = Pick(
        label=_("Wat wordt er gevraagd?"),
        choices=in_words(RequestKind),
        widget=forms.RadioSelect,
        wrong=_("Kies wat er wordt gevraagd."),
    )
    asker = Pick(label=_("Wie vraagt het?"), choices=in_words(Asker), wrong=_("Kies wie vraagt."))
    received_on = Today(label=_("Wanneer kwam het binnen?"))
    name = Particular(label=_("Naam van de vrager"), help_text=_("Dit wordt verzegeld."))
    contact = Particular(label=_("Adres, telefoon of e-mail van de vrager"))
    words = Words(
        rows=6,
        label=_("Wat de vrager schrijft of zegt"),
        help_text=_("Dit wordt verzegeld."),
        max_length=LONGEST_WORDS,
    )
    after = number()

    def __init__(self, *args: Any, needs_dossier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].required = needs_dossier
        if not needs_dossier:
            self.fields["reference"].help_text = _(
                "Zoals D-0000012. Nog niet bekend? Laat het leeg."
            )

    def clean_reference(self) -> str:
        """Nothing, or a number."""
        return super().clean_reference() if self.cleaned_data["reference"] else ""


class IdentityForm(forms.Form):
    """How it was checked who asks."""

    how = Pick(
        label=_("Hoe bent u nagegaan wie vraagt?"),
        choices=in_words(IdentityCheck),
        widget=forms.RadioSelect,
        wrong=_("Kies hoe u naging wie vraagt."),
    )
    authority_seen = forms.BooleanField(
        label=_("Ik heb de machtiging of het gezag gezien"), required=False
    )
    on = Today(label=_("Op welke dag"))

    def __init__(self, *args: Any, is_for_another: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_for_another:
            del self.fields["authority_seen"]


class ExtendForm(forms.Form):
    """Two months more: why, and when the asker was told."""

    reason = Pick(
        label=_("Waarom duurt het langer?"),
        choices=in_words(ExtensionReason),
        widget=forms.RadioSelect,
        wrong=_("Kies waarom het langer duurt."),
    )
    told_on = Today(label=_("Wanneer hebt u dat de vrager verteld?"))
    words = Words(
        label=_("Wat u de vrager vertelde"),
        help_text=_("Dit wordt verzegeld. Het hoeft niet."),
        max_length=LONGEST_WORDS,
    )


class WithdrawForm(forms.Form):
    """The day on which the asker took it back."""

    on = Today(label=_("Wanneer trok de vrager het verzoek in?"))


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
        _offer(self.fields["outcome"], in_words(OUTCOMES[kind]))
        fitting = [g for g in grounds().values() if _fits(g, kind, category)]
        offered = [("", _("geen")), *((each.code, in_page_words(each)) for each in fitting)]
        _offer(self.fields["ground"], offered)
        hints = {
            RequestKind.ACCESS: _("Kies een grond als u iets niet geeft."),
            RequestKind.CORRECTION: _("Kies een grond als u niet verbetert."),
        }
        self.fields["ground"].help_text = hints.get(kind, "")
        unused = "statement" if kind is RequestKind.ACCESS else "hidden"
        del self.fields[unused]
        if kind is RequestKind.RESTRICTION:
            del self.fields["statement"]

    def clean(self) -> dict[str, Any]:
        """What belongs to the decision must be there; the act checks the rest."""
        found = super().clean() or {}
        outcome = found.get("outcome")
        if outcome in (Outcome.PARTLY, Outcome.REFUSE) and not found.get("why", "").strip():
            self.add_error("why", _("Leg uit waarom."))
        if outcome == Outcome.PARTLY and not found.get("hidden", "").strip():
            self.add_error("hidden", _("Beschrijf wat u zwart maakt."))
        needs = (Outcome.PARTLY, Outcome.REFUSE, Outcome.STATEMENT, Outcome.RESTRICT)
        if outcome in needs and not found.get("ground"):
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


class RestrictForm(forms.Form):
    """Leave a dossier alone until it is decided."""

    dossier = forms.ChoiceField(
        label=_("Welk dossier"), error_messages={"required": _("Kies een dossier.")}
    )
    ground = forms.ChoiceField(
        label=_("Op welke grond?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een grond.")},
    )

    def __init__(self, *args: Any, references: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["dossier"], [(each, each) for each in references])
        kind, outcome = RequestKind.RESTRICTION, Outcome.RESTRICT
        fitting = [g for g in grounds().values() if kind in g.kinds and outcome in g.outcomes]
        _offer(self.fields["ground"], [(each.code, in_page_words(each)) for each in fitting])


class LiftForm(forms.Form):
    """The restriction ends, after the asker was told."""

    asker_told_on = Today(label=_("Wanneer hebt u dit de vrager verteld?"))


class TellForm(forms.Form):
    """To whom it was told before, and whether they heard of this."""

    receiver = Pick(
        label=_("Wie kreeg de gegevens eerder?"),
        choices=in_words(Receiver),
        wrong=_("Kies wie het is."),
    )
    telling = Pick(
        label=_("Is het verteld?"),
        choices=in_words(Telling),
        widget=forms.RadioSelect,
        wrong=_("Kies of het is verteld."),
    )
    on = Today(label=_("Op welke dag"))
    words = Words(
        label=_("Toelichting"),
        help_text=_("Dit wordt verzegeld. Nodig als het niet kan."),
        max_length=LONGEST_REASON,
    )
    after = number()


def in_page_words(ground: Ground) -> str:
    """The ground in the language of the page, with its article, and whether that was checked."""
    said = ground.title.said_in(get_language() or "nl")
    checked = "" if ground.verified else f", {gettext('te controleren')}"
    return f"{said} ({ground.article}{checked})"


def _fits(ground: Ground, kind: RequestKind, category: Category) -> bool:
    return any(ground.holds_for(kind, outcome, category) for outcome in OUTCOMES[kind])


def _offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
