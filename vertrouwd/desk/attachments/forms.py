"""The form with which the original of a file is saved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vertrouwd.attachments.terms import Evidence
from vertrouwd.desk.fields import in_words


class OriginalForm(forms.Form):
    """Why; and of a file in quarantine, that one knows what it is."""

    reason = forms.ChoiceField(
        label=_("Waarom bewaart u het origineel?"),
        choices=in_words(Evidence),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom u het origineel bewaart.")},
    )
    knows = forms.BooleanField(
        label=_("Ik weet dat dit bestand schadelijk is en open het niet op deze computer."),
        error_messages={"required": _("Bevestig dat u weet dat het bestand schadelijk is.")},
    )

    def __init__(self, *args: Any, is_harmful: bool, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "origineel_%s")
        super().__init__(*args, **kwargs)
        if not is_harmful:
            del self.fields["knows"]
