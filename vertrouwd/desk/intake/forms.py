"""The form of a phone call: one page, in the order in which people tell."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.models import User
from vertrouwd.advice.numbers import numbers
from vertrouwd.advice.wording import Wording
from vertrouwd.desk import fields as f
from vertrouwd.desk.forms import people_as_choices
from vertrouwd.desk.intake.schools import OUTSIDE, WITHHELD, institution_of
from vertrouwd.dossiers.casework_terms import Condition, ConsentUse, FoundUs, Wish
from vertrouwd.dossiers.terms import AffectedRole, Answer, Category, Place, ReporterRole
from vertrouwd.duties.terms import AccusedParty, Knower, Offence
from vertrouwd.schools.models import Institution
from vertrouwd.schools.terms import Sector, Setting

UNKNOWN, NOBODY, NONE_SUSPECTED = "onbekend", "niemand", "geen"
CONSENTS = {f"consent_{use.name.lower()}": use for use in ConsentUse}
YES_NO_UNKNOWN = f.in_words(Answer)
OFFENCES: f.Choices = [
    (UNKNOWN, _("nog niet te zeggen")),
    *f.in_words(Offence),
    (NONE_SUSPECTED, _("nee, geen strafbaar feit")),
]
ASKED: f.Choices = [
    (Answer.YES, _("ja")),
    (Answer.NO, _("nee")),
    (Answer.UNKNOWN, _("niet gevraagd")),
]


class CallForm(forms.Form):
    """What an inspector notes while somebody calls. `checked=False` shows what was typed as it is:
    nothing is wrong with what is not finished."""

    is_acute = forms.BooleanField(
        label=format_lazy(
            _("Er is nu gevaar. Ik heb gezegd: bel {number}."),
            number=numbers(Wording()).alarm.phone,
        ),
        required=False,
    )
    reporter_role = f.Pick(
        label=_("Wie belt er?"),
        choices=f.in_words(ReporterRole),
        wrong=_("Kies wie er belt."),
    )
    anonymous = f.Pick(
        label=_("Wil de melder anoniem blijven?"),
        choices=[("nee", _("nee, de naam mag bekend zijn")), ("ja", _("ja, anoniem"))],
        widget=forms.RadioSelect,
        wrong=_("Kies of de melder anoniem wil blijven."),
    )
    reporter_name = f.Particular(label=_("Naam van de melder"))
    reporter_contact = f.Particular(label=_("Telefoon of e-mail"))
    safe_day = f.Day(label=_("Dag"))
    safe_from = f.Clock(label=_("Vanaf"))
    safe_until = f.Clock(label=_("Tot"))
    school = forms.CharField(
        label=_("Naam, plaats of BRIN-nummer"),
        required=False,
        max_length=200,
        widget=f.Typed(),
    )
    institution = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    given_name = forms.CharField(
        label=_("Naam zoals de melder die geeft"),
        required=False,
        max_length=300,
        widget=f.Typed(),
    )
    sector = f.Pick(
        label=_("Sector"),
        help_text=_("Alleen als de instelling niet uit de lijst komt."),
        choices=f.in_words(Sector),
        required=False,
    )
    setting = f.Pick(
        label=_("Soort opvang"),
        choices=f.in_words(Setting),
        required=False,
        initial=UNKNOWN,
    )
    narrative = f.Story(
        label=_("Wat vertelt de melder?"),
        rows=14,
        help_text=_("Schrijf op wat wordt gezegd, zonder oordeel. Dit wordt verzegeld."),
        error_messages={"required": _("Schrijf op wat de melder vertelt.")},
    )
    category = f.Pick(
        label=_("Waar gaat het vooral over?"),
        choices=f.in_words(Category),
        widget=forms.RadioSelect,
        wrong=_("Kies waar het vooral over gaat."),
    )
    subcategory = forms.ChoiceField(label=_("Nader"), required=False, choices=f.subcategory_choices)
    offence = f.Pick(
        label=_("Kan dit strafbaar zijn?"),
        choices=OFFENCES,
        initial=UNKNOWN,
    )
    accused_party = f.Pick(
        label=_("Rol van de beklaagde"),
        choices=[*f.in_words(AccusedParty), (UNKNOWN, _("onbekend"))],
        wrong=_("Kies de rol van de beklaagde. «Onbekend» kan ook."),
    )
    accused_name = f.Particular(label=_("Naam"))
    accused_function = f.Particular(label=_("Functie"))
    accused_age = f.Age(label=_("Leeftijd"))
    affected_role = f.Pick(
        label=_("Rol van de betrokkene"),
        choices=f.in_words(AffectedRole),
        wrong=_("Kies de rol van de betrokkene. «Onbekend» kan ook."),
    )
    affected_initials = f.Particular(label=_("Initialen"))
    affected_age = f.Age(label=_("Leeftijd toen"))
    incapacitated = f.Pick(
        label=_("Wilsonbekwaam?"), choices=YES_NO_UNKNOWN, initial=UNKNOWN,
        help_text=_("Alleen van belang vanaf 18 jaar."),
    )  # fmt: skip
    dependency = f.Pick(
        label=_("Afhankelijk van de beklaagde?"), choices=YES_NO_UNKNOWN, initial=UNKNOWN,
        help_text=_("Zoals een student van de docent die beoordeelt."),
    )  # fmt: skip
    known_by = forms.MultipleChoiceField(
        label=_("Wie van de instelling weet ervan?"),
        required=False,
        choices=[*f.in_words(Knower), (NOBODY, _("niemand"))],
        widget=forms.CheckboxSelectMultiple,
    )
    happened_from = f.Day(label=_("Voorval, van"))
    happened_until = f.Day(label=_("tot en met"))
    place = f.Pick(label=_("Waar"), choices=f.in_words(Place), initial=UNKNOWN)
    social_media = f.Pick(label=_("Via sociale media?"), choices=YES_NO_UNKNOWN, initial=UNKNOWN)
    police = f.Pick(label=_("Verwezen naar de politie?"), choices=YES_NO_UNKNOWN, initial=UNKNOWN)
    wishes = forms.MultipleChoiceField(
        label=_("Wat wil de melder?"),
        required=False,
        choices=f.in_words(Wish),
        widget=forms.CheckboxSelectMultiple,
    )
    condition = f.Pick(
        label=_("Onder welke voorwaarde?"),
        choices=f.in_words(Condition),
        widget=forms.RadioSelect,
        initial=Condition.NONE,
    )
    found_us = f.Pick(
        label=_("Hoe hebt u ons gevonden?"), choices=f.in_words(FoundUs), initial=UNKNOWN
    )
    wants_code = forms.BooleanField(label=_("Geef de melder een code"), required=False)
    colleague = forms.ChoiceField(label=_("Wie vraagt u?"), required=False)
    question = f.Story(
        label=_("Uw vraag aan een collega"), rows=3, required=False,
        help_text=_("Geen namen nodig: de collega ziet het dossier. Ook dit wordt verzegeld."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Iterable[User], checked: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.checked = checked
        self.colleagues = {str(person.pk): person for person in colleagues}
        asked = [("", _("wie dienst heeft")), *people_as_choices(self.colleagues.values())]
        self.fields["colleague"].choices = asked  # type: ignore[attr-defined]
        for name, use in CONSENTS.items():
            self.fields[name] = f.Pick(
                label=_(use.value), choices=ASKED, widget=forms.RadioSelect, initial=Answer.UNKNOWN
            )
        self.typed = self.data if isinstance(self.data, QueryDict) else QueryDict()
        self.found: Institution | None = None
        self.call_back: tuple[datetime, datetime] | None = None

    def full_clean(self) -> None:
        """Only what is handed in is checked."""
        if self.checked:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}

    def clean(self) -> dict[str, Any]:
        """What must fit together."""
        given = super().clean() or {}
        self._check_length(given)
        self._check_reporter(given)
        self._check_institution(given)
        self._check_codes(given)
        self._check_days(given)
        self._check_call_back(given)
        if NOBODY in given.get("known_by", ()) and len(given["known_by"]) > 1:
            self.add_error("known_by", _("«Niemand» gaat niet samen met iemand die ervan weet."))
        return given

    def _check_length(self, given: dict[str, Any]) -> None:
        for name, longest in (("narrative", f.LONGEST_STORY), ("question", f.LONGEST_QUESTION)):
            if (length := len(given.get(name, ""))) > longest:
                words = _("Deze tekst heeft %(n)s tekens. Er passen er %(most)s.")
                self.add_error(name, words % {"n": length, "most": longest})

    def _check_reporter(self, given: dict[str, Any]) -> None:
        if given.get("anonymous") == "ja" and given.get("reporter_name"):
            self.add_error("reporter_name", _("De melder wil anoniem blijven: haal de naam weg."))

    def _check_institution(self, given: dict[str, Any]) -> None:
        value, sector = given.get("institution", ""), given.get("sector", "")
        self.found = institution_of(value)
        if self.found is None and value not in (OUTSIDE, WITHHELD):
            self.add_error("institution", _("Kies de instelling, of kies dat zij niet bekend is."))
        if value == OUTSIDE and not given.get("given_name"):
            self.add_error("given_name", _("Vul de naam van de instelling in."))
        if value == OUTSIDE and not sector:
            self.add_error("sector", _("Kies de sector."))

    def _check_codes(self, given: dict[str, Any]) -> None:
        of = given.get("subcategory", "").partition(": ")[0]
        if of and given.get("category") and of != given["category"]:
            self.add_error("subcategory", _("Dit hoort niet bij de gekozen categorie."))

    def _check_days(self, given: dict[str, Any]) -> None:
        start, end = given.get("happened_from"), given.get("happened_until")
        today = timezone.localdate()
        for name, day in (("happened_from", start), ("happened_until", end)):
            if day and not date(1900, 1, 1) <= day <= today:
                self.add_error(name, _("Kies voor het voorval een dag die geweest is."))
        if start and end and end < start:
            self.add_error(
                "happened_until", _("De laatste dag van het voorval ligt voor de eerste.")
            )

    def _check_call_back(self, given: dict[str, Any]) -> None:
        day, start, end = (given.get(name) for name in ("safe_day", "safe_from", "safe_until"))
        if {"safe_day", "safe_from", "safe_until"} & self.errors.keys():
            return
        if not (day or start or end):
            return
        if not (day and start and end):
            self.add_error("safe_day", _("Vul dag, begin en einde in, of laat alle drie leeg."))
        elif day < timezone.localdate():
            self.add_error("safe_day", _("Terugbellen kan niet op een dag die al geweest is."))
        elif _moment(day, end) <= _moment(day, start):  # also in the night the clock is set forward
            self.add_error("safe_until", _("De veilige tijd eindigt voordat die begint."))
        else:
            self.call_back = _moment(day, start), _moment(day, end)


class OpinionForm(forms.Form):
    """An answer to a colleague who is in a call."""

    number = forms.IntegerField(min_value=1, max_value=f.LARGEST, widget=forms.HiddenInput)
    answer = f.Story(
        label=_("Uw antwoord"),
        rows=4,
        error_messages={"required": _("Schrijf uw antwoord op.")},
    )


def _moment(day: date, at: time) -> datetime:
    """In UTC: two times of one clock are compared by what the clock shows, and an hour may lack."""
    return timezone.make_aware(datetime.combine(day, at)).astimezone(UTC)
