"""What is typed about one's own account, and about the people who work here."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.factor_actions import LONGEST_NAME
from vertrouwd.accounts.models import User
from vertrouwd.accounts.terms import Role

NEW = {"autocomplete": "new-password"}


class AppCodeForm(forms.Form):
    """The first code of an app, which proves that it has the secret."""

    code = forms.CharField(
        label=_("Code uit de app"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Vul de code in die de app toont.")},
    )


class PasswordOnlyForm(forms.Form):
    """One's own password, once more."""

    password = forms.CharField(
        label=_("Uw wachtwoord"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Vul uw wachtwoord in.")},
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


class ChangePasswordForm(NewPasswordForm):
    """The password of now, and another."""

    old = forms.CharField(
        label=_("Wachtwoord van nu"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Vul uw wachtwoord van nu in.")},
    )
    field_order = ["old", "new", "again"]


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


class PasskeyNameForm(forms.Form):
    """What its owner calls a passkey."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Geef de passkey een naam.")},
    )


class PersonForm(forms.Form):
    """Somebody who comes to work here."""

    username = forms.CharField(
        label=_("Gebruikersnaam"),
        help_text=_("Kleine letters en cijfers, bijvoorbeeld a.jansen. Blijft altijd dezelfde."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Vul een gebruikersnaam in.")},
    )
    name = forms.CharField(
        label=_("Naam"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Vul een naam in.")},
    )


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(
        label=_("Rol"), choices=[(role.name, role.value) for role in Role],
        error_messages={"invalid_choice": _("Kies een rol uit de lijst.")},
    )  # fmt: skip


class SubjectForm(forms.Form):
    """How the organisation's login calls a person."""

    subject = forms.CharField(
        label=_("Kenmerk bij de organisatie"),
        help_text=_("Het vaste kenmerk («sub») dat de inlogdienst aan deze persoon geeft."),
        max_length=191,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Vul het kenmerk in.")},
    )
