"""The forms of what follows: a dossier left alone, used again, and receivers who are told."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vertrouwd.desk.fields import Pick, in_words, number
from vertrouwd.desk.privacy_requests.deciding_forms import in_page_words, offer
from vertrouwd.desk.privacy_requests.forms import Today, Words
from vertrouwd.privacy_requests.grounds import grounds
from vertrouwd.privacy_requests.restricting import LONGEST_WORDS
from vertrouwd.privacy_requests.terms import Outcome, Receiver, RequestKind, Telling


class RestrictForm(forms.Form):
    """Leave a dossier alone until it is decided."""

    dossier = forms.ChoiceField(
        label=_("Welk dossier"), error_messages={"required": _("Kies een dossier.")}
    )
    ground = forms.ChoiceField(
        label=_("Op welke grond?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een grond.")},
    )

    def __init__(self, *args: Any, references: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["dossier"], [(each, each) for each in references])
        kind, outcome = RequestKind.RESTRICTION, Outcome.RESTRICT
        fitting = [g for g in grounds().values() if kind in g.kinds and outcome in g.outcomes]
        offer(self.fields["ground"], [(each.code, in_page_words(each)) for each in fitting])


class LiftForm(forms.Form):
    """The restriction ends, after the asker was told."""

    asker_told_on = Today(label=_("Wanneer hebt u dit de vrager verteld?"))


class TellForm(forms.Form):
    """To whom it was told before, and whether they heard of this."""

    receiver = Pick(
        label=_("Wie kreeg de gegevens eerder?"),
        choices=in_words(Receiver),
        wrong=_("Kies wie het is."),
    )
    telling = Pick(
        label=_("Is het verteld?"),
        choices=in_words(Telling),
        widget=forms.RadioSelect,
        wrong=_("Kies of het is verteld."),
    )
    on = Today(label=_("Op welke dag"))
    words = Words(
        label=_("Toelichting"),
        help_text=_("Dit wordt verzegeld. Nodig als het niet kan."),
        max_length=LONGEST_WORDS,
    )
    after = number()
