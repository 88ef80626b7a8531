"""The fields of the forms of the desk: what may be answered, and what a browser keeps of it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from vertrouwd.dossiers import codes

LARGEST = 10**15  # the number of a row
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)  # else a year was typed wrong
LONGEST_STORY = 100_000  # characters
LONGEST_PARTICULAR = 300
LONGEST_QUESTION = 2_000
Choices = list[tuple[str, Any]]


def in_words(terms: Iterable[StrEnum], *, without: tuple[StrEnum, ...] = ()) -> Choices:
    """The values of a code, shown in the language of the page."""
    return [(term.value, _(term.value)) for term in terms if term not in without]


def number() -> forms.IntegerField:
    """A number the page itself put in the form."""
    return forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST, widget=forms.HiddenInput
    )


class Pick(forms.ChoiceField):
    """One of a list. Without an answer of its own it begins with «Kies»."""

    def __init__(self, *, choices: Choices, wrong: Any = "", **kwargs: Any):
        if kwargs.get("initial") is None and kwargs.get("widget") is None:
            choices = [("", _("Kies")), *choices]
        wrong = wrong or _("Kies een antwoord.")
        errors = {"required": wrong, "invalid_choice": wrong}
        super().__init__(choices=choices, error_messages=errors, **kwargs)


class Particular(forms.CharField):
    """Something short about a person: sealed, and never filled in by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_PARTICULAR)
        kwargs.setdefault("widget", Typed())
        super().__init__(required=False, **kwargs)
        self.widget.attrs.pop(
            "maxlength", None
        )  # a browser would cut off what is pasted, in silence


class Typed(forms.TextInput):
    """A line that the browser neither remembers nor sends elsewhere to check its spelling."""

    def __init__(self, **attrs: str) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", "dir": "auto"} | attrs)


class Area(forms.CharField):
    """A text of several lines, in whatever script, that the browser does not keep."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        attributes = {"rows": rows, "autocomplete": "off", "dir": "auto"}
        super().__init__(widget=forms.Textarea(attributes), strip=False, **kwargs)


class Story(forms.CharField):
    """A text of any length that a person can tell, in any script."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        attrs = {"rows": rows, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}
        super().__init__(widget=forms.Textarea(attrs), **kwargs)
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        """Browsers send each new line as two signs."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class Age(forms.IntegerField):
    """Whole years."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Vul een leeftijd in van 0 tot en met 120.")
        errors = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(
            required=False, min_value=0, max_value=120, error_messages=errors, widget=widget,
            **kwargs,
        )  # fmt: skip


class Clock(forms.TimeField):
    """A time of the day."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("Schrijf de tijd als 16:30.")}
        widget = forms.TimeInput({"type": "time"}, format="%H:%M")
        super().__init__(required=False, widget=widget, error_messages=wrong, **kwargs)


class DayField(forms.DateField):
    """A day, chosen or typed, between FIRST_DAY and LAST_DAY."""

    def __init__(self, **kwargs: object) -> None:
        no_such_day = _("Deze dag kan niet: kies een jaar van 1900 tot en met 2100.")
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        formats = ["%Y-%m-%d", "%d-%m-%Y"]
        wrong = {
            "required": _("Kies een dag."),
            "invalid": _("Schrijf de dag als 28-11-2026."),
        }
        super().__init__(widget=widget, input_formats=formats, error_messages=wrong, **kwargs)  # type: ignore[arg-type]
        self.validators += [
            MinValueValidator(FIRST_DAY, no_such_day),
            MaxValueValidator(LAST_DAY, no_such_day),
        ]


class Day(DayField):
    """A day that may be left open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


def subcategory_choices() -> Choices:
    """Grouped by category; the value names both, since some subcategories stand in two."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in codes.subcategories():
        groups.setdefault(each.category, []).append(
            (f"{each.category}: {each.name}", str(_(each.name)))
        )
    grouped: Choices = [(str(_(name)), group) for name, group in groups.items()]
    return [("", _("niet bekend")), *grouped]
