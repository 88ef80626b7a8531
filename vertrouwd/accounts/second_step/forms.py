"""What is typed to come in for the first time, and to make a second step."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.models import User

NEW = {"autocomplete": "new-password"}


class AppCodeForm(forms.Form):
    """The first code of an app, which proves that it has the secret."""

    code = forms.CharField(
        label=_("Code uit de app"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Vul de code in die de app toont.")},
    )


class NewPasswordForm(forms.Form):
    """Another password, typed twice."""

    new = forms.CharField(
        label=_("Nieuw wachtwoord"),
        help_text=_("Ten minste 12 tekens. Een zin van een paar woorden is goed."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs=NEW),
        error_messages={"required": _("Kies een wachtwoord.")},
    )
    again = forms.CharField(
        label=_("Nog een keer"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs=NEW),
        error_messages={"required": _("Vul het nieuwe wachtwoord nog een keer in.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_new(self) -> str:
        chosen = str(self.cleaned_data["new"])
        validate_password(chosen, self.user)
        return chosen

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise ValidationError(_("De twee wachtwoorden zijn niet gelijk."))
        return again


class InvitationForm(forms.Form):
    """The code that somebody got from the administrator."""

    code = forms.CharField(
        label=_("Code van de uitnodiging"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Vul de code in.")},
    )
