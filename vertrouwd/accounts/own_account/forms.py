"""What is typed about one's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.second_step.actions import LONGEST_NAME
from vertrouwd.accounts.second_step.forms import NewPasswordForm

NEW = {"autocomplete": "new-password"}


class PasswordOnlyForm(forms.Form):
    """One's own password, once more."""

    password = forms.CharField(
        label=_("Uw wachtwoord"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Vul uw wachtwoord in.")},
    )


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


class PasskeyNameForm(forms.Form):
    """What its owner calls a passkey."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Geef de passkey een naam.")},
    )
