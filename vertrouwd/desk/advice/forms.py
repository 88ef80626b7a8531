"""The forms of advice: each is about one reporter of the dossier, named by the report."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vertrouwd.advice.bodies import Body, bodies
from vertrouwd.advice.entries import KINDS, LONGEST_WORDS
from vertrouwd.advice.models import Referral
from vertrouwd.advice.options import Offer
from vertrouwd.advice.terms import Assistance, CameOf, Option, Outward, Police, Way
from vertrouwd.desk.fields import LARGEST, Area, DayField, in_words, number
from vertrouwd.dossiers.terms import Answer


def pick(label: Any, choices: list[tuple[str, Any]], wrong: Any) -> forms.ChoiceField:
    """One of a closed list; it must be chosen."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": wrong, "invalid_choice": wrong},
    )


class Words(Area):
    """A text of several lines that is sealed; it may be left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=4, required=False, max_length=LONGEST_WORDS, **kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut off in silence


class EntryForm(forms.Form):
    """`after` is the last row the page knew of, `corrects` the row it takes the place of."""

    name = ""
    report = forms.CharField(max_length=20, widget=forms.HiddenInput)
    after = number()
    corrects = number()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)

    @property
    def facts(self) -> dict[str, Any]:
        """What the act is told, once the form is valid."""
        asked = {k: v for k, v in self.cleaned_data.items() if k not in ("report", "corrects")}
        return asked | {"after": asked["after"] or 0}


class AdviceForm(EntryForm):
    """What was talked through with the reporter."""

    name = "advise"
    options = forms.MultipleChoiceField(
        label=_("Wat besprak u"), required=False, widget=forms.CheckboxSelectMultiple
    )
    bodies_named = forms.MultipleChoiceField(
        label=_("Welke instanties noemde u"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = Words(
        label=_("Uw advies in woorden"),
        help_text=_("Dit wordt verzegeld. Het hoeft niet."),
    )

    def __init__(
        self, *args: Any, offers: Iterable[Offer] = (), named: Iterable[Body] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["options"], in_words(offer.option for offer in offers))
        _offer(self.fields["bodies_named"], [(each.code, each.name) for each in named])


class ChoiceForm(EntryForm):
    """What the reporter chose; nothing: not known yet."""

    name = "choose"
    options = forms.MultipleChoiceField(
        label=_("Wat kiest de melder"),
        help_text=_("Weet de melder het nog niet? Vink dan niets aan."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=in_words(Option),
    )

    def __init__(self, *args: Any, offers: Iterable[Offer] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["options"], in_words(offer.option for offer in offers))


class AskForm(EntryForm):
    """The reporter was asked whether we may do one thing."""

    name = "ask"
    outward = pick(_("Wat vroeg u"), in_words(Outward), _("Kies wat u vroeg."))
    answer = pick(
        _("Wat zei de melder"), in_words([Answer.YES, Answer.NO]), _("Kies wat de melder zei.")
    )

    @property
    def facts(self) -> dict[str, Any]:
        """The last answer holds: it corrects nothing."""
        return {key: self.cleaned_data[key] for key in ("outward", "answer")}


class ReferralForm(EntryForm):
    """To which body the reporter was referred."""

    name = "refer"
    body = forms.ChoiceField(
        label=_("Naar welke instantie"),
        error_messages={"required": _("Kies een instantie.")},
    )
    way = pick(_("Hoe"), in_words(Way), _("Kies hoe de melder daar komt."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [(each.code, each.name) for each in bodies().values()]
        _offer(self.fields["body"], [("", _("Kies")), *every])


class ResultForm(EntryForm):
    """What came of it."""

    name = "result"
    referral = forms.ChoiceField(label=_("Van welke verwijzing"), required=False)
    came_of = pick(_("Wat kwam eruit"), in_words(CameOf), _("Kies wat eruit kwam."))
    police = pick(
        _("Kwam het bij de politie"), in_words(Police), _("Kies of het bij de politie kwam.")
    )
    feedback_on = DayField(
        label=_("Wanneer vertelde u de melder wat eruit kwam"),
        help_text=_("Nog niet verteld? Laat dit leeg."),
        required=False,
    )

    def __init__(self, *args: Any, referrals: Iterable[Referral] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referrals = {str(each.pk): each for each in referrals}
        named = [(pk, bodies()[each.body].name) for pk, each in self.referrals.items()]
        _offer(self.fields["referral"], [("", _("geen, of een andere")), *named])

    @property
    def facts(self) -> dict[str, Any]:
        """With the referral itself."""
        found = super().facts
        return found | {"referral": self.referrals.get(found["referral"])}


class AssistForm(EntryForm):
    """A step towards a solution."""

    name = "assist"
    step = pick(_("Welke stap"), in_words(Assistance), _("Kies welke stap."))
    on = DayField(label=_("Op welke dag"))
    words = Words(
        label=_("Wat is afgesproken of gedaan"), help_text=_("Dit wordt verzegeld. Het hoeft niet.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class ConfirmForm(EntryForm):
    """On which day the board consulted us."""

    name = "confirm"
    on = DayField(label=_("Dag van het overleg"))


class TakeBackForm(forms.Form):
    """Which row was a mistake."""

    what = forms.ChoiceField(choices=[(name, name) for name in KINDS])
    row = forms.IntegerField(min_value=1, max_value=LARGEST)


def _offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
