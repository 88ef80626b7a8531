"""What is typed about the people who work here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.terms import Role

NEW = {"autocomplete": "new-password"}


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
