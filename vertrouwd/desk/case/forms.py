"""The forms of a dossier: what may be sent, and the words around it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vertrouwd.accounts.models import User
from vertrouwd.desk.fields import LARGEST, Area, DayField, in_words, number
from vertrouwd.desk.forms import ReferenceForm, people_as_choices
from vertrouwd.dossiers import codes
from vertrouwd.dossiers.casework_terms import (
    WORD_LEFT,
    JoinReason,
    NoteKind,
    Outcome,
    ReopenReason,
    SeparateReason,
    Status,
    TaskKind,
)
from vertrouwd.dossiers.joining import LONGEST_REASON
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.notes import LONGEST_NOTE
from vertrouwd.dossiers.reporter_messages import LONGEST_MESSAGE
from vertrouwd.dossiers.tasks import LONGEST_WORDS
from vertrouwd.dossiers.terms import Category, CodingReason
from vertrouwd.schools.terms import Sector

# These come into a dossier with the answer to a request of whom it concerns, and in no other way.
WITH_AN_ANSWER = (NoteKind.CORRECTION, NoteKind.STATEMENT)


class NoteForm(forms.Form):
    """Write something down, or change what was written (`note`, in its revision `expected`)."""

    kind = forms.ChoiceField(
        label=_("Wat is het"), choices=in_words(NoteKind, without=WITH_AN_ANSWER)
    )
    words = Area(
        rows=5,
        label=_("Aantekening"),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Schrijf eerst iets op.")},
    )
    after, note, expected = number(), number(), number()


class TaskForm(forms.Form):
    """Something to be done."""

    kind = forms.ChoiceField(
        label=_("Wat moet er gebeuren"), choices=in_words(TaskKind, without=WORD_LEFT)
    )
    due_on = DayField(label=_("Voor wanneer"))
    owner = forms.ChoiceField(label=_("Wie doet het"), required=False)
    words = Area(rows=2, label=_("Toelichting"), required=False, max_length=LONGEST_WORDS)
    after = number()

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("wie kan")), *people_as_choices(self.people.values())]

    @property
    def chosen(self) -> User | None:
        """Who is to do it, once the form is valid."""
        return self.people.get(self.cleaned_data["owner"])


class TaskActForm(forms.Form):
    """What happens to a task."""

    task = forms.IntegerField(min_value=1, max_value=LARGEST)
    act = forms.ChoiceField(choices=[(each, each) for each in ("done", "undone", "take")])


class MessageForm(forms.Form):
    """Write to one reporter."""

    words = Area(
        rows=8,
        label=_("Bericht"),
        help_text=_("Schrijf niets over andere melders. De melder leest dit met de eigen code."),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": _("Schrijf eerst iets op.")},
    )
    after = number()


class CodingForm(forms.Form):
    """Decide the coding; `seen` is the last decision the form knew of."""

    category = forms.ChoiceField(label=_("Categorie"), choices=in_words(Category))
    subcategory = forms.ChoiceField(label=_("Subcategorie"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=in_words(Sector))
    reason = forms.ChoiceField(
        label=_("Waarom"),
        choices=in_words(CodingReason),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom de codering verandert.")},
    )
    seen = number()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subcategory"]
        assert isinstance(field, forms.ChoiceField)
        groups = [
            (_(each.value), [(name, _(name)) for name in codes.subcategory_names(each)])
            for each in Category
        ]
        field.choices = [("", _("geen")), *((name, names) for name, names in groups if names)]

    def clean(self) -> dict[str, Any]:
        """A subcategory belongs to its category."""
        found = super().clean() or {}
        category, subcategory = found.get("category"), found.get("subcategory")
        if category and subcategory and subcategory not in codes.subcategory_names(category):
            self.add_error("subcategory", _("Deze subcategorie hoort bij een andere categorie."))
        return found


class StatusForm(forms.Form):
    """Where the work on a dossier goes: with an outcome when it closes, a reason when it opens."""

    to = forms.ChoiceField(choices=[(each.value, each.value) for each in Status])
    outcome = forms.ChoiceField(
        label=_("Met welke afloop sluit u het dossier?"),
        choices=in_words(Outcome),
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.ChoiceField(
        label=_("Waarom gaat het dossier weer open?"),
        choices=in_words(ReopenReason),
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """What belongs to the move must be there."""
        found = super().clean() or {}
        if found.get("to") == Status.CLOSED and not found.get("outcome"):
            self.add_error("outcome", _("Kies met welke afloop het dossier sluit."))
        return found


class OtherForm(ReferenceForm):
    """The other dossier, by its number."""

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        self.fields["reference"].label = _("Nummer van het andere dossier")

    def clean_reference(self) -> str:
        """Another one than this."""
        reference = super().clean_reference()
        if reference == self.dossier.reference:
            raise forms.ValidationError(_("Dit is hetzelfde dossier."))
        return reference


class ReasonForm(forms.Form):
    """Why: a reason of a closed list, and words that are sealed."""

    reason = forms.ChoiceField(
        label=_("Waarom"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een reden.")},
    )
    words = Area(
        rows=3,
        label=_("Toelichting"),
        help_text=_("Mag leeg blijven. Dit wordt verzegeld."),
        required=False,
        max_length=LONGEST_REASON,
    )
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    reasons: Iterable[Any] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = in_words(self.reasons)


class JoinForm(ReasonForm):
    """Why these are one case."""

    reasons = JoinReason


class SeparateForm(ReasonForm):
    """Why this report does not belong here."""

    reasons = SeparateReason


class EventForm(forms.Form):
    """An event to take back; `seen` is what the preview held, if there was one."""

    event = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)


class WordForm(forms.Form):
    """Word for who handles a dossier: what somebody saw there and may not act on."""

    kind = forms.ChoiceField(choices=in_words(WORD_LEFT), widget=forms.HiddenInput)
    other = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    after = number()
    words = Area(
        rows=3,
        label=_("Wat zag u"),
        help_text=_(
            "Dit wordt verzegeld. Schrijf niets over uit het andere dossier: wie dit leest, kan "
            "dat misschien niet openen."
        ),
        required=False,
        max_length=LONGEST_WORDS,
    )
    due_on = DayField(label=_("Voor wanneer"))


class HandoverForm(forms.Form):
    """Whose dossiers go to whom; `seen` is the plan that was looked at."""

    leaver = forms.ChoiceField(
        label=_("Van wie"), error_messages={"required": _("Kies een collega.")}
    )
    to = forms.MultipleChoiceField(
        label=_("Aan wie"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies aan wie de dossiers gaan.")},
    )
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, leavers: Iterable[User], people: Iterable[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.leavers = {str(person.pk): person for person in leavers}
        self.people = {str(person.pk): person for person in people}
        leaver, to = self.fields["leaver"], self.fields["to"]
        assert isinstance(leaver, forms.ChoiceField) and isinstance(to, forms.ChoiceField)
        leaver.choices = [("", _("Kies een collega")), *people_as_choices(self.leavers.values())]
        to.choices = people_as_choices(self.people.values())

    @property
    def chosen(self) -> tuple[User, list[User]]:
        """Who leaves and who takes over, once the form is valid."""
        found = self.cleaned_data
        return self.leavers[found["leaver"]], [self.people[number] for number in found["to"]]
