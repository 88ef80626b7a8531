"""The forms of the duties: one fact or the whole sheet, a step of the road, two rule sets."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vertrouwd.desk import fields as f
from vertrouwd.desk.fields import Area, DayField
from vertrouwd.desk.intake.forms import NOBODY, OFFENCES, UNKNOWN
from vertrouwd.desk.intake.known import facts_of
from vertrouwd.dossiers.terms import AffectedRole, Answer, Category
from vertrouwd.duties import facts
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import AccusedParty, Knower, Weighing
from vertrouwd.schools.terms import Sector

LONGEST_GROUNDS = 10_000  # characters
# The field of each fact, named as on the page of a call: both are read by the same function.
FIELDS = {
    "possible_offence": "offence",
    "accused_role": "accused_party",
    "affected_role": "affected_role",
    "affected_age": "affected_age",
    "affected_incapacitated": "incapacitated",
    "dependency_relation": "dependency",
    "known_by": "known_by",
    "known_on": "known_on",
}


class SheetForm(forms.Form):
    """All facts that the duties ask for; what is not known may stay so."""

    offence = f.Pick(
        label=_("Kan dit strafbaar zijn?"),
        choices=OFFENCES,
        initial=UNKNOWN,
    )
    accused_party = f.Pick(
        label=_("Rol van de beklaagde"),
        choices=[(UNKNOWN, _("onbekend")), *f.in_words(AccusedParty)],
        initial=UNKNOWN,
    )
    affected_role = f.Pick(
        label=_("Rol van de betrokkene"),
        choices=f.in_words(AffectedRole),
        initial=AffectedRole.UNKNOWN,
    )
    affected_age = f.Age(label=_("Leeftijd van de betrokkene toen"))
    incapacitated = f.Pick(
        label=_("Is de betrokkene wilsonbekwaam?"),
        choices=f.in_words(Answer),
        initial=UNKNOWN,
        help_text=_("Alleen van belang vanaf 18 jaar."),
    )
    dependency = f.Pick(
        label=_("Is de betrokkene afhankelijk van de beklaagde?"),
        choices=f.in_words(Answer),
        initial=UNKNOWN,
        help_text=_("Zoals een student van de docent die beoordeelt."),
    )
    known_by = forms.MultipleChoiceField(
        label=_("Wie van de instelling weet ervan?"),
        help_text=_("Kruis niets aan als u het niet weet."),
        required=False,
        choices=[*f.in_words(Knower), (NOBODY, _("niemand"))],
        widget=forms.CheckboxSelectMultiple,
    )
    known_on = DayField(
        label=_("Sinds wanneer weet het bestuur, de houder of het personeel ervan?"),
        help_text=_("De eerste dag telt. Deze dag kiest ook de regeling die gold."),
    )

    def clean_known_on(self) -> date | None:
        """A day that has been."""
        day: date | None = self.cleaned_data["known_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag kan niet: kies een dag die geweest is."))
        return day

    def clean_known_by(self) -> list[str]:
        """Nobody is nobody else."""
        given: list[str] = self.cleaned_data["known_by"]
        if NOBODY in given and len(given) > 1:
            raise forms.ValidationError(_("«Niemand» gaat niet samen met iemand die ervan weet."))
        return given

    @property
    def facts(self) -> facts.Facts:
        """What the sheet says, once it is valid."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return replace(facts_of(data, None), known_on=self.cleaned_data.get("known_on"))


class FactForm(SheetForm):
    """One fact of a dossier. `seen`: the number of the last decision the page knew of."""

    seen = f.number()

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        self.fields = {name: self.fields[name] for name in (FIELDS[key], "seen")}

    @property
    def value(self) -> Any:
        """What is said of the fact, once the form is valid."""
        return getattr(self.facts, self.key)


class StepForm(forms.Form):
    """A step that was taken, on its day."""

    on = DayField(label=_("Op welke dag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class RungForm(StepForm):
    """A step of the ladder after a refusal."""

    grounds = Area(
        rows=4,
        label=_("Wat is er gedaan?"),
        help_text=_("Dit wordt verzegeld."),
        required=False,
        max_length=LONGEST_GROUNDS,
    )


class WeighingForm(StepForm):
    """Is there a reasonable suspicion: what the inspector holds and what the board holds, with
    the grounds of both."""

    weighing = f.Pick(
        label=_("Is er een redelijk vermoeden? Uw oordeel"),
        choices=f.in_words(Weighing),
        widget=forms.RadioSelect,
        wrong=_("Kies uw oordeel."),
    )
    grounds = Area(
        rows=5,
        label=_("Uw gronden"),
        help_text=_("Dit wordt verzegeld."),
        max_length=LONGEST_GROUNDS,
        error_messages={"required": _("Schrijf op waarom.")},
    )
    view_of_board = forms.ChoiceField(
        label=_("Het oordeel van het bestuur of de houder"),
        help_text=_("Is het bestuur het niet eens met u, dan vervalt er geen plicht."),
        choices=[("", _("niet bekend")), *f.in_words(Weighing)],
        required=False,
    )
    grounds_of_board = Area(
        rows=4,
        label=_("Gronden van het bestuur of de houder"),
        help_text=_("Dit wordt verzegeld."),
        required=False,
        max_length=LONGEST_GROUNDS,
    )


class CompareForm(SheetForm):
    """A sheet of facts and the two rule sets to lay side by side. Nothing of it is stored."""

    field_order = ("before", "after", "sector", "category", *FIELDS.values(), "weighing")
    before = forms.ChoiceField(label=_("Eerste regeling"))
    after = forms.ChoiceField(label=_("Tweede regeling"))
    sector = f.Pick(
        label=_("Sector"),
        choices=f.in_words(Sector, without=(Sector.WITHHELD,)),
        wrong=_("Kies de sector."),
    )
    category = f.Pick(
        label=_("Waar gaat het vooral over?"),
        choices=f.in_words(Category),
        wrong=_("Kies waar het vooral over gaat."),
    )
    weighing = forms.ChoiceField(
        label=_("Weging"),
        required=False,
        choices=[("", _("nog niet gewogen")), *f.in_words(Weighing)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_on"].required = False
        self.fields["known_on"].help_text = _("Leeg is vandaag.")
        choices = [(name, f"{name}: {gettext(each.title)}") for name, each in rule_sets().items()]
        for name, chosen in (("before", choices[0][0]), ("after", choices[-1][0])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices, field.initial = choices, chosen

    @property
    def sheet(self) -> facts.Facts:
        """What the sheet says, once it is valid."""
        weighing = self.cleaned_data["weighing"]
        return replace(self.facts, weighing=Weighing(weighing) if weighing else None)
