"""What is sent from the work list: the words of a search, and which choice to keep or to drop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vertrouwd.desk.worklist.searching import LONGEST_QUESTION, words_of

SHORTEST_WORD = 2  # letters


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


class NumberForm(forms.Form):
    """Which kept choice."""

    number = forms.IntegerField(min_value=1, max_value=10**15)
