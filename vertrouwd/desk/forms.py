"""The forms of the desk: what may be sent, and the words around it."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.models import User
from vertrouwd.accounts.terms import RightsDecision
from vertrouwd.desk.colleagues import shown
from vertrouwd.desk.fields import LARGEST, DayField, in_words
from vertrouwd.dossiers.rota import days_of
from vertrouwd.dossiers.terms import GlassGround, Judgement

LONGEST_REASON = 2000  # characters
Choices = list[tuple[str, str]]


def people_as_choices(people: Iterable[User]) -> Choices:
    """What a choice of colleagues offers."""
    return [(str(person.pk), shown(person)) for person in people]


class ReferenceForm(forms.Form):
    """A dossier to open, by its reference, as somebody says it on the phone: 12, D-12, D-0000012.

    Without D- at most seven digits: no telephone number or date of birth that was typed here by
    mistake gets into an address or the log.
    """

    reference = forms.RegexField(
        r"(?i)^(?:(?:D-?)?[0-9]{1,7}|D-[0-9]{8,15})\Z",
        label=_("Nummer van het dossier"),
        help_text=_("Zoals D-0000012."),
        error_messages={
            "required": _("Vul het nummer van het dossier in."),
            "invalid": _(
                "Dit is geen nummer van een dossier. Schrijf het als D-0000012 of als 12."
            ),
        },
        max_length=40,
        strip=True,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_reference(self) -> str:
        """Only what has this form goes into an address: never a name that was typed here."""
        digits = str(self.cleaned_data["reference"]).upper().removeprefix("D").removeprefix("-")
        return f"D-{int(digits):07}"


class GlassForm(ReferenceForm):
    """Break the glass: which dossier, on what ground, why in words."""

    ground = forms.ChoiceField(
        label=_("Waarom nu"),
        choices=in_words(GlassGround),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom het nu moet.")},
    )
    reason = forms.CharField(
        label=_("Leg uit waarom dit niet kan wachten"),
        help_text=_("Dit wordt verzegeld. Alleen wie het naziet kan het lezen."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Leg in een of twee zinnen uit waarom.")},
    )


class JudgementForm(forms.Form):
    """What a second person thinks of a broken glass."""

    judgement = forms.ChoiceField(
        label=_("Uw oordeel"),
        choices=in_words(Judgement),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies uw oordeel.")},
    )


class RightsForm(forms.Form):
    """Confirm or end a special right."""

    grant = forms.IntegerField(min_value=1, max_value=LARGEST)
    decision = forms.ChoiceField(choices=[(each.value, each.value) for each in RightsDecision])


class ColleagueForm(forms.Form):
    """One colleague, of `people`."""

    person = forms.ChoiceField(
        label=_("Collega"), error_messages={"required": _("Kies een collega.")}
    )

    def __init__(self, *args: object, people: Iterable[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.people = {str(person.pk): person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people_as_choices(self.people.values())

    @property
    def chosen(self) -> User:
        """The colleague, once the form is valid."""
        return self.people[self.cleaned_data["person"]]


class HandlerForm(ColleagueForm):
    """Who handles, or no longer handles, which dossier."""

    reference = forms.CharField(max_length=40)


class DutyForm(forms.Form):
    """Who is duty officer on a day; `seen` is what the rota said when the form was opened."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    people = forms.MultipleChoiceField(
        label=_("Wie heeft dienst"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, among: Iterable[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.among = {str(person.pk): person for person in among}
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = people_as_choices(self.among.values())

    @property
    def chosen(self) -> list[User]:
        """The colleagues, once the form is valid."""
        return [self.among[number] for number in self.cleaned_data["people"]]


WEEKDAYS = [
    ("0", _("maandag")), ("1", _("dinsdag")), ("2", _("woensdag")), ("3", _("donderdag")),
    ("4", _("vrijdag")), ("5", _("zaterdag")), ("6", _("zondag")),
]  # fmt: skip


class DutiesForm(DutyForm):
    """Who is duty officer on several days; `chosen_as` is the choice that was looked at."""

    first = DayField(label=_("Van"))
    last = DayField(label=_("Tot en met"))
    weekdays = forms.MultipleChoiceField(
        label=_("Op welke dagen"),
        choices=WEEKDAYS,
        initial=["0", "1", "2", "3", "4"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies een of meer dagen van de week.")},
    )
    chosen_as = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    field_order = ["first", "last", "weekdays", "people", "seen", "chosen_as"]

    @property
    def days(self) -> list[date]:
        """The days, once the form is valid. Raises Refused."""
        asked = self.cleaned_data
        return days_of(asked["first"], asked["last"], {int(each) for each in asked["weekdays"]})

    @property
    def choice(self) -> str:
        """A word for what was chosen, once the form is valid."""
        asked = self.cleaned_data
        parts = [asked["first"], asked["last"], *asked["weekdays"], "", *asked["people"]]
        return hashlib.sha256(",".join(map(str, parts)).encode()).hexdigest()[:16]


class SupervisionForm(ColleagueForm):
    """A conflict of interest: who supervises what, since when."""

    text = forms.CharField(
        label=_("Naam, plaats of BRIN-nummer van de instelling"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Vul een naam, plaats of BRIN-nummer in.")},
    )
    since = DayField(label=_("Sinds"))
    choice = forms.CharField(max_length=20, required=False)

    def __init__(self, *args: object, people: Iterable[User], **kwargs: object) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.fields["since"].initial = timezone.localdate()


class LogForm(forms.Form):
    """Which lines of the log to show; sent in the body, because it names people."""

    actor = forms.CharField(label=_("Wie"), required=False, max_length=150)
    action = forms.CharField(label=_("Wat"), required=False, max_length=60)
    about = forms.CharField(label=_("Waarvan"), required=False, max_length=100)
    result = forms.ChoiceField(
        label=_("Uitkomst"),
        required=False,
        choices=[("", _("alle")), ("done", _("gedaan")), ("refused", _("geweigerd"))],
    )
    since = DayField(label=_("Vanaf"), required=False)
    until = DayField(label=_("Tot en met"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)

    def __init__(self, *args: object, actors: Choices, actions: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["actor"].widget = forms.Select(choices=[("", _("iedereen")), *actors])
        self.fields["action"].widget = forms.Select(choices=[("", _("alles")), *actions])

    def clean(self) -> dict[str, object]:
        """The period ends after it began."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("De laatste dag ligt voor de eerste dag."))
        return found


class LooksForm(ColleagueForm):
    """Whose looks to show."""

    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
