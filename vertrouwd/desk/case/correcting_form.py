"""The form with which the coded answers of a report are corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vertrouwd.desk import fields as f
from vertrouwd.desk.intake.schools import institution_of
from vertrouwd.dossiers.correcting import FIELDS, REASONS
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Channel,
    Place,
    ReporterRole,
)
from vertrouwd.schools.terms import Sector, Setting

NOT_IN_LIST = "none"
ANSWERS = f.in_words(Answer)


class CorrectionForm(forms.Form):
    """The answers as they should be; `seen` is the last correction that the form knew of."""

    received_on = f.DayField(label=_("Ontvangen op"))
    channel = f.Pick(label=_("Hoe kwam de melding"), choices=f.in_words(Channel))
    reporter_role = f.Pick(label=_("Rol van de melder"), choices=f.in_words(ReporterRole))
    school = forms.CharField(
        label=_("Naam, plaats of BRIN-nummer"), required=False, max_length=200, widget=f.Typed()
    )
    institution = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    sector = f.Pick(label=_("Sector"), choices=f.in_words(Sector))
    setting = forms.ChoiceField(
        label=_("Soort opvang"),
        help_text=_("Alleen bij kinderopvang."),
        required=False,
        choices=[("", _("geen")), *f.in_words(Setting)],
    )
    category = f.Pick(label=_("Categorie"), choices=f.in_words(Category))
    subcategory = forms.ChoiceField(
        label=_("Subcategorie"), required=False, choices=f.subcategory_choices
    )
    accused_role = f.Pick(label=_("Rol van de beklaagde"), choices=f.in_words(AccusedRole))
    accused_age = f.Age(label=_("Leeftijd van de beklaagde"))
    affected_role = f.Pick(label=_("Rol van de betrokkene"), choices=f.in_words(AffectedRole))
    affected_age = f.Age(label=_("Leeftijd van de betrokkene"))
    happened_from = f.Day(label=_("Voorval, eerste dag"))
    happened_until = f.Day(label=_("Voorval, laatste dag"))
    place = f.Pick(label=_("Plaats"), choices=f.in_words(Place))
    social_media = f.Pick(label=_("Sociale media"), choices=ANSWERS)
    referred_to_police = f.Pick(label=_("Verwezen naar politie"), choices=ANSWERS)
    reason = forms.ChoiceField(
        label=_("Waarom verbetert u dit?"),
        choices=f.in_words(REASONS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom u verbetert.")},
    )
    seen = f.number()

    def clean(self) -> dict[str, Any]:
        """A subcategory names its category, and a kind of childcare belongs to childcare."""
        given = super().clean() or {}
        of, _sep, name = given.get("subcategory", "").partition(": ")
        if of and given.get("category") and of != given["category"]:
            self.add_error("subcategory", _("Deze subcategorie hoort bij een andere categorie."))
        given["subcategory"] = name
        given["institution"] = institution_of(given.get("institution", ""))
        if given.get("sector") == Sector.CHILDCARE:
            given["setting"] = given.get("setting") or Setting.UNKNOWN
        elif given.get("setting"):
            self.add_error("setting", _("Soort opvang hoort alleen bij kinderopvang."))
        return given

    @property
    def answers(self) -> dict[str, Any]:
        """What it says of the report, once it is valid."""
        return {name: self.cleaned_data[name] for name in FIELDS}
