"""Which e-mails somebody wants, and where."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class NoticesForm(forms.Form):
    """A work address, and the two kinds of e-mail."""

    address = forms.EmailField(
        label=_("E-mailadres van uw werk"),
        required=False,
        max_length=200,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl.")
        },
    )
    ready = forms.BooleanField(label=_("Als er iets voor mij klaarstaat"), required=False)
    digest = forms.BooleanField(
        label=_("Op werkdagen om 7 uur: hoeveel er vandaag af moet"), required=False
    )

    def clean_address(self) -> str:
        """Only of the domains of the organisation, when those are named."""
        address: str = self.cleaned_data["address"]
        domains = settings.VERTROUWD_MAIL_DOMAINS
        if address and domains and address.rpartition("@")[2].lower() not in domains:
            words = gettext("Gebruik een adres van uw werk: @%(domain)s.")
            raise forms.ValidationError(words % {"domain": ", @".join(domains)})
        return address
