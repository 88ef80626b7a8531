"""The forms around a request: who asks what, who it is, more time, taken back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vertrouwd.desk.fields import Area, DayField, Particular, Pick, in_words, number
from vertrouwd.desk.forms import ReferenceForm
from vertrouwd.privacy_requests.actions import LONGEST_WORDS
from vertrouwd.privacy_requests.terms import (
    Asker,
    ExtensionReason,
    IdentityCheck,
    RequestKind,
)

AUTHORITY_FIRST = _("Deze persoon vraagt het voor een ander. Zie eerst de machtiging of het gezag.")


class Words(Area):
    """A text of several lines that is sealed; a browser cuts nothing off in silence."""

    def __init__(self, *, rows: int = 4, required: bool = False, **kwargs: Any) -> None:
        super().__init__(rows=rows, required=required, **kwargs)
        self.widget.attrs.pop("maxlength", None)


class Today(DayField):
    """A day that was, mostly today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=timezone.localdate, **kwargs)


class AskedForm(forms.Form):
    """Who asks what. Name, contact and words are sealed."""

    kind = Pick(
        label=_("Wat wordt er gevraagd?"),
        choices=[(each.value, pgettext_lazy("verzoek", each.value)) for each in RequestKind],
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


class CorrectForm(AskedForm):
    """The same, to put it right. `seen`: the digest of what the page showed."""

    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)


class RegisterForm(AskedForm, ReferenceForm):
    """The same, and of which dossier."""

    field_order = ("kind", "asker", "received_on", "reference", "name", "contact", "words")
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

    def clean(self) -> dict[str, Any]:
        """Who asks for another shows by what right, unless it is not known who it is at all."""
        found = super().clean() or {}
        is_known = found.get("how") not in (None, IdentityCheck.NOT_ESTABLISHED)
        if is_known and found.get("authority_seen") is False:
            self.add_error("authority_seen", AUTHORITY_FIRST)
        return found


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
