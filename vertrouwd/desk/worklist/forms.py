"""What is sent from the work list: a number, words to search for, which choice to keep."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.models import User
from vertrouwd.desk.forms import ReferenceForm
from vertrouwd.desk.worklist.searching import LONGEST_QUESTION, words_of
from vertrouwd.dossiers.by_mailbox import dossier_of_reporter
from vertrouwd.sealing.reporter_codes import Mistyped, read_reference

SHORTEST_WORD = 2  # letters
OF_A_REPORTER = "V"


class SearchForm(forms.Form):
    """The words to find; sent in the body, because they may name people."""

    words = forms.CharField(
        label=_("Zoek in de teksten"),
        help_text=_("Namen, wat er is verteld, aantekeningen. Wat u typt wordt nergens bewaard."),
        max_length=LONGEST_QUESTION,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "type": "search"}),
        error_messages={
            "required": _("Vul een of meer woorden in."),
            "max_length": _("Dat is te lang. Gebruik een paar woorden."),
        },
    )
    after = forms.CharField(required=False, max_length=40)

    def clean_words(self) -> str:
        """At least one word that is long enough to tell dossiers apart."""
        typed: str = self.cleaned_data["words"]
        if not any(len(word) >= SHORTEST_WORD for word in words_of(typed)):
            raise forms.ValidationError(_("Gebruik een woord van twee letters of meer."))
        return typed


class GoForm(ReferenceForm):
    """To a dossier by its number, or by the one that its reporter was given and says on the phone:
    to who lost the code no other is left.
    """

    reference = forms.RegexField(
        r"(?i)^(?:(?:D-?)?[0-9]{1,7}|D-[0-9]{8,15}|V[-\s0-9A-Z]{9,20})\Z",
        label=_("Nummer van dossier of melder"),
        help_text=_("Zoals D-0000012 of V-7K3-M9Q-TXK."),
        error_messages={
            "required": _("Vul het nummer van het dossier in."),
            "invalid": _(
                "Dit is geen nummer van een dossier. Schrijf het als D-0000012 of als 12."
            ),
        },
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_reference(self) -> str:
        """As it is stored. The check symbol keeps out a name that begins with a V."""
        typed = str(self.cleaned_data["reference"])
        if not typed.upper().startswith(OF_A_REPORTER):
            return super().clean_reference()
        try:
            return read_reference(typed)
        except Mistyped:
            raise forms.ValidationError(
                _("Dit nummer van een melder klopt niet. Kijk of het goed is overgenomen.")
            ) from None

    def find(self, person: User) -> str:
        """The number of the dossier; empty, with an error, where a reporter leads to none."""
        number: str = self.cleaned_data["reference"]
        if not number.startswith(OF_A_REPORTER):
            return number
        if found := dossier_of_reporter(number, by=person):
            return found.reference
        self.add_error(
            "reference",
            gettext("U kunt geen dossier openen van een melder met dit nummer."),
        )
        return ""


class NumberForm(forms.Form):
    """Which kept choice."""

    number = forms.IntegerField(min_value=1, max_value=10**15)
